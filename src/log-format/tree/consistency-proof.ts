import { equalBytes } from '../bytes.ts';
import { EMPTY_ROOT, nodeHash } from './merkle-hash.ts';
import {
  areHashes,
  half,
  isHash,
  isSize,
  proofOf,
  subtreesOf,
  wayDown,
  type ProofPart,
} from './proof-nodes.ts';

/**
 * The nodes of the proof that the tree of `newSize` leaves begins with that of `oldSize` (RFC 9162 2.1.4.1), in order.
 * The proof is empty where one tree is empty or both are equal. Throws RangeError where the new tree is the smaller
 * one.
 */
export function nodesOfConsistency(oldSize: number, newSize: number): readonly ProofPart[] {
  if (!isSize(oldSize) || !isSize(newSize) || oldSize > newSize) throw new RangeError('not a growing tree');
  if (oldSize === 0) return [];
  const { begin, end, siblings } = wayDown(oldSize - 1, newSize, (_begin, until) => until === oldSize);
  const upwards = siblings.toReversed();
  // The old root is known where the way down never left the left edge.
  return begin > 0 ? [subtreesOf(begin, end), ...upwards] : upwards;
}

/** RFC 9162 2.1.4.1. `nodeAt` gives the hashes of perfect subtrees within `newSize` leaves. */
export function consistencyProof(
  oldSize: number,
  newSize: number,
  nodeAt: (level: number, index: number) => Uint8Array,
): readonly Uint8Array[] {
  return proofOf(nodesOfConsistency(oldSize, newSize), nodeAt);
}

/**
 * RFC 9162 2.1.4.2. From the empty tree, whose root is then its own, everything grows and the proof is empty. False for
 * anything malformed; never throws.
 */
export function verifyConsistency(
  oldSize: number,
  oldRoot: Uint8Array,
  newSize: number,
  newRoot: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!isHash(oldRoot) || !isHash(newRoot) || !areHashes(proof)) return false;
  if (!isSize(oldSize) || !isSize(newSize) || oldSize > newSize) return false;
  if (newSize === 0 && !equalBytes(newRoot, EMPTY_ROOT)) return false;
  if (oldSize === 0) return proof.length === 0 && equalBytes(oldRoot, EMPTY_ROOT);
  if (oldSize === newSize) return proof.length === 0 && equalBytes(oldRoot, newRoot);
  // A perfect old tree is a node of the new one, so that its root stands in no proof.
  const isPerfect = subtreesOf(0, oldSize).length === 1;
  const [first, ...rest] = isPerfect ? [oldRoot, ...proof] : proof;
  return first !== undefined && leadsToBoth(oldSize, oldRoot, newSize, newRoot, first, rest);
}

/** RFC 9162 2.1.4.2, steps 3 to 7. */
function leadsToBoth(
  oldSize: number,
  oldRoot: Uint8Array,
  newSize: number,
  newRoot: Uint8Array,
  first: Uint8Array,
  rest: readonly Uint8Array[],
): boolean {
  let own = oldSize - 1;
  let last = newSize - 1;
  while (own % 2 === 1) {
    own = half(own);
    last = half(last);
  }
  let oldHash = first;
  let newHash = first;
  for (const sibling of rest) {
    if (last === 0) return false;
    if (own % 2 === 1 || own === last) {
      oldHash = nodeHash(sibling, oldHash);
      newHash = nodeHash(sibling, newHash);
      while (own % 2 === 0 && own !== 0) {
        own = half(own);
        last = half(last);
      }
    } else {
      newHash = nodeHash(newHash, sibling);
    }
    own = half(own);
    last = half(last);
  }
  return last === 0 && equalBytes(oldHash, oldRoot) && equalBytes(newHash, newRoot);
}
