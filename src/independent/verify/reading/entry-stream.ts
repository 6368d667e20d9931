import { hash } from 'node:crypto';
import { LINE_LIMITS } from '../../../log-format/line-splitter.ts';
import { decodeBase64 } from '../../../log-format/base64.ts';
import { RemovedLineFormat } from '../../../log-format/entry-format.ts';
import { jsonOf, type ExportFolder } from './export-folder.ts';
import { HashReader } from './hash-reader.ts';
import { LineReader, lineText } from './line-reader.ts';
import { shapeCheck } from './shape-check.ts';
import { Tampering } from '../faults/tampering.ts';

const REMOVED = Buffer.from('\u0000{"removed":');

const isRemovedLine = shapeCheck(RemovedLineFormat);

/** A line as it stands in the export. */
export interface EntryLine {
  /** The line's text; null where it is not UTF-8. */
  readonly text: string | null;
  /** The entry's hash. For a removed entry it is the hash that the line states. */
  readonly leaf: Uint8Array;
  readonly isRemoved: boolean;
}

/** Entries and stored hashes, read side by side. */
export class EntryStream {
  readonly #lines: LineReader;
  readonly #hashes: HashReader;
  readonly #ends: readonly number[];

  constructor(folder: ExportFolder) {
    this.#lines = new LineReader(folder.entries, LINE_LIMITS.longestExportedLine.value);
    this.#hashes = new HashReader(folder.hashes);
    this.#ends = folder.ends;
  }

  /** Read so far. */
  get bytes(): number {
    return this.#lines.bytes;
  }

  nextLine(): EntryLine | null {
    const prefixed = this.#lines.next();
    if (!prefixed) return null;
    const removed = prefixed.subarray(0, REMOVED.length).equals(REMOVED) && removedOf(prefixed);
    if (removed) return { text: null, leaf: removed, isRemoved: true };
    return { text: lineText(prefixed), leaf: hash('sha256', prefixed, 'buffer'), isRemoved: false };
  }

  nextStored(): Uint8Array | null {
    return this.#hashes.next();
  }

  /** Throws Tampering where a file of entries ends elsewhere than the file of hashes beside it. Once all is read. */
  mustEndTogether(): void {
    const file = this.#lines.ends.findIndex((end, at) => end !== this.#ends[at]);
    if (file >= 0) {
      throw new Tampering(
        'malformed-file',
        null,
        `File ${file + 1} of entries has not one line a hash beside it.`,
      );
    }
  }

  close(): void {
    this.#lines.close();
    this.#hashes.close();
  }
}

function removedOf(prefixed: Buffer): Uint8Array | null {
  const text = prefixed.toString('utf8', 1);
  const line = jsonOf(text);
  return isRemovedLine(line) && text === JSON.stringify(line) ? decodeBase64(line.removed) : null;
}
