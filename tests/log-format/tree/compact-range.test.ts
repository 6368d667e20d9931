import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CompactRange } from '../../../src/log-format/tree/compact-range.ts';
import { leafHash } from '../../../src/log-format/tree/merkle-hash.ts';
import { leavesOf, naiveRoot } from './naive-tree.ts';
import { LEAVES, ROOTS } from './published-trees.ts';

const rangeOver = (leaves: readonly Uint8Array[]): CompactRange => {
  const range = new CompactRange();
  for (const leaf of leaves) range.append(leaf);
  return range;
};

describe('the root of a growing tree', () => {
  it('is the published one at every size', () => {
    const range = new CompactRange();
    const roots = [range.root(), ...LEAVES.map((leaf) => (range.append(leafHash(leaf)), range.root()))];
    expect(roots).toEqual(ROOTS);
  });

  it('is that of the RFC’s recursion at sizes up to 300', () => {
    const leaves = leavesOf(300);
    const range = new CompactRange();
    const wrong = leaves.filter((leaf, at) => {
      range.append(leaf);
      return Buffer.compare(range.root(), naiveRoot(leaves.slice(0, at + 1))) !== 0 || range.size !== at + 1;
    });
    expect(wrong).toEqual([]);
  });

  it('is that of the RFC’s recursion at any size, restored anywhere', () => {
    const all = leavesOf(5_000);
    fc.assert(
      fc.property(fc.nat(5_000), fc.nat(5_000), (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const before = rangeOver(all.slice(0, from));
        const range = CompactRange.restore(from, before.hashes);
        for (const leaf of all.slice(from, to)) range.append(leaf);
        expect(range.root()).toEqual(naiveRoot(all.slice(0, to)));
        expect(range.size).toBe(to);
      }),
      { numRuns: 25 },
    );
  });
});

describe('a copy', () => {
  it('is what a failed commit goes back to', () => {
    const range = rangeOver(leavesOf(13));
    const { size, hashes } = range;
    const root = range.root();
    const attempt = range.copy();
    for (const leaf of leavesOf(20)) attempt.append(leaf);
    expect({ size: range.size, hashes: range.hashes, root: range.root() }).toEqual({ size, hashes, root });
    expect(attempt.size).toBe(33);
    expect(attempt.root()).not.toEqual(root);
  });

  it('has subtrees that nobody changes from outside', () => {
    const range = rangeOver(leavesOf(3));
    const root = range.root();
    (range.hashes as Buffer[]).pop();
    expect(range.root()).toEqual(root);
  });
});

describe('restoring', () => {
  const { hashes } = rangeOver(leavesOf(7));

  it.each([
    ['too few subtrees', 7, hashes.slice(1)],
    ['too many', 6, hashes],
    ['a hash of another length', 7, [...hashes.slice(1), Buffer.alloc(31)]],
    ['a negative size', -7, hashes],
    ['half a leaf', 6.5, hashes],
    ['no number', NaN, []],
    ['a size beyond safe integers', 2 ** 53, [Buffer.alloc(32)]],
  ])('refuses %s', (_name, size, subtrees) => {
    expect(() => CompactRange.restore(size, subtrees)).toThrow(RangeError);
  });

  it('goes on beyond 2^32 leaves', () => {
    const half = Buffer.alloc(32, 1);
    const range = CompactRange.restore(2 ** 33 + 1, [half, Buffer.alloc(32, 2)]);
    range.append(Buffer.alloc(32, 3));
    expect(range.hashes.length).toBe(2);
    expect(range.size).toBe(2 ** 33 + 2);
    expect(range.hashes[0]).toEqual(half);
  });
});
