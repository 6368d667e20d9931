/** Six services from the first port on (servers.ts). */
const LAST_FIRST_PORT = 65_535 - 5;

/** MOCKS_PORT, the first of six ports; undefined where it is not set. Throws where it cannot be meant. */
export function readMocksPort(text: string | undefined): number | undefined {
  const given = text?.trim() ?? '';
  if (given === '') return undefined;
  const port = Number(given);
  if (/^\d{1,5}$/.test(given) && port >= 1 && port <= LAST_FIRST_PORT) return port;
  throw new Error(`MOCKS_PORT is not a port between 1 and ${LAST_FIRST_PORT}.`);
}
