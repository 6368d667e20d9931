import { equalBytes } from '../bytes.ts';
import { nodeHash } from './merkle-hash.ts';
import { areHashes, half, isHash, isSize, proofOf, wayDown, type ProofPart } from './proof-nodes.ts';

/**
 * The nodes of the proof that leaf `index` is in the tree of `size` leaves (RFC 9162 2.1.3.1), from the leaf upwards.
 * Throws RangeError where there is no such leaf.
 */
export function nodesOfInclusion(index: number, size: number): readonly ProofPart[] {
  if (!isSize(index) || !isSize(size) || index >= size) throw new RangeError('no such leaf');
  return wayDown(index, size, (begin, end) => end - begin === 1).siblings.toReversed();
}

/** RFC 9162 2.1.3.1. `nodeAt` gives the hashes of perfect subtrees within `size` leaves. */
export function inclusionProof(
  index: number,
  size: number,
  nodeAt: (level: number, index: number) => Uint8Array,
): readonly Uint8Array[] {
  return proofOf(nodesOfInclusion(index, size), nodeAt);
}

/** RFC 9162 2.1.3.2. False for anything malformed; never throws. */
export function verifyInclusion(
  leafHash: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  if (!isHash(leafHash) || !isHash(root) || !areHashes(proof)) return false;
  if (!isSize(index) || !isSize(size) || index >= size) return false;
  let own = index;
  let last = size - 1;
  let hash = leafHash;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (own % 2 === 1 || own === last) {
      hash = nodeHash(sibling, hash);
      // A right edge that is no perfect subtree goes up levels without a sibling.
      while (own % 2 === 0 && own !== 0) {
        own = half(own);
        last = half(last);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    own = half(own);
    last = half(last);
  }
  return last === 0 && equalBytes(hash, root);
}
