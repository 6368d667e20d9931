import { isoDate } from './calendar.ts';
import { CONTRADICTIONS, type Circle, type Contradiction, type Person } from './model/block.ts';
import { namesOutsider } from './model/outsiders.ts';
import { fullName } from './model/persons/naming.ts';
import { diedInCivilStatus, isMinor, spouseOf } from './model/standing.ts';
import { isClean } from './surroundings.ts';
import { populationFullName, registeredDeath } from './views/population.ts';

/** The traits that `people --trait` can ask for. */
export type Trait =
  | 'protected'
  | 'deceased'
  | 'minor'
  /** A child who has a guardian. */
  | 'guarded'
  /** Household, businesses or land name somebody without a personal id. */
  | 'unidentified'
  | `contradiction:${Contradiction}`;

export const TRAITS: readonly Trait[] = [
  'protected',
  'deceased',
  'minor',
  'guarded',
  'unidentified',
  ...CONTRADICTIONS.map((kind) => `contradiction:${kind}` as const),
];

/** The fields on which registers disagree, named as in the gateway's schema; null: the register has nothing. */
export interface Statement {
  readonly name?: { readonly full: string };
  readonly birthDate?: string;
  readonly deathDate?: string | null;
  readonly spouse?: { readonly personalId: string } | null;
  readonly guardian?: { readonly personalId: string };
}

/** The truth about a person, whatever the registers say. */
export interface PlantedTruth {
  readonly personalId: string;
  readonly name: { readonly full: string };
  readonly birthDate: string;
  readonly sex: 'MALE' | 'FEMALE';
  readonly permanentResidence: { readonly provinceCode: string; readonly communeCode: string };
  readonly landParcels: readonly { readonly id: string }[];
  readonly businesses: readonly { readonly code: string }[];
  /** The marriages in order of registration, ended ones too. */
  readonly marriages: readonly { readonly spouse: { readonly personalId: string } }[];
  /** The true spouse of today. */
  readonly spouse: string | null;
  readonly traits: readonly Trait[];
  /** A living adult with no planted trouble in or around (`surroundings.ts`). */
  readonly isClean: boolean;
  /** Fields that a trait is about: as they are, and as two registers have them. */
  readonly truth: Statement;
  readonly population: Statement;
  readonly civilStatus: Statement;
}

export function traitsOf(person: Person): Trait[] {
  return [
    ...(person.isProtected ? (['protected'] as const) : []),
    ...(person.death !== undefined ? (['deceased'] as const) : []),
    ...(isMinor(person) ? (['minor'] as const) : []),
    ...(person.guardian !== undefined ? (['guarded'] as const) : []),
    ...(namesOutsider(person) ? (['unidentified'] as const) : []),
    ...person.contradictions.map((kind) => `contradiction:${kind}` as const),
  ];
}

type Statements = Pick<PlantedTruth, 'truth' | 'population' | 'civilStatus'>;

function deathStatements(person: Person): Statements {
  const deathDate = person.death === undefined ? null : isoDate(person.death.day);
  return {
    truth: { deathDate },
    population: { deathDate: registeredDeath(person) ?? null },
    civilStatus: { deathDate: diedInCivilStatus(person) ? deathDate : null },
  };
}

function nameStatements(person: Person): Statements {
  const name = { full: fullName(person.name) };
  return {
    truth: { name },
    population: { name: { full: populationFullName(person) } },
    civilStatus: { name },
  };
}

function birthStatements(person: Person): Statements {
  const birthDate = isoDate(person.birth);
  return {
    truth: { birthDate },
    population: { birthDate: person.registeredBirth ?? birthDate },
    civilStatus: { birthDate },
  };
}

function marriageStatements(person: Person): Statements {
  const personalId = spouseOf(person)?.id;
  const spouse = personalId === undefined ? null : { personalId };
  return { truth: { spouse }, population: { spouse: null }, civilStatus: { spouse } };
}

function guardianStatements({ id }: Person): Statements {
  const guardian = { personalId: id };
  return { truth: { guardian }, population: { guardian }, civilStatus: { guardian } };
}

/** The facts that each kind of contradiction concerns. */
const STATEMENTS: Readonly<Record<Contradiction, (person: Person) => Statements>> = {
  'death-not-in-population': deathStatements,
  'death-not-in-civil-status': deathStatements,
  'name-spelling': nameStatements,
  'name-upper-case': nameStatements,
  'birth-year-only': birthStatements,
  'birth-date': birthStatements,
  'marriage-not-in-population': marriageStatements,
};

function statementsOf(person: Person): Statements {
  const all = person.contradictions.map((kind) => STATEMENTS[kind](person));
  if (person.death !== undefined) all.push(deathStatements(person));
  if (person.guardian !== undefined) all.push(guardianStatements(person.guardian));
  const merge = (side: keyof Statements): Statement =>
    Object.assign({}, ...all.map((one) => one[side])) as Statement;
  return { truth: merge('truth'), population: merge('population'), civilStatus: merge('civilStatus') };
}

export function plantedTruth(circle: Circle, person: Person): PlantedTruth {
  const { provinceCode, communeCode } = person.residence;
  return {
    personalId: person.id,
    name: { full: fullName(person.name) },
    birthDate: isoDate(person.birth),
    sex: person.sex === 1 ? 'MALE' : 'FEMALE',
    permanentResidence: { provinceCode, communeCode },
    landParcels: person.parcels.map(({ id }) => ({ id })),
    businesses: person.businesses.map(({ code }) => ({ code })),
    marriages: person.marriages.map(({ husband, wife }) => ({
      spouse: { personalId: (husband === person ? wife : husband).id },
    })),
    spouse: spouseOf(person)?.id ?? null,
    traits: traitsOf(person),
    isClean: isClean(circle, person),
    ...statementsOf(person),
  };
}
