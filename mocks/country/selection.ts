import type { BlockStore } from './block-store.ts';
import { isSameBlock, type BlockKey } from './identifiers/block-key.ts';
import type { BlockPlan, Circle, Person } from './model/block.ts';
import { planCircle } from './model/plan.ts';
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

/** Tells whether anybody of a circle may have the traits: its blocks' people live in either block. */
function mayHold(plans: readonly BlockPlan[], traits: ReadonlySet<Trait>): boolean {
  for (const trait of traits) {
    if (trait === 'protected' && plans.every(({ protectedPersons }) => protectedPersons === 0)) return false;
    if (NEEDS_TROUBLE.has(trait) && plans.every(({ troubled }) => !troubled)) return false;
    const kind = plans.some(({ contradictions }) =>
      contradictions.some((planned) => trait === `contradiction:${planned}`),
    );
    if (trait.startsWith('contradiction:') && !kind) return false;
  }
  return true;
}

/** Everybody lives in one block, if not in that of birth. */
function residentsOf({ blocks }: Circle, key: BlockKey): readonly Person[] {
  return blocks.find((block) => isSameBlock(block.key, key))?.residents ?? [];
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
    if (wanted.size > 0 && !mayHold(planCircle(seed, territory.circleOf(key)), wanted)) return;
    const circle = store.get(key)?.circle;
    if (circle === undefined) return;
    let place = 0;
    for (const person of residentsOf(circle, key)) {
      if (!possessions.every((possession) => HAS[possession](person))) continue;
      if (wanted.size === 0) {
        if (!isClean(circle, person)) continue;
      } else {
        const traits = traitsOf(person);
        if (traits.length !== wanted.size || !traits.every((trait) => wanted.has(trait))) continue;
      }
      if (place >= to) return;
      if (place >= from) yield plantedTruth(circle, person);
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
    const circle = territory.circleOf(key);
    const plan = planCircle(seed, circle)[circle.findIndex((one) => isSameBlock(one, key))];
    if (plan === undefined || plan.hubBusinesses < least) continue;
    const found = store.get(key)?.circle;
    if (found === undefined) continue;
    const hub = residentsOf(found, key).find((person) => person.businesses.length >= least);
    if (hub !== undefined) yield plantedTruth(found, hub);
  }
}
