import { buildMocksCountry } from '../servers/mocks-persons.ts';
import { findCommune } from '../../src/units/communes.ts';
import type { Country } from '../country/country.ts';
import { POSSESSIONS, type PeopleQuery, type Possession } from '../country/selection.ts';
import { TRAITS, type PlantedTruth, type Trait } from '../country/truth.ts';

/** The arguments are wrong; the message says what is expected. */
export class BadPeopleArguments extends Error {
  override readonly name = 'BadPeopleArguments';
}

/** The traits that persons of the synthetic country can have. */
export function knownTraits(): readonly string[] {
  return TRAITS;
}

function listOf<T extends string>(option: string, text: string | undefined, known: readonly T[]): T[] {
  if (text === undefined) return [];
  return [...new Set(text.split(','))].map((word) => {
    const value = known.find((candidate) => candidate === word);
    if (value === undefined)
      throw new BadPeopleArguments(`--${option} ${word} is unknown. Known: ${known.join(', ')}.`);
    return value;
  });
}

interface PeopleArguments {
  readonly count: number;
  readonly query: PeopleQuery;
}

/** Values of the options of `ndg people`, as they were given. */
interface GivenArguments {
  readonly count: string | undefined;
  readonly with: string | undefined;
  readonly trait: string | undefined;
  readonly in: string | undefined;
}

function readArguments(values: GivenArguments): PeopleArguments {
  const count = /^\d{1,9}$/.test(values.count ?? '') ? Number(values.count) : 0;
  if (count < 1) throw new BadPeopleArguments('--count must be a number of persons, at least 1.');
  const possessions = listOf<Possession>('with', values.with, POSSESSIONS);
  const traits = listOf<Trait>('trait', values.trait, TRAITS);
  if (values.in !== undefined && findCommune(values.in) === undefined) {
    throw new BadPeopleArguments('--in must be the code of a commune of today, such as 00070.');
  }
  return {
    count,
    query: { with: possessions, traits, ...(values.in === undefined ? {} : { unit: values.in }) },
  };
}

/** Describes a person by the gateway's field names, with the truth about what was asked. */
function describe(person: PlantedTruth, { with: possessions = [], traits = [] }: PeopleQuery): object {
  const { personalId, name, birthDate, sex, permanentResidence, truth, population, civilStatus } = person;
  return {
    personalId,
    name,
    birthDate,
    sex,
    permanentResidence,
    ...(possessions.includes('land') ? { landParcels: person.landParcels } : {}),
    ...(possessions.includes('business') ? { businesses: person.businesses } : {}),
    ...(possessions.includes('marriage') ? { marriages: person.marriages } : {}),
    ...(traits.length > 0 ? { traits: person.traits, truth, population, civilStatus } : {}),
  };
}

function countryOf(text: string | undefined): Country {
  try {
    return buildMocksCountry(text);
  } catch (error) {
    throw new BadPeopleArguments(error instanceof Error ? error.message : 'MOCKS_PERSONS is no number.');
  }
}

/** Gives one JSON text for each person. It ends before `count` where no more persons are found. */
function* peopleLines(country: Country, { count, query }: PeopleArguments): Generator<string> {
  let found = 0;
  for (const person of country.people(query)) {
    yield JSON.stringify(describe(person, query));
    found += 1;
    if (found === count) return;
  }
}

/** Prints the persons; status 1 where fewer than `count` were found. Throws BadPeopleArguments. */
export function printPeople(
  values: GivenArguments,
  environment: { readonly MOCKS_PERSONS?: string | undefined } = {},
): void {
  const asked = readArguments(values);
  const country = countryOf(environment.MOCKS_PERSONS);
  // A reader such as `head` may close the pipe when it has enough.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exitCode = 0;
  });
  let lines = 0;
  let text = '';
  for (const line of peopleLines(country, asked)) {
    text += `${line}\n`;
    lines += 1;
    if (text.length > 1_000_000) {
      process.stdout.write(text);
      text = '';
    }
  }
  process.stdout.write(text);
  if (lines < asked.count) {
    process.stderr.write(`people: only ${lines} of ${asked.count} found\n`);
    process.exitCode = 1;
  }
}
