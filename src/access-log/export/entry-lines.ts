import { leafText } from '../../log-format/leaf-text.ts';
import { HASH_BYTES } from '../../log-format/tree/merkle-hash.ts';
import type { FullGroup } from '../stores/log-rows.ts';

/** One line of the export, for one entry. */
export interface ExportedLine {
  /** The line with its newline. */
  readonly line: string;
  /** The hash as the writer stored it. */
  readonly leafHash: Uint8Array;
  readonly isRemoved: boolean;
}

/** The exact bytes of each entry, or `{"removed": ...}` for one whose answer is gone. */
export function* entryLinesOf(group: FullGroup): Generator<ExportedLine> {
  const { log, firstLeaf, leaves, leafHashes, answers } = group;
  const texts = new Map<number, string>();
  for (const answer of answers) {
    const tails = answer.tails.split('\n');
    for (const [n, tail] of tails.entries()) {
      const index = answer.firstLeaf + n;
      texts.set(index, leafText(answer.head, tail, index, log));
    }
  }
  for (let at = 0; at < leaves; at++) {
    const leafHash = leafHashes.subarray(at * HASH_BYTES, (at + 1) * HASH_BYTES);
    const text = texts.get(firstLeaf + at);
    yield {
      line: `${text ?? JSON.stringify({ removed: Buffer.from(leafHash).toString('base64') })}\n`,
      leafHash,
      isRemoved: text === undefined,
    };
  }
}
