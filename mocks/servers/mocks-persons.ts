import { buildCountry, type Country } from '../country/country.ts';

/** The identifiers of the country hold no more (reference.ts: 63 prefixes of 25,000 blocks). */
const MOST = 100_000_000;
const FEWEST = 10_000;

/** Builds the country with about as many persons as MOCKS_PERSONS says. Throws where it cannot be meant. */
export function buildMocksCountry(text: string | undefined): Country {
  const persons = readPersons(text);
  return buildCountry(persons === undefined ? {} : { persons });
}

function readPersons(text: string | undefined): number | undefined {
  const given = text?.trim() ?? '';
  if (given === '') return undefined;
  const persons = Number(given);
  if (/^\d{1,9}$/.test(given) && persons >= FEWEST && persons <= MOST) return persons;
  throw new Error(`MOCKS_PERSONS is not a number from ${FEWEST} to ${MOST}.`);
}
