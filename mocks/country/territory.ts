import { COMMUNES, communesOf, type Commune } from '../../src/units/communes.ts';
import type { BlockKey } from './identifiers/block-key.ts';
import { PREFIXES } from './prefixes.ts';
import { pairBlocks, type Circles } from './circles.ts';
import { hash } from './random.ts';
import { MAX_BLOCKS_PER_PREFIX, PERSONS_PER_BLOCK } from './reference.ts';

/** The spread of the country's blocks over prefixes, and the commune that a block lives in. */
export interface Territory {
  readonly blocksOfPrefix: readonly number[];
  has(block: BlockKey): boolean;
  communeOf(block: BlockKey): Commune;
  /** The block and the one whose people its people marry (`circles.ts`). */
  readonly circleOf: Circles;
  /** Every block once, going round the prefixes; only those of one commune where a code is given. */
  blocks(communeCode?: string): Generator<BlockKey>;
}

/** The ward whose officers the demo's clients are has more inhabitants than its share. */
const CAPITAL_WARD = '00070';
const CAPITAL_WARD_SHARE = 16;
/** Thousand persons added to a province for each commune of the table, so that none is nearly empty. */
const PER_COMMUNE = 5;
/** A ninth of the homes is in a commune that people move to. */
const MIGRATION = 9;
const DESTINATIONS = COMMUNES.filter(
  ({ provinceCode, kind }) => ['01', '48', '75', '79', '92'].includes(provinceCode) && kind === 'ward',
);

function weightOf(prefixIndex: number): number {
  const prefix = PREFIXES[prefixIndex];
  if (prefix === undefined) return 0;
  const sharing = PREFIXES.filter(({ provinceCode }) => provinceCode === prefix.provinceCode).length;
  return prefix.weight + (PER_COMMUNE * communesOf(prefix.provinceCode).length) / sharing;
}

/**
 * Blocks are shared out by weight. A prefix takes no more than its limit; the others share what it cannot take.
 */
function spreadBlocks(total: number): readonly number[] {
  const counts = PREFIXES.map(() => 0);
  let open = PREFIXES.map((_, index) => index);
  let left = Math.min(total, PREFIXES.length * MAX_BLOCKS_PER_PREFIX);
  while (left > 0) {
    const weight = open.reduce((sum, index) => sum + weightOf(index), 0);
    const share = left;
    for (const index of open) {
      const wanted = Math.ceil((share * weightOf(index)) / weight);
      const given = Math.min(wanted, MAX_BLOCKS_PER_PREFIX - (counts[index] ?? 0), left);
      counts[index] = (counts[index] ?? 0) + given;
      left -= given;
    }
    open = open.filter((index) => (counts[index] ?? 0) < MAX_BLOCKS_PER_PREFIX);
  }
  return counts;
}

/** The communes that a prefix's blocks take in turn: mostly of its own province, some far away. */
function homesOf(seed: number, prefixIndex: number): readonly Commune[] {
  const own = communesOf(PREFIXES[prefixIndex]?.provinceCode ?? '');
  const homes = own.flatMap((commune) =>
    Array.from({ length: commune.code === CAPITAL_WARD ? CAPITAL_WARD_SHARE : 1 }, () => commune),
  );
  while (homes.length < 3 * MIGRATION) homes.push(...own);
  const movers = Math.ceil(homes.length / MIGRATION);
  for (let index = 0; index < movers; index += 1) {
    const destination = DESTINATIONS[hash(seed, prefixIndex, index) % DESTINATIONS.length];
    if (destination !== undefined) homes.push(destination);
  }
  return homes
    .map((commune, index) => ({ commune, order: hash(seed, prefixIndex, index, 0x50) }))
    .sort((a, b) => a.order - b.order)
    .map(({ commune }) => commune);
}

/** Takes about `persons` persons apart into blocks; memory is a few thousand entries at any size. */
export function buildTerritory(seed: number, persons: number): Territory {
  const blocksOfPrefix = spreadBlocks(Math.max(1, Math.round(persons / PERSONS_PER_BLOCK)));
  const homes = PREFIXES.map((_, prefixIndex) => homesOf(seed, prefixIndex));
  const most = Math.max(...blocksOfPrefix);

  function* allBlocks(): Generator<BlockKey> {
    for (let index = 0; index < most; index += 1) {
      for (const [prefixIndex, count] of blocksOfPrefix.entries()) {
        if (index < count) yield { prefixIndex, index };
      }
    }
  }

  function* blocksIn(communeCode: string): Generator<BlockKey> {
    const places = homes.flatMap((list, prefixIndex) =>
      list.flatMap((commune, place) =>
        commune.code === communeCode ? [{ prefixIndex, place, step: list.length }] : [],
      ),
    );
    for (let round = 0, found = true; found; round += 1) {
      found = false;
      for (const { prefixIndex, place, step } of places) {
        const index = place + round * step;
        if (index < (blocksOfPrefix[prefixIndex] ?? 0)) {
          found = true;
          yield { prefixIndex, index };
        }
      }
    }
  }

  return {
    blocksOfPrefix,
    circleOf: pairBlocks(blocksOfPrefix),
    has: ({ prefixIndex, index }) => index >= 0 && index < (blocksOfPrefix[prefixIndex] ?? 0),
    communeOf({ prefixIndex, index }) {
      const list = homes[prefixIndex] ?? [];
      const commune = list[index % list.length];
      if (commune === undefined) throw new Error('a prefix without homes');
      return commune;
    },
    blocks: (communeCode) => (communeCode === undefined ? allBlocks() : blocksIn(communeCode)),
  };
}
