import type { Commune } from '../../../src/units/communes.ts';
import type { BlockKey } from '../identifiers/block-key.ts';
import { hash, Random } from '../random.ts';
import type { Circle } from './block.ts';
import { admitOutsiders } from './outsiders.ts';
import { startDraft, type CircleDraft } from './draft.ts';
import { foundBusinesses } from './holdings/businesses.ts';
import { divideLand } from './holdings/land.ts';
import { letDie } from './persons/deaths.ts';
import { growFamilies } from './persons/families.ts';
import { enterFamilyActs } from './persons/family-acts.ts';
import { appointGuardians } from './persons/guardians.ts';
import { settleHouseholds } from './persons/households.ts';
import { planCircle } from './plan.ts';
import { plantTroubles } from './troubles.ts';

/** The sequence for what happens between the blocks of a circle. */
const SALT = 0x76;

function startCircle(
  seed: number,
  keys: readonly BlockKey[],
  homeOf: (key: BlockKey) => Commune,
): CircleDraft {
  const [lead] = keys;
  const drafts = planCircle(seed, keys).flatMap((plan, place) => {
    const key = keys[place];
    return key === undefined ? [] : startDraft(seed, key, plan, homeOf(key));
  });
  return { random: new Random(hash(seed, lead?.prefixIndex ?? 0, lead?.index ?? 0, SALT)), drafts };
}

/** The same seed, keys and homes give the same circle, on every machine and at any time. */
export function generateCircle(
  seed: number,
  keys: readonly BlockKey[],
  homeOf: (key: BlockKey) => Commune,
): Circle {
  const circle = startCircle(seed, keys, homeOf);
  const { drafts } = circle;
  growFamilies(circle);
  for (const draft of drafts) letDie(draft);
  for (const draft of drafts) plantTroubles(draft);
  const households = settleHouseholds(circle);
  const everybody = drafts.flatMap(({ persons }) => persons);
  const held = drafts.map((draft) => {
    const residents = everybody.filter(({ seat }) => seat === draft.neighbourhood);
    const businesses = foundBusinesses(draft, residents);
    return { residents, businesses, ...divideLand(draft, residents, businesses) };
  });
  for (const draft of drafts) appointGuardians(draft);
  const familyActs = drafts.flatMap(enterFamilyActs);
  const blocks = held.flatMap((holdings, place) => {
    const draft = drafts[place];
    if (draft === undefined) return [];
    const own = households.filter(({ seat }) => seat === draft.neighbourhood);
    admitOutsiders(draft, own, holdings.businesses, holdings.parcels);
    return { ...draft.neighbourhood, persons: draft.persons, households: own, ...holdings };
  });
  return { blocks, troubled: drafts.some(({ plan }) => plan.troubled), familyActs };
}
