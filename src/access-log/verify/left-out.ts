import type { Checkpoint } from '../format/checkpoint.ts';
import type { CompactRange } from '../format/compact-range.ts';
import type { ExportFolder } from './export-folder.ts';
import { hashAt } from './hash-reader.ts';

/**
 * Whether the stored hashes after `before` are those that the checkpoint signs, once these are left out: then they were put in.
 */
export function isSignedWithout(
  folder: ExportFolder,
  before: CompactRange,
  checkpoint: Checkpoint,
  leftOut: { readonly from: number; readonly to: number },
): boolean {
  if (leftOut.from < before.size) return false;
  const range = before.copy();
  for (let at = before.size; range.size < checkpoint.size; at++) {
    if (at === leftOut.from) at = leftOut.to;
    const hash = hashAt(folder.hashes, folder.ends, at - folder.log.from);
    if (!hash) return false;
    range.append(hash);
  }
  return range.root().equals(checkpoint.root);
}
