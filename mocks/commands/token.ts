import { DEMO_CLIENTS, demoClient } from '../identity/demo-clients.ts';
import { exchangedToken, mintToken, type TokenRequest } from '../identity/mint-token.ts';

/** The arguments are wrong; the message says what is expected. */
export class BadTokenArguments extends Error {
  override readonly name = 'BadTokenArguments';
}

/** The ids of the demo's clients. */
export function clientNames(): readonly string[] {
  return DEMO_CLIENTS.map(({ id }) => id);
}

/** The contract refuses a lifetime over an hour. */
const MAX_TTL_SECONDS = 3600;
const CITIZEN_CHANNEL = 'vneid';

interface TokenArguments {
  readonly client: string | undefined;
  readonly officer: string | undefined;
  readonly citizen: string | undefined;
  /** Seconds. */
  readonly ttl: string | undefined;
}

/** The token that the arguments of `ndg token` ask for. Throws BadTokenArguments. */
export function printedToken(values: TokenArguments): string {
  return mintToken(tokenRequest(values));
}

function tokenRequest(values: TokenArguments): TokenRequest {
  const ttlSeconds = Number(values.ttl ?? MAX_TTL_SECONDS);
  if (!Number.isInteger(ttlSeconds) || ttlSeconds < 1 || ttlSeconds > MAX_TTL_SECONDS) {
    throw new BadTokenArguments(`--ttl is a number of seconds from 1 to ${MAX_TTL_SECONDS}.`);
  }
  if (values.citizen !== undefined) {
    if (values.officer !== undefined) throw new BadTokenArguments('--citizen does not go with --officer.');
    if (!/^\d{12}$/.test(values.citizen))
      throw new BadTokenArguments('--citizen is a personal id of 12 digits.');
    const { client = CITIZEN_CHANNEL } = values;
    const kind = demoClient(client)?.kind;
    if (kind === 'citizen') return { clientId: client, sub: values.citizen, ttlSeconds };
    // The portal would have exchanged the citizen's own token (RFC 8693).
    if (kind === 'agency') return exchangedToken(client, values.citizen, ttlSeconds);
    throw new BadTokenArguments(`No ${client} acts for a citizen.`);
  }
  if (values.client === undefined) throw new BadTokenArguments('--client or --citizen is missing.');
  if (demoClient(values.client) === undefined)
    throw new BadTokenArguments(`There is no client ${values.client}. One of: ${clientNames().join(', ')}.`);
  if (values.officer === '') throw new BadTokenArguments('--officer is empty.');
  return { clientId: values.client, sub: values.officer ?? values.client, ttlSeconds };
}
