import { subjectText } from '../../../log-format/subject-text.ts';
import { LINE_LIMITS } from '../../../log-format/line-splitter.ts';
import { canonicalJson, type JsonValue } from '../../../log-format/canonical-json.ts';
import { opensCommitment, type CommitmentLabel } from '../../../log-format/commitment.ts';
import { OpeningLineFormat, type OpeningLine, type SubjectValue } from '../../../log-format/entry-format.ts';
import type { ReadEntry } from '../reading/entry-reader.ts';
import { jsonOf } from '../reading/export-folder.ts';
import { LineReader, lineText } from '../reading/line-reader.ts';
import { shapeCheck } from '../reading/shape-check.ts';
import { Tampering } from '../faults/tampering.ts';

const LABELS = ['subject', 'predicates', 'request', 'answer'] as const satisfies readonly CommitmentLabel[];

const isOpeningLine = shapeCheck(OpeningLineFormat);

interface Opening {
  readonly index: number;
  readonly subject: SubjectValue;
  /** Salt and canonical JSON of each value. */
  readonly texts: Readonly<Record<(typeof LABELS)[number], readonly [salt: string, text: string]>>;
  /** Null in an entry of version 1. */
  readonly findings: readonly [salt: string, text: string] | null;
}

/** The openings, read along with the entries. Not every entry must have one. */
export class Openings {
  readonly #lines: LineReader;
  readonly #from: number;
  #next: Opening | null = null;
  #last: number;
  #checked = 0;
  #answer = '';
  readonly #subjects = new Set<string>();

  constructor(files: readonly string[], from: number) {
    this.#lines = new LineReader(files, LINE_LIMITS.longestExportedLine.value);
    this.#from = from;
    this.#last = from - 1;
    this.#advance();
  }

  /** Openings that fit their entries. */
  get checked(): number {
    return this.#checked;
  }

  /** Gives the entry's subject; null where it has no opening. Throws Tampering where that does not fit. */
  accept(entry: ReadEntry, index: number): SubjectValue | null {
    if (entry.id !== this.#answer) {
      this.#answer = entry.id;
      this.#subjects.clear();
    }
    const opening = this.#next;
    if (opening?.index !== index) return null;
    for (const label of LABELS) {
      const [salt, text] = opening.texts[label];
      if (!opensCommitment(entry.commitments[label], label, salt, text)) {
        throw new Tampering('swapped-opening', index, `The opening of ${label} does not fit.`);
      }
    }
    this.#checkFindings(opening, entry, index);
    this.#checkSubject(opening.subject, entry, index);
    this.#checked += 1;
    this.#advance();
    return opening.subject;
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

  #checkFindings({ findings }: Opening, entry: ReadEntry, index: number): void {
    const isOpened =
      findings === null || entry.findings === null
        ? findings === entry.findings
        : opensCommitment(entry.findings, 'findings', ...findings);
    if (!isOpened) throw new Tampering('swapped-opening', index, 'The opening of findings does not fit.');
  }

  #checkSubject(subject: SubjectValue, entry: ReadEntry, index: number): void {
    const isNobody = subject.kind === 'none';
    if (subject.kind !== entry.subject || isNobody !== (subject.key === '')) {
      throw new Tampering(
        'malformed-entry',
        index,
        'What it commits to is a subject of another kind than it says.',
      );
    }
    const name = subjectText(subject);
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
    const text = lineText(line) ?? '';
    const json = jsonOf(text);
    const where = `Line ${this.#lines.lines} of the openings.`;
    const opening = isOpeningLine(json) ? openingOf(json, text) : null;
    if (!opening) throw new Tampering('malformed-file', null, where);
    if (opening.index <= this.#last) {
      const index = Math.max(opening.index, this.#from);
      throw new Tampering('opening-without-entry', index, `${where} It is out of order.`);
    }
    this.#last = opening.index;
    this.#next = opening;
  }
}

/**
 * Parses an opening. Returns null for any other spelling than the format's: of a name that stands twice JSON.parse
 * takes the last, another reader takes the first, and a person who looks at the file sees both.
 */
function openingOf(line: OpeningLine, text: string): Opening | null {
  try {
    const textsOf = ([salt, value]: readonly [string, JsonValue]): readonly [string, string] => [
      salt,
      canonicalJson(value),
    ];
    const texts = {
      subject: textsOf(line.subject),
      predicates: textsOf(line.predicates),
      request: textsOf(line.request),
      answer: textsOf(line.answer),
    };
    const members = LABELS.map((label) => `"${label}":["${texts[label][0]}",${texts[label][1]}]`);
    const findings = line.findings ? textsOf(line.findings) : null;
    if (findings) members.push(`"findings":["${findings[0]}",${findings[1]}]`);
    const isExact = text === `{"index":${line.index},${members.join()}}`;
    return isExact ? { index: line.index, subject: line.subject[1], texts, findings } : null;
  } catch {
    // JSON can say half a character, which has no canonical form.
    return null;
  }
}
