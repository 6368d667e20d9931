import { parseArgs } from 'node:util';
import { findCommune } from '../../src/units/communes.ts';
import { buildCountry, type Country } from '../country/country.ts';
import { POSSESSIONS, type PeopleQuery, type Possession } from '../country/selection.ts';
import { TRAITS, type PlantedTruth, type Trait } from '../country/truth.ts';

const USAGE =
  'usage: people -- --count N [--with land,business,marriage] [--trait protected,deceased,minor,contradiction:KIND] [--in COMMUNE]';

/** Arguments that cannot be meant: message on standard error, exit status 2. */
class UsageError extends Error {}

function listOf<T extends string>(option: string, text: string | undefined, known: readonly T[]): T[] {
  if (text === undefined) return [];
  return [...new Set(text.split(','))].map((word) => {
    const value = known.find((candidate) => candidate === word);
    if (value === undefined) throw new UsageError(`--${option}: unknown value. Known: ${known.join(' ')}`);
    return value;
  });
}

interface PeopleArguments {
  readonly count: number;
  readonly query: PeopleQuery;
}

/** Throws a UsageError for anything that the usage line doesn't say. */
function readArguments(args: readonly string[]): PeopleArguments {
  const values = parse(args);
  const count = /^\d{1,9}$/.test(values.count ?? '') ? Number(values.count) : 0;
  if (count < 1) throw new UsageError('--count: a number from 1 on is needed');
  const possessions = listOf<Possession>('with', values.with, POSSESSIONS);
  const traits = listOf<Trait>('trait', values.trait, TRAITS);
  if (values.in !== undefined && findCommune(values.in) === undefined) {
    throw new UsageError('--in: not a commune code of the table in src/units');
  }
  return {
    count,
    query: { with: possessions, traits, ...(values.in === undefined ? {} : { unit: values.in }) },
  };
}

function parse(args: readonly string[]): { count?: string; with?: string; trait?: string; in?: string } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        count: { type: 'string' },
        with: { type: 'string' },
        trait: { type: 'string' },
        in: { type: 'string' },
      },
    });
    return values;
  } catch {
    throw new UsageError('unknown or incomplete option');
  }
}

/** The truth about what was asked, with the gateway's field names. */
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

/** One JSON text a person; may end before `count`. */
function* peopleLines(country: Country, { count, query }: PeopleArguments): Generator<string> {
  let found = 0;
  for (const person of country.people(query)) {
    yield JSON.stringify(describe(person, query));
    found += 1;
    if (found === count) return;
  }
}

function main(): void {
  try {
    const asked = readArguments(process.argv.slice(2));
    let lines = 0;
    let text = '';
    for (const line of peopleLines(buildCountry(), asked)) {
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
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`people: ${error.message}\n${USAGE}\n`);
    process.exitCode = 2;
  }
}

// A reader such as `head` may close the pipe when it has enough.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exitCode = 0;
});
main();
