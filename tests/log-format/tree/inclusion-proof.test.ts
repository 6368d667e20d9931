import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  inclusionProof,
  nodesOfInclusion,
  verifyInclusion,
} from '../../../src/log-format/tree/inclusion-proof.ts';
import { leafHash } from '../../../src/log-format/tree/merkle-hash.ts';
import { leavesOf, naivePath, naiveRoot, nodesOver, spoilt } from './naive-tree.ts';
import { INCLUSIONS, LEAVES, ROOTS, SOME_HASH } from './published-trees.ts';

const hashes = LEAVES.map(leafHash);
const EMPTY = Buffer.alloc(0);

describe.each(INCLUSIONS)('the published proof of leaf $index of $size', ({ index, size, proof }) => {
  const leaf = hashes[index] ?? EMPTY;
  const root = ROOTS[size] ?? EMPTY;

  it('is made and holds', () => {
    expect(inclusionProof(index, size, nodesOver(hashes.slice(0, size)))).toEqual(proof);
    expect(verifyInclusion(leaf, index, size, proof, root)).toBe(true);
  });

  // The table of transparency-dev/merkle, corruptInclusionProof.
  it.each([
    ['leaf before', index - 1, size, root, leaf, proof],
    ['leaf after', index + 1, size, root, leaf, proof],
    ['leaf beside', index ^ 2, size, root, leaf, proof],
    ['higher tree', index, size * 2, root, leaf, proof],
    ['lower tree', index, Math.floor(size / 2), root, leaf, proof],
    ['wrong leaf', index, size, root, Buffer.from('WrongLeaf'), proof],
    ['empty root', index, size, ROOTS[0] ?? EMPTY, leaf, proof],
    ['random root', index, size, SOME_HASH, leaf, proof],
    ['trailing garbage', index, size, root, leaf, [...proof, EMPTY]],
    ['trailing root', index, size, root, leaf, [...proof, root]],
    ['preceding garbage', index, size, root, leaf, [EMPTY, ...proof]],
    ['preceding root', index, size, root, leaf, [root, ...proof]],
    ['inserted component', index, size, root, leaf, [...proof.slice(0, 1), SOME_HASH, ...proof.slice(1)]],
  ])('does not hold with %s', (_name, at, of, over, from, path) => {
    expect(verifyInclusion(from, at, of, path, over)).toBe(false);
  });

  it('does not hold cut at either end', () => {
    const cut = proof.length === 0 ? [] : [proof.slice(1), proof.slice(0, -1)];
    expect(cut.filter((path) => verifyInclusion(leaf, index, size, path, root))).toEqual([]);
  });
});

describe('every proof', () => {
  it('is the RFC’s, and holds for that leaf alone, in trees of up to 64 leaves', () => {
    const all = leavesOf(64);
    const wrong: string[] = [];
    for (let size = 1; size <= 64; size++) {
      const leaves = all.slice(0, size);
      const root = naiveRoot(leaves);
      for (const [index, leaf] of leaves.entries()) {
        const proof = inclusionProof(index, size, nodesOver(leaves));
        const isNaive = Buffer.concat(proof).equals(Buffer.concat(naivePath(index, leaves)));
        const holdsFor = leaves.filter((_, at) => verifyInclusion(leaf, at, size, proof, root)).length;
        if (!isNaive || holdsFor !== 1 || !verifyInclusion(leaf, index, size, proof, root)) {
          wrong.push(`${index} of ${size}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('is the RFC’s, and no byte of it, of leaf or root can be changed, in trees of up to 5,000 leaves', () => {
    const all = leavesOf(5_000);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.nat(), (size, seed) => {
        const leaves = all.slice(0, size);
        const index = seed % size;
        const leaf = leaves[index] ?? EMPTY;
        const root = naiveRoot(leaves);
        const proof = inclusionProof(index, size, nodesOver(leaves));
        expect(proof).toEqual(naivePath(index, leaves));
        expect(verifyInclusion(leaf, index, size, proof, root)).toBe(true);
        const holding = spoilt([leaf, root, ...proof]).filter(([one = EMPTY, other = EMPTY, ...path]) =>
          verifyInclusion(one, index, size, path, other),
        );
        expect(holding).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });

  it('reads at most 2 log2(size) perfect subtrees, in a tree as large as can be', () => {
    const size = Number.MAX_SAFE_INTEGER;
    for (const index of [0, 2 ** 40 + 12_345, size - 1]) {
      const parts = nodesOfInclusion(index, size);
      expect(parts.flat().length).toBeLessThan(106);
      expect(parts.flat().every((node) => (node.index + 1) * 2 ** node.level <= size)).toBe(true);
    }
  });
});

describe('malformed input', () => {
  const leaf = hashes[0] ?? EMPTY;
  const root = ROOTS[1] ?? EMPTY;

  it.each<[string, unknown, unknown, unknown, unknown, unknown]>([
    ['no leaf in an empty tree', leaf, 0, 0, [], ROOTS[0]],
    ['empty leaf hash', EMPTY, 0, 1, [], root],
    ['empty root', leaf, 0, 1, [], EMPTY],
    ['both empty', EMPTY, 0, 1, [], EMPTY],
    ['index of half a leaf', leaf, 0.5, 1, [], root],
    ['negative index', leaf, -1, 1, [], root],
    ['index as text', leaf, '0', 1, [], root],
    ['size beyond safe integers', leaf, 0, 2 ** 53, Array.from({ length: 53 }, () => root), root],
    ['infinite size', leaf, 0, Infinity, [], root],
    ['proof as text', leaf, 0, 1, '', root],
    ['no proof', leaf, 0, 1, null, root],
    ['proof of texts', leaf, 0, 2, [Buffer.from(root).toString('base64')], ROOTS[2]],
    ['proof with a hole', leaf, 0, 2, Array(1), ROOTS[2]],
    ['leaf as text', leaf.toString('latin1'), 0, 1, [], root],
    ['nothing', undefined, undefined, undefined, undefined, undefined],
  ])('does not hold: %s', (_name, ...args) => {
    const verify = verifyInclusion as (...args: readonly unknown[]) => boolean;
    expect(verify(...args)).toBe(false);
  });

  it.each([
    [1, 1],
    [-1, 1],
    [0, 0],
    [0.5, 2],
    [0, 2 ** 53],
    [NaN, 4],
  ])('has no proof of leaf %d of %d', (index, size) => {
    expect(() => nodesOfInclusion(index, size)).toThrow(RangeError);
  });
});
