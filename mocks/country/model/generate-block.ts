import type { Commune } from '../../../src/units/communes.ts';
import type { BlockKey } from '../identifiers/block-key.ts';
import type { Block } from './block.ts';
import { foundBusinesses } from './holdings/businesses.ts';
import { letDie } from './persons/deaths.ts';
import { startDraft } from './draft.ts';
import { enterFamilyActs } from './persons/family-acts.ts';
import { growFamilies } from './persons/families.ts';
import { appointGuardians } from './persons/guardians.ts';
import { settleHouseholds } from './persons/households.ts';
import { divideLand } from './holdings/land.ts';
import { admitOutsiders } from './outsiders.ts';
import { planBlock } from './plan.ts';
import { plantTroubles } from './troubles.ts';

/** The same seed, key and home give the same block, on every machine and at any time. */
export function generateBlock(seed: number, key: BlockKey, home: Commune): Block {
  const plan = planBlock(seed, key);
  const draft = startDraft(seed, key, plan, home);
  growFamilies(draft);
  letDie(draft);
  plantTroubles(draft);
  const households = settleHouseholds(draft);
  const businesses = foundBusinesses(draft);
  const { parcels, certificates } = divideLand(draft, businesses);
  appointGuardians(draft);
  const familyActs = enterFamilyActs(draft);
  admitOutsiders(draft, households, businesses, parcels);
  const { region, origin, persons } = draft;
  return {
    key,
    plan,
    region,
    home,
    origin,
    persons,
    households,
    familyActs,
    businesses,
    parcels,
    certificates,
  };
}
