import { hash } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { equalBytes } from '../../../src/log-format/bytes.ts';
import { CompactRange } from '../../../src/log-format/tree/compact-range.ts';
import type { StoredTree, TileRow } from '../../../src/access-log/stores/log-store.ts';
import { GrowingTree } from '../../../src/access-log/write/group/growing-tree.ts';

const LARGEST = 65_600;
const leaves = Array.from({ length: LARGEST }, (_, n) => hash('sha256', String(n), 'buffer'));
const roots: Uint8Array[] = [];
const tiles = new Map<string, TileRow>();
const EMPTY: StoredTree = { size: 0, note: null, partialTiles: [], lastTime: null };

// The tree of every size, by a range alone.
const range = new CompactRange();
const whole = GrowingTree.restore(EMPTY);
roots.push(range.root());
for (const leaf of leaves) {
  range.append(leaf);
  roots.push(range.root());
  whole.append(leaf);
}
for (const tile of whole.filled) tiles.set(`${tile.level} ${tile.number}`, tile);

/** The tree as a store has it that holds the leaves and the full tiles. */
function storedTree(size: number): StoredTree {
  const partialTiles: Uint8Array[][] = [];
  let count = size;
  for (let level = 0; count > 0; level++) {
    const first = count - (count % 256);
    partialTiles.push(
      Array.from({ length: count - first }, (_, n) =>
        level === 0
          ? at(leaves, first + n)
          : (tiles.get(`${level - 1} ${first + n}`)?.root ?? Buffer.alloc(0)),
      ),
    );
    count = Math.floor(count / 256);
  }
  return { size, note: 'note', partialTiles, lastTime: null };
}

function at(hashes: readonly Uint8Array[], place: number): Uint8Array {
  return hashes[place] ?? Buffer.alloc(0);
}

/** Sizes around the turn of each level's tiles, and any. */
const size = fc.oneof(
  fc.integer({ min: 0, max: 3 }),
  fc.integer({ min: 250, max: 260 }),
  fc.integer({ min: 65_530, max: 65_540 }),
  fc.integer({ min: 0, max: LARGEST - 1 }),
);

test('from the partial tiles of any size the tree goes on to the same root, and fills the same tiles', () => {
  fc.assert(
    fc.property(size, fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 5 }), (from, steps) => {
      let tree = GrowingTree.restore(storedTree(from));
      expect(equalBytes(tree.root(), at(roots, from))).toBe(true);
      for (const step of steps) {
        const next = tree.fork();
        const end = Math.min(LARGEST, tree.size + step);
        for (let place = tree.size; place < end; place++) next.append(at(leaves, place));
        expect(equalBytes(next.root(), at(roots, end))).toBe(true);
        const filled = [...tiles.values()].filter(
          ({ level, number }) =>
            (number + 1) * 256 ** (level + 1) > tree.size && (number + 1) * 256 ** (level + 1) <= end,
        );
        expect(next.filled.map(nameOf).sort()).toEqual(filled.map(nameOf).sort());
        // What was forked and given up leaves no trace.
        expect(equalBytes(tree.root(), at(roots, tree.size))).toBe(true);
        tree = next;
      }
    }),
    { numRuns: 300 },
  );
});

test.each([255, 256, 257, 511, 512, 65_535, 65_536, 65_537])('restores at %d', (leavesSoFar) => {
  const tree = GrowingTree.restore(storedTree(leavesSoFar));
  tree.append(at(leaves, leavesSoFar));
  expect(equalBytes(tree.root(), at(roots, leavesSoFar + 1))).toBe(true);
});

test('a tile or a level that is missing, or too long, is no tree', () => {
  fc.assert(
    fc.property(size, fc.nat(), (from, seed) => {
      const stored = storedTree(from);
      const level = stored.partialTiles.length === 0 ? 0 : seed % stored.partialTiles.length;
      const changed = (change: (tile: readonly Uint8Array[]) => readonly Uint8Array[]): StoredTree => ({
        ...stored,
        partialTiles: stored.partialTiles.map((tile, own) => (own === level ? change(tile) : tile)),
      });
      fc.pre(from > 0);
      const longer = changed((tile) => [...tile, Buffer.alloc(32)]);
      expect(() => GrowingTree.restore(longer)).toThrow(RangeError);
      expect(() =>
        GrowingTree.restore({ ...stored, partialTiles: stored.partialTiles.slice(0, -1) }),
      ).toThrow(RangeError);
      if ((stored.partialTiles[level]?.length ?? 0) === 0) return;
      expect(() => GrowingTree.restore(changed((tile) => tile.slice(1)))).toThrow(RangeError);
      expect(() => GrowingTree.restore(changed((tile) => [Buffer.alloc(31), ...tile.slice(1)]))).toThrow(
        RangeError,
      );
    }),
    { numRuns: 200 },
  );
});

function nameOf({ level, number, hashes, root }: TileRow): string {
  return `${level} ${number} ${Buffer.from(root).toString('hex')} ${hash('sha256', hashes)}`;
}
