/** The identifiers of the country hold no more (reference.ts: 63 prefixes of 25,000 blocks). */
const MOST = 100_000_000;
const FEWEST = 10_000;

/** MOCKS_PERSONS, about how many persons the country has; undefined where it is not set. Throws where it cannot be meant. */
export function readMocksPersons(text: string | undefined): number | undefined {
  const given = text?.trim() ?? '';
  if (given === '') return undefined;
  const persons = Number(given);
  if (/^\d{1,9}$/.test(given) && persons >= FEWEST && persons <= MOST) return persons;
  throw new Error(`MOCKS_PERSONS is not a number from ${FEWEST} to ${MOST}.`);
}
