import { createServer } from 'node:http';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DEMO_REGISTERS } from '../../mocks/registers/demo-registers.ts';
import { demoCredentialsFile } from '../../mocks/demo-secrets.ts';
import { mintToken } from '../../mocks/identity/mint-token.ts';
import { gatewaySettings } from '../../mocks/settings.ts';
import { startMocks } from '../../mocks/servers/servers.ts';
import { setUp } from '../../src/commands/setup/setup.ts';
import { readSettings } from '../../src/config/settings/settings.ts';
import { buildGateway } from '../../src/gateway.ts';
import { DEFAULT_REGISTERS } from '../../src/sources/default-registers.ts';
import { buildLog } from '../../src/telemetry/log.ts';
import { country } from '../support/gateway.ts';
import { jwkOf, newKey } from '../identity/fixtures.ts';

let folder = '';
const closing: (() => Promise<unknown> | void)[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndg-setup-'));
  writeFileSync(join(folder, 'credentials.json'), demoCredentialsFile(DEMO_REGISTERS));
});
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
  rmSync(folder, { recursive: true, force: true });
});

const options = () => ({
  instances: ['one', 'two'],
  agreements: 'mocks/agreements',
  credentials: join(folder, 'credentials.json'),
});

test('what setup makes starts a gateway outside the demo, once the addresses are filled in', async () => {
  const made = join(folder, 'made');
  const { output } = setUp(made, options());
  expect(output).toContain(`ENV_FILE=${join(made, 'one.env')} npx ndg serve`);
  expect(output).not.toContain('Still missing');
  const mocks = await startMocks({ country });
  closing.push(() => mocks.close());
  const key = newKey('staging-1');
  const provider = createServer((_request, response) => response.end(JSON.stringify({ keys: [jwkOf(key)] })));
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    provider.closeAllConnections();
    provider.close();
  });
  const issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/`;
  const environment = {
    ...gatewaySettings(mocks.urls),
    ...parseEnv(readFileSync(join(made, 'one.env'), 'utf8')),
    TOKEN_ISSUER: issuer,
    TOKEN_JWKS_URL: `${issuer}keys`,
    TOKEN_AUDIENCE: 'staging',
    PORT: '0',
    ADMIN_PORT: '0',
  };
  const lines: string[] = [];
  const gateway = await buildGateway(readSettings(environment, 'production', DEFAULT_REGISTERS), {
    log: buildLog('info', { write: (line) => void lines.push(line) }),
  });
  closing.push(() => gateway.close());
  expect(lines.filter((line) => line.includes('start.warning'))).toEqual([]);
  const [person] = country.people({});
  const response = await fetch(`http://127.0.0.1:${gateway.port}/graphql`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-purpose': 'inspection',
      'x-case-id': 'H26-261121-0001',
      authorization: `Bearer ${mintToken({ clientId: 'inspectorate', key, claims: { iss: issuer, aud: 'staging' } })}`,
    },
    body: JSON.stringify({ query: `{ citizen(personalId: "${person?.personalId}") { personalId } }` }),
  });
  expect(await response.json()).toMatchObject({ data: { citizen: { personalId: person?.personalId } } });
});

test('keys are closed to others, differ, and nothing that exists is replaced', () => {
  const made = join(folder, 'made');
  setUp(made, options());
  expect(statSync(join(made, 'secrets')).mode & 0o777).toBe(0o700);
  const key = (use: string) => readFileSync(join(made, 'secrets', `${use}.k1.key`), 'utf8');
  const keys = ['cache-mac', 'cache-seal', 'log-seal', 'log-search', 'checkpoint-one', 'checkpoint-two'].map(
    key,
  );
  expect(new Set(keys).size).toBe(6);
  expect(() => setUp(made, options())).toThrow('is not empty');
  expect(key('log-seal')).toBe(keys[2]);
});

test.each([
  [[], '--instance is needed'],
  [['one', 'one'], 'Two instances have one name'],
  [['../one'], 'INSTANCE_ID must be letters'],
])('instances %j are refused', (instances, message) => {
  expect(() => setUp(join(folder, 'made'), { ...options(), instances })).toThrow(message);
});

test('without agreements and credentials it says what is still missing', () => {
  const { output } = setUp(join(folder, 'made'), {
    instances: ['one'],
    agreements: undefined,
    credentials: undefined,
  });
  expect(output.match(/^Still missing: /gm)).toHaveLength(2);
});
