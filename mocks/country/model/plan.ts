import type { BlockKey } from '../identifiers/block-key.ts';
import { hash, Random, Weighted } from '../random.ts';
import type { BlockPlan, Contradiction } from './block.ts';

/** Half of the blocks are free of trouble, so that most persons and all around them are clean. */
const TROUBLED_SHARE = 0.5;

const KINDS = new Weighted<Contradiction>([
  ['death-not-in-population', 2],
  ['death-not-in-civil-status', 2],
  ['name-spelling', 3],
  ['name-upper-case', 3],
  ['birth-year-only', 3],
  ['birth-date', 3],
  ['marriage-not-in-population', 2],
]);

const FREQUENT_HUB_SHARE = 1 / 60;
const VAST_HUB_SHARE = 1 / 1000;

/** Decides a block's troubles without generating it, so that persons with a trait are found by skipping blocks. */
export function planBlock(seed: number, key: BlockKey): BlockPlan {
  const random = new Random(hash(seed, key.prefixIndex, key.index, 0x71));
  const troubled = random.chance(TROUBLED_SHARE);
  const hub = random.unit();
  const contradictions = troubled
    ? Array.from({ length: random.between(0, 3) }, () => KINDS.draw(random))
    : [];
  return {
    troubled,
    protectedPersons: troubled && random.chance(0.45) ? random.between(1, 2) : 0,
    contradictions,
    hubBusinesses:
      hub < VAST_HUB_SHARE ? random.between(104, 130) : hub < FREQUENT_HUB_SHARE ? random.between(22, 40) : 0,
  };
}
