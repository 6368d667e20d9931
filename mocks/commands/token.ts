import { parseArgs } from 'node:util';

import { DEMO_CLIENTS, demoClient } from '../identity/demo-clients.ts';
import { mintToken, type TokenRequest } from '../identity/mint-token.ts';

const USAGE = `Usage: npm run --silent token -- --client ID [--officer ID] [--ttl SECONDS]
       npm run --silent token -- --citizen PERSONAL_ID [--ttl SECONDS]
Clients: ${DEMO_CLIENTS.map(({ id }) => id).join(', ')}`;

/** The contract refuses a lifetime over an hour. */
const MAX_TTL_SECONDS = 3600;
const CITIZEN_CHANNEL = 'vneid';

/** Throws with a message for the user. */
function tokenRequest(args: readonly string[]): TokenRequest {
  const { values } = parseArgs({
    args: [...args],
    options: {
      client: { type: 'string' },
      officer: { type: 'string' },
      citizen: { type: 'string' },
      ttl: { type: 'string' },
    },
  });
  const ttlSeconds = Number(values.ttl ?? MAX_TTL_SECONDS);
  if (!Number.isInteger(ttlSeconds) || ttlSeconds < 1 || ttlSeconds > MAX_TTL_SECONDS) {
    throw new Error(`--ttl is a number of seconds from 1 to ${MAX_TTL_SECONDS}.`);
  }
  if (values.citizen !== undefined) {
    if (values.client !== undefined || values.officer !== undefined) {
      throw new Error('--citizen goes with neither --client nor --officer.');
    }
    if (!/^\d{12}$/.test(values.citizen)) throw new Error('--citizen is a personal id of 12 digits.');
    return { clientId: CITIZEN_CHANNEL, sub: values.citizen, ttlSeconds };
  }
  if (values.client === undefined) throw new Error('--client or --citizen is missing.');
  if (demoClient(values.client) === undefined) throw new Error('This client is not known.');
  if (values.officer === '') throw new Error('--officer is empty.');
  return { clientId: values.client, sub: values.officer ?? values.client, ttlSeconds };
}

try {
  process.stdout.write(`${mintToken(tokenRequest(process.argv.slice(2)))}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : 'Bad arguments.'}\n${USAGE}\n`);
  process.exitCode = 2;
}
