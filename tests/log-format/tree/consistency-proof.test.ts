import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  consistencyProof,
  nodesOfConsistency,
  verifyConsistency,
} from '../../../src/log-format/tree/consistency-proof.ts';
import { leafHash } from '../../../src/log-format/tree/merkle-hash.ts';
import { leavesOf, naiveProof, naiveRoot, nodesOver, spoilt } from './naive-tree.ts';
import { CONSISTENCIES, LEAVES, ROOTS, SOME_HASH } from './published-trees.ts';

const EMPTY = Buffer.alloc(0);
const EMPTY_ROOT = ROOTS[0] ?? EMPTY;

describe.each(CONSISTENCIES)('the published proof from $from to $to', ({ from, to, proof }) => {
  const old = ROOTS[from] ?? EMPTY;
  const now = ROOTS[to] ?? EMPTY;

  it('is made and holds', () => {
    expect(consistencyProof(from, to, nodesOver(LEAVES.slice(0, to).map(leafHash)))).toEqual(proof);
    expect(verifyConsistency(from, old, to, now, proof)).toBe(true);
  });
});

// The table of transparency-dev/merkle, corruptConsistencyProof, where the first, empty one is left out as well.
describe.each(CONSISTENCIES.slice(1))('the published proof from $from to $to', ({ from, to, proof }) => {
  const old = ROOTS[from] ?? EMPTY;
  const now = ROOTS[to] ?? EMPTY;

  it.each([
    ['older tree', from - 1, to, old, now, proof],
    ['newer tree', from + 1, to, old, now, proof],
    ['other old size', from ^ 2, to, old, now, proof],
    ['higher tree', from, to * 2, old, now, proof],
    ['lower tree', from, Math.floor(to / 2), old, now, proof],
    ['wrong old root', from, to, Buffer.from('WrongRoot'), now, proof],
    ['wrong new root', from, to, old, Buffer.from('WrongRoot'), proof],
    ['swapped roots', from, to, now, old, proof],
    ['empty proof', from, to, old, now, []],
    ['trailing garbage', from, to, old, now, [...proof, EMPTY]],
    ['trailing old root', from, to, old, now, [...proof, old]],
    ['trailing new root', from, to, old, now, [...proof, now]],
    ['preceding garbage', from, to, old, now, [EMPTY, ...proof]],
    ['preceding old root', from, to, old, now, [old, ...proof]],
    ['preceding new root', from, to, old, now, [now, ...proof]],
    ['first component twice', from, to, old, now, [...proof.slice(0, 1), ...proof]],
    ['truncated proof', from, to, old, now, proof.slice(0, -1)],
  ])('does not hold with %s', (_name, a, b, one, other, path) => {
    expect(verifyConsistency(a, one, b, other, path)).toBe(false);
  });
});

