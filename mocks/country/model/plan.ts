import type { BlockKey } from '../identifiers/block-key.ts';
import { hash, Random, Weighted } from '../random.ts';
import type { BlockPlan, Contradiction } from './block.ts';

/** Half of the circles are free of trouble, so that most persons and all around them are clean. */
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

const SALTS = { circle: 0x70, block: 0x71 } as const;

function isTroubled(seed: number, [lead]: readonly BlockKey[]): boolean {
  return (
    lead !== undefined &&
    new Random(hash(seed, lead.prefixIndex, lead.index, SALTS.circle)).chance(TROUBLED_SHARE)
  );
}

/**
 * Decides the troubles of a circle's blocks without generating them, so that persons with a trait are found by skipping
 * circles.
 */
export function planCircle(seed: number, circle: readonly BlockKey[]): readonly BlockPlan[] {
  const troubled = isTroubled(seed, circle);
  return circle.map((key) => planBlock(seed, key, troubled));
}

function planBlock(seed: number, key: BlockKey, troubled: boolean): BlockPlan {
  const random = new Random(hash(seed, key.prefixIndex, key.index, SALTS.block));
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
