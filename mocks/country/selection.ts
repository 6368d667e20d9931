import type { BlockStore } from './block-store.ts';
import type { BlockKey } from './identifiers/block-key.ts';
import type { BlockPlan, Person } from './model/block.ts';
import { planBlock } from './model/plan.ts';
import { spouseOf } from './model/standing.ts';
import { isClean } from './surroundings.ts';
import type { Territory } from './territory.ts';
import { plantedTruth, traitsOf, type PlantedTruth, type Trait } from './truth.ts';

export const POSSESSIONS = ['land', 'business', 'marriage'] as const;
export type Possession = (typeof POSSESSIONS)[number];

export interface PeopleQuery {
  /** At least one of each. Marriage: exactly one, in force. */
  readonly with?: readonly Possession[];
  /** All of these and no others; none: clean persons only. */
  readonly traits?: readonly Trait[];
  /** Commune of permanent residence. */
  readonly unit?: string;
}

/** The first round takes few from each block, so that answers are spread over the country. */
const FIRST_ROUND = 3;

const HAS: Readonly<Record<Possession, (person: Person) => boolean>> = {
  land: (person) => person.parcels.length > 0,
  business: (person) => person.businesses.length > 0,
  marriage: (person) => person.marriages.length === 1 && spouseOf(person) !== undefined,
};

/** A death that one register has not heard of is a death, and guardians are children's. */
function withImplied(traits: readonly Trait[]): ReadonlySet<Trait> {
  const implied = new Set<Trait>(traits);
  if (traits.some((trait) => trait.startsWith('contradiction:death-'))) implied.add('deceased');
  if (implied.has('guarded')) implied.add('minor');
  return implied;
}

/** Traits that only persons of troubled blocks have. */
const NEEDS_TROUBLE: ReadonlySet<Trait> = new Set<Trait>(['deceased', 'guarded', 'unidentified']);

function mayHold(plan: BlockPlan, traits: ReadonlySet<Trait>): boolean {
  for (const trait of traits) {
    if (trait === 'protected' && plan.protectedPersons === 0) return false;
    if (NEEDS_TROUBLE.has(trait) && !plan.troubled) return false;
    const kind = plan.contradictions.some((planned) => trait === `contradiction:${planned}`);
    if (trait.startsWith('contradiction:') && !kind) return false;
  }
  return true;
}

/** Persons who fit, each once, in an order that is the same in every process. */
export function* selectPeople(
  seed: number,
  territory: Territory,
  store: BlockStore,
  query: PeopleQuery,
): Generator<PlantedTruth> {
  const wanted = withImplied(query.traits ?? []);
  const possessions = [...new Set(query.with)];

  function* fittingIn(key: BlockKey, from: number, to: number): Generator<PlantedTruth> {
    if (wanted.size > 0 && !mayHold(planBlock(seed, key), wanted)) return;
    const block = store.get(key)?.block;
    if (block === undefined) return;
    let place = 0;
    for (const person of block.persons) {
      if (!possessions.every((possession) => HAS[possession](person))) continue;
      if (wanted.size === 0) {
        if (!isClean(block, person)) continue;
      } else {
        const traits = traitsOf(person);
        if (traits.length !== wanted.size || !traits.every((trait) => wanted.has(trait))) continue;
      }
      if (place >= to) return;
      if (place >= from) yield plantedTruth(block, person);
      place += 1;
    }
  }

  for (const key of territory.blocks(query.unit)) yield* fittingIn(key, 0, FIRST_ROUND);
  for (const key of territory.blocks(query.unit)) yield* fittingIn(key, FIRST_ROUND, Infinity);
}

/** Persons with at least so many businesses, found by their blocks' plans. */
export function* selectHubs(
  seed: number,
  territory: Territory,
  store: BlockStore,
  least: number,
): Generator<PlantedTruth> {
  for (const key of territory.blocks()) {
    if (planBlock(seed, key).hubBusinesses < least) continue;
    const block = store.get(key)?.block;
    const hub = block?.persons.find((person) => person.businesses.length >= least);
    if (block !== undefined && hub !== undefined) yield plantedTruth(block, hub);
  }
}