describe('every proof', () => {
  it('is the RFC’s and holds, for all trees of up to 64 leaves; of another old size it does not', () => {
    const all = leavesOf(64);
    const roots = [...all, EMPTY].map((_, size) => naiveRoot(all.slice(0, size)));
    const wrong: string[] = [];
    for (let to = 1; to <= 64; to++) {
      const leaves = all.slice(0, to);
      const now = roots[to] ?? EMPTY;
      for (let from = 1; from <= to; from++) {
        const proof = consistencyProof(from, to, nodesOver(leaves));
        const isNaive = Buffer.concat(proof).equals(Buffer.concat(naiveProof(from, leaves)));
        const holdsFor = roots.flatMap((root, size) =>
          size > 0 && verifyConsistency(size, root, to, now, proof) ? [size] : [],
        );
        // The empty proof holds from a tree to itself, and nothing else does.
        if (!isNaive || holdsFor.length !== 1 || holdsFor[0] !== from) wrong.push(`${from} to ${to}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('is the RFC’s, and no byte of it or of the roots can be changed, in trees of up to 5,000 leaves', () => {
    const all = leavesOf(5_000);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 5_000 }), (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const leaves = all.slice(0, to);
        const [old, now] = [naiveRoot(all.slice(0, from)), naiveRoot(leaves)];
        const proof = consistencyProof(from, to, nodesOver(leaves));
        expect(proof).toEqual(naiveProof(from, leaves));
        expect(verifyConsistency(from, old, to, now, proof)).toBe(true);
        const holding = spoilt([old, now, ...proof]).filter(([one = EMPTY, other = EMPTY, ...path]) =>
          verifyConsistency(from, one, to, other, path),
        );
        expect(holding).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('does not hold for a tree in which a leaf of the past was changed', () => {
    const leaves = leavesOf(100);
    const forged = leaves.map((leaf, at) => (at === 17 ? SOME_HASH : leaf));
    const old = naiveRoot(leaves.slice(0, 60));
    const proof = consistencyProof(60, 100, nodesOver(forged));
    expect(verifyConsistency(60, old, 100, naiveRoot(forged), proof)).toBe(false);
  });

  it('reads at most 2 log2(size) perfect subtrees, in a tree as large as can be', () => {
    const to = Number.MAX_SAFE_INTEGER;
    for (const from of [1, 2 ** 40 + 12_345, 2 ** 52, to - 1]) {
      const nodes = nodesOfConsistency(from, to).flat();
      expect(nodes.length).toBeLessThan(106);
      expect(nodes.every((node) => (node.index + 1) * 2 ** node.level <= to)).toBe(true);
    }
  });
});

describe('the empty tree', () => {
  const root = ROOTS[3] ?? EMPTY;

  it.each([
    ['grows into any', 0, EMPTY_ROOT, 3, root, [], true],
    ['stays empty', 0, EMPTY_ROOT, 0, EMPTY_ROOT, [], true],
    ['has one root', 0, SOME_HASH, 3, root, [], false],
    ['has one root as the new tree too', 0, EMPTY_ROOT, 0, SOME_HASH, [], false],
    ['needs no proof', 0, EMPTY_ROOT, 3, root, [EMPTY_ROOT], false],
    ['is not what a tree becomes', 3, root, 0, EMPTY_ROOT, [], false],
  ] as const)('%s', (_name, from, old, to, now, proof, wanted) => {
    expect(verifyConsistency(from, old, to, now, proof)).toBe(wanted);
  });
});

describe('malformed input', () => {
  const one = ROOTS[1] ?? EMPTY;
  const two = ROOTS[2] ?? EMPTY;

  it.each<[string, unknown, unknown, unknown, unknown, unknown]>([
    ['time travel', 2, two, 1, one, []],
    ['equal sizes, other roots', 1, one, 1, two, []],
    ['equal sizes with a proof', 1, one, 1, one, [one]],
    ['no proof of growth', 1, one, 2, two, []],
    ['half a leaf', 0.5, one, 2, two, [one]],
    ['negative size', -1, one, 2, two, [one]],
    ['size beyond safe integers', 1, one, 2 ** 53, two, [one]],
    ['size as text', '1', one, '2', two, [one]],
    ['proof as text', 1, one, 2, two, one.toString('base64')],
    ['proof of texts', 1, one, 2, two, [one.toString('base64')]],
    ['proof with a hole', 1, one, 2, two, Array(1)],
    ['short roots', 1, EMPTY, 1, EMPTY, []],
    ['nothing', undefined, undefined, undefined, undefined, undefined],
  ])('does not hold: %s', (_name, ...args) => {
    const verify = verifyConsistency as (...args: readonly unknown[]) => boolean;
    expect(verify(...args)).toBe(false);
  });

  it.each([
    [2, 1],
    [-1, 1],
    [0.5, 2],
    [1, 2 ** 53],
  ])('has no proof from %d to %d', (from, to) => {
    expect(() => nodesOfConsistency(from, to)).toThrow(RangeError);
  });

  it('has nothing to prove from the empty tree, or to itself', () => {
    expect([nodesOfConsistency(0, 9), nodesOfConsistency(9, 9)]).toEqual([[], []]);
  });
});
