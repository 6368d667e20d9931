import { canonicalJson } from '../format/canonical-json.ts';
import { opensCommitment, type CommitmentLabel } from '../format/commitment.ts';
import { OpeningLineFormat, type OpeningLine } from '../format/entry-format.ts';
import type { ReadEntry } from './entry-reader.ts';
import { jsonOf } from './export-folder.ts';
import { LineReader, LONGEST_EXPORTED, textOf } from './line-reader.ts';
import { shapeCheck } from './shape-check.ts';
import { Tampering } from './tampering.ts';

const LABELS = ['subject', 'predicates', 'request', 'answer'] as const satisfies readonly CommitmentLabel[];

const isOpeningLine = shapeCheck(OpeningLineFormat);

/** The openings, read along with the entries. Not every entry must have one. */
export class Openings {
  readonly #lines: LineReader;
  readonly #from: number;
  #next: OpeningLine | null = null;
  #last: number;
  #checked = 0;
  #answer = '';
  readonly #subjects = new Set<string>();

  constructor(files: readonly string[], from: number) {
    this.#lines = new LineReader(files, LONGEST_EXPORTED);
    this.#from = from;
    this.#last = from - 1;
    this.#advance();
  }

  /** Openings that fit their entries. */
  get checked(): number {
    return this.#checked;
  }

  /** Throws Tampering where the entry's opening does not fit; nothing where it has none. */
  accept(entry: ReadEntry, index: number): void {
    if (entry.id !== this.#answer) {
      this.#answer = entry.id;
      this.#subjects.clear();
    }
    const opening = this.#next;
    if (opening?.index !== index) return;
    for (const label of LABELS) {
      const [salt, value] = opening[label];
      if (!opensCommitment(entry.commitments[label], label, salt, canonicalJson(value))) {
        throw new Tampering('swapped-opening', index, `The opening of ${label} does not fit.`);
      }
    }
    this.#checkSubject(opening, entry, index);
    this.#checked += 1;
    this.#advance();
  }

  noteRemoved(index: number): void {
    if (this.#next?.index === index) {
      throw new Tampering(
        'opening-without-entry',
        index,
        'The entry was removed; its opening must go with it.',
      );
    }
  }

  /** Throws Tampering where openings are left. */
  mustBeDone(): void {
    if (this.#next)
      throw new Tampering('opening-without-entry', this.#next.index, 'The export has no such entry.');
  }

  close(): void {
    this.#lines.close();
  }

  #checkSubject({ subject: [, subject] }: OpeningLine, entry: ReadEntry, index: number): void {
    const isNobody = subject.kind === 'none';
    if (subject.kind !== entry.subject || isNobody !== (subject.key === '')) {
      throw new Tampering(
        'malformed-entry',
        index,
        'What it commits to is a subject of another kind than it says.',
      );
    }
    const name = `${subject.kind} ${subject.key}`;
    if (this.#subjects.has(name)) {
      throw new Tampering('broken-answer', index, 'Two entries of the answer are about the same subject.');
    }
    this.#subjects.add(name);
  }

  #advance(): void {
    const line = this.#lines.next();
    if (!line) {
      this.#next = null;
      return;
    }
    const json = jsonOf(textOf(line) ?? '');
    const where = `Line ${this.#lines.lines} of the openings.`;
    if (!isOpeningLine(json)) throw new Tampering('malformed-file', null, where);
    if (json.index <= this.#last) {
      const index = Math.max(json.index, this.#from);
      throw new Tampering('opening-without-entry', index, `${where} It is out of order.`);
    }
    this.#last = json.index;
    this.#next = json;
  }
}
