import { LINE_LIMITS } from '../../../log-format/line-splitter.ts';
import { OpeningLineFormat } from '../../../log-format/entry-format.ts';
import { jsonOf } from '../../verify/reading/export-folder.ts';
import { LineReader, lineText } from '../../verify/reading/line-reader.ts';
import { shapeCheck } from '../../verify/reading/shape-check.ts';
import { UnreadableInput } from './unreadable-input.ts';

const isOpeningLine = shapeCheck(OpeningLineFormat);

/** Keys of subjects by an export's openings, read along with its entries. */
export class OpenedSubjects {
  readonly #lines: LineReader;
  #next: { readonly index: number; readonly key: string } | null = null;

  constructor(files: readonly string[]) {
    this.#lines = new LineReader(files, LINE_LIMITS.longestExportedLine.value);
    this.#advance();
  }

  /**
   * The subject's key; null where the entry has no opening. Indexes are asked in ascending order. Throws
   * UnreadableInput.
   */
  keyAt(index: number): string | null {
    while (this.#next && this.#next.index < index) this.#advance();
    return this.#next?.index === index ? this.#next.key : null;
  }

  close(): void {
    this.#lines.close();
  }

  #advance(): void {
    const line = this.#lines.next();
    const json = line && jsonOf(lineText(line) ?? '');
    if (line && !isOpeningLine(json)) {
      throw new UnreadableInput(
        `Line ${this.#lines.lines} of the openings is none: verify the export first.`,
      );
    }
    this.#next = isOpeningLine(json) ? { index: json.index, key: json.subject[1].key } : null;
  }
}
