import { openCheckpoint, type Checkpoint, epochOf } from '../../log-format/notes/checkpoint.ts';
import { decodeBase64 } from '../../log-format/base64.ts';
import { verifyConsistency } from '../../log-format/tree/consistency-proof.ts';
import type { VerifierKey } from '../../log-format/notes/note-key.ts';

/** `behind`: the stored tree lacks what is known; `forked`: it is another one of that size or more. */
export type Comparison = 'agrees' | 'behind' | 'forked';

/** A checkpoint of this log, of any epoch; null for what it did not sign. */
export function ownCheckpoint(note: string, keys: readonly VerifierKey[]): Checkpoint | null {
  const opened = openCheckpoint(note, keys);
  return typeof opened === 'string' ? null : opened.checkpoint;
}

/**
 * A checkpoint that is known from elsewhere against the end of the log as it is stored. `prove` gives the consistency proof
 * (base64) between two sizes of the stored tree.
 */
export async function compareEnds(
  log: string,
  known: Checkpoint,
  stored: Checkpoint | null,
  prove: (from: number, to: number) => Promise<readonly string[]>,
): Promise<Comparison> {
  const knownEpoch = epochOf(known.origin, log);
  const storedEpoch = stored ? epochOf(stored.origin, log) : 0;
  if (!stored || knownEpoch > storedEpoch) return 'behind';
  // The first entry of the later epoch states what it lacks of the one before.
  if (knownEpoch < storedEpoch) return 'agrees';
  if (known.size > stored.size) return 'behind';
  const proof = known.size === stored.size ? [] : await prove(known.size, stored.size);
  const hashes = proof.map((hash) => decodeBase64(hash) ?? new Uint8Array(0));
  const isGrown = verifyConsistency(known.size, known.root, stored.size, stored.root, hashes);
  return isGrown ? 'agrees' : 'forked';
}

/** The later one: of a later epoch, or larger in the same. */
export function laterOf(log: string, one: Checkpoint, other: Checkpoint): Checkpoint {
  const epochs = epochOf(other.origin, log) - epochOf(one.origin, log);
  return epochs > 0 || (epochs === 0 && other.size > one.size) ? other : one;
}
