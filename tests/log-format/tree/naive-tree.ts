import { createHash } from 'node:crypto';

/*
 * RFC 9162 2.1.1, 2.1.3.1 and 2.1.4.1 as they are written there, recursive and over leaf hashes, sharing no code with
 * what is tested.
 */

const sha256 = (...parts: readonly Uint8Array[]): Uint8Array => {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  // A Buffer would be unequal to the same bytes in a Uint8Array.
  return Uint8Array.from(digest.digest());
};

export const leavesOf = (count: number): readonly Uint8Array[] =>
  Array.from({ length: count }, (_, at) => sha256(Buffer.of(0), Buffer.from(`leaf ${at}`)));

/** MTH(D_n). */
export function naiveRoot(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (!only) return sha256();
  if (leaves.length === 1) return only;
  const k = largestPowerBelow(leaves.length);
  return sha256(Buffer.of(1), naiveRoot(leaves.slice(0, k)), naiveRoot(leaves.slice(k)));
}

/** PATH(m, D_n). */
export function naivePath(m: number, leaves: readonly Uint8Array[]): readonly Uint8Array[] {
  if (leaves.length === 1) return [];
  const k = largestPowerBelow(leaves.length);
  return m < k
    ? [...naivePath(m, leaves.slice(0, k)), naiveRoot(leaves.slice(k))]
    : [...naivePath(m - k, leaves.slice(k)), naiveRoot(leaves.slice(0, k))];
}

/** PROOF(m, D_n). */
export function naiveProof(m: number, leaves: readonly Uint8Array[]): readonly Uint8Array[] {
  return subproof(m, leaves, true);
}

function subproof(m: number, leaves: readonly Uint8Array[], isKnown: boolean): readonly Uint8Array[] {
  if (m === leaves.length) return isKnown ? [] : [naiveRoot(leaves)];
  const k = largestPowerBelow(leaves.length);
  return m <= k
    ? [...subproof(m, leaves.slice(0, k), isKnown), naiveRoot(leaves.slice(k))]
    : [...subproof(m - k, leaves.slice(k), false), naiveRoot(leaves.slice(0, k))];
}

function largestPowerBelow(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** A store of perfect subtrees, which fails where one is asked for that is not within the leaves. */
export function nodesOver(leaves: readonly Uint8Array[]): (level: number, index: number) => Uint8Array {
  return (level, index) => {
    const width = 2 ** level;
    const part = leaves.slice(index * width, (index + 1) * width);
    if (part.length !== width) throw new Error(`no perfect subtree ${level}/${index}`);
    return naiveRoot(part);
  };
}

/** With each byte of each hash changed, one at a time. */
export function spoilt(hashes: readonly Uint8Array[]): readonly (readonly Uint8Array[])[] {
  return hashes.flatMap((hash, which) =>
    [...hash.keys()].map((at) => {
      const changed = Uint8Array.from(hash);
      changed[at] = (changed[at] ?? 0) ^ 1;
      return hashes.map((one, place) => (place === which ? changed : one));
    }),
  );
}
