import { equalBytes } from '../../../../log-format/bytes.ts';
import type { Checkpoint } from '../../../../log-format/notes/checkpoint.ts';
import type { CompactRange } from '../../../../log-format/tree/compact-range.ts';
import type { ExportFolder } from '../../reading/export-folder.ts';
import { HashReader } from '../../reading/hash-reader.ts';

/**
 * Tells whether the checkpoint signs the stored hashes after `before` once these are left out. Then they were put in.
 */
export function isSignedWithout(
  folder: ExportFolder,
  before: CompactRange,
  checkpoint: Checkpoint,
  leftOut: { readonly from: number; readonly to: number },
): boolean {
  if (leftOut.from < before.size) return false;
  const range = before.copy();
  const hashes = new HashReader(folder.hashes);
  try {
    for (let at = folder.log.from; range.size < checkpoint.size; at++) {
      const hash = hashes.next();
      if (!hash) return false;
      const isLeftOut = at >= leftOut.from && at < leftOut.to;
      if (at >= before.size && !isLeftOut) range.append(hash);
    }
  } finally {
    hashes.close();
  }
  return equalBytes(range.root(), checkpoint.root);
}
