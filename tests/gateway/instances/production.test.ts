import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DEMO_ISSUER } from '../../../mocks/identity/demo-identity.ts';
import { mintToken } from '../../../mocks/identity/mint-token.ts';
import { expectedAnswer } from '../../support/country-oracle.ts';
import {
  runGatewayProcess,
  startGatewayProcess,
  type GatewayProcess,
} from '../../support/servers/gateway-process.ts';
import { createProductionSetting } from '../../support/production-setting.ts';
import { disclosedIn, recordsOf } from '../../support/recorded.ts';
import { CITIZEN } from '../../support/selections.ts';

/** The gateway as it is served: a process of its own with every setting, over registers that it is told of. */
const setting = await createProductionSetting(['served-1']);
const { country, folder, issuer } = setting;
const environment = setting.environments['served-1'] ?? {};
const place = {
  dataDirectory: join(folder, 'served-1'),
  secretsDirectory: setting.secretsDirectory,
  instanceId: 'served-1',
};
const [person] = country.people({ with: ['land', 'business', 'marriage'] });
const personalId = person?.personalId ?? '';
const loadedScripts = join(folder, 'loaded');
let gateway: GatewayProcess;

beforeAll(async () => {
  gateway = await startGatewayProcess({ environment: { ...environment, NODE_V8_COVERAGE: loadedScripts } });
});

afterAll(async () => {
  await gateway?.kill('SIGKILL');
  await setting.close();
});

const ask = (bearer: string): Promise<Response> =>
  fetch(gateway.url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${bearer}`,
      'content-type': 'application/json',
      'x-purpose': 'inspection',
      'x-case-id': 'H26-261121-0001',
    },
    body: JSON.stringify({ query: CITIZEN, variables: { personalId } }),
  });

it('answers what the registers hold, and says that it is no demo', async () => {
  const expected = expectedAnswer(country, CITIZEN, { personalId });
  const response = await ask(setting.token());
  expect(response.headers.get('x-gateway-mode')).toBe('production');
  const { extensions, ...answer } = (await response.json()) as {
    readonly extensions: { readonly sources: readonly object[] };
  };
  expect(answer).toEqual({ data: expected.data });
  expect(extensions.sources).toHaveLength(4);
  const [record] = recordsOf(place, [response.headers.get('x-access-entry')]);
  expect(record?.answer).toMatchObject({ instance: 'served-1', officer: 'officer.one' });
  expect(disclosedIn(record ?? null)).toEqual(expected.disclosed);
  for (const path of ['/health/live', '/health/ready']) {
    const health = await fetch(new URL(path, gateway.url));
    expect([health.status, health.headers.get('x-gateway-mode')]).toEqual([200, 'production']);
  }
  const metrics = await fetch(`http://127.0.0.1:${environment['ADMIN_PORT']}/metrics`);
  expect(await metrics.text()).toContain('gateway_answers_total{status="200",code="OK"} 1');
});

it.each([
  ['a token of the demo', () => mintToken({ clientId: 'inspectorate', sub: 'officer.one' })],
  [
    'our claims under the demo’s public key',
    () => mintToken({ clientId: 'inspectorate', claims: { iss: issuer, aud: setting.audience } }),
  ],
  ['the demo’s issuer under our key', () => setting.token({ claims: { iss: DEMO_ISSUER } })],
  ['another audience', () => setting.token({ claims: { aud: 'national-data-gateway' } })],
])('refuses %s', async (_what, make) => {
  const response = await ask(make());
  expect(response.status).toBe(401);
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
});

it('does not start on the demo’s issuer', async () => {
  const { code, output } = await runGatewayProcess({
    environment: { ...environment, TOKEN_ISSUER: DEMO_ISSUER },
  });
  expect(code).toBe(1);
  expect(output).toMatch(/cannot start:\n {2}TOKEN_ISSUER is the demo/);
});

it('does not start without settings, and names all of them, once', async () => {
  const { code, output } = await runGatewayProcess({ environment: {} });
  expect(code).toBe(1);
  const named = output.split('\n').flatMap((line) => /^ {2}([A-Z_]+) is not set/.exec(line)?.[1] ?? []);
  expect(named.sort()).toEqual(Object.keys(environment).sort());
  expect(output).not.toContain('.ts:');
});

it('does not start on half of a group, on missing keys or on a bad agreement, and says so at once', async () => {
  const { DOSSIER_URL: _dossier, TOKEN_AUDIENCE: _audience, ...half } = environment;
  const halved = await runGatewayProcess({ environment: half });
  expect([halved.code, halved.output]).toEqual([1, expect.stringMatching(/TOKEN_AUDIENCE[^]*DOSSIER_URL/)]);

  const broken = join(folder, 'broken');
  cpSync(environment['AGREEMENTS_DIR'] ?? '', join(broken, 'agreements'), { recursive: true });
  cpSync(place.secretsDirectory, join(broken, 'secrets'), { recursive: true });
  rmSync(join(broken, 'secrets', 'log-seal.k1.key'));
  rmSync(join(broken, 'agreements', 'inspection.graphql'));
  const { code, output } = await runGatewayProcess({
    environment: {
      ...environment,
      SECRETS_DIR: join(broken, 'secrets'),
      AGREEMENTS_DIR: join(broken, 'agreements'),
    },
  });
  expect([code, output]).toEqual([1, expect.stringMatching(/log-seal[^]*AGREEMENTS_DIR/)]);
});

it('does not start on agreements that an owner has not signed as they are', async () => {
  const agreements = join(folder, 'unsigned');
  cpSync(environment['AGREEMENTS_DIR'] ?? '', agreements, { recursive: true });
  rmSync(join(agreements, 'land-registration.signatures.yaml'));
  appendFileSync(join(agreements, 'inspection.graphql'), '\n');
  const { code, output } = await runGatewayProcess({
    environment: { ...environment, AGREEMENTS_DIR: agreements },
  });
  expect(code).toBe(1);
  expect(output).toContain('inspection.yaml: signatures: the signature of population does not fit');
  expect(output).toContain('land-registration.yaml: signatures: civil-status has not signed');
});

/**
 * Files of this project that a process loaded, from the coverage that it wrote at its end. Its threads start with an empty
 * environment and write none: the architecture test follows what they import.
 */
function loadedBy(directory: string): readonly string[] {
  const root = new URL('../../../', import.meta.url).href;
  const files = readdirSync(directory).flatMap((file) => {
    const { result } = JSON.parse(readFileSync(join(directory, file), 'utf8')) as {
      readonly result: readonly { readonly url: string }[];
    };
    return result.map(({ url }) => url);
  });
  return [...new Set(files)].flatMap((url) =>
    url.startsWith(root) && !url.includes('/node_modules/') ? [url.slice(root.length)] : [],
  );
}

it('never loads a file of mocks/ or of the independent programs, also after it answered', async () => {
  expect(await gateway.kill('SIGTERM')).toBe(0);
  const loaded = loadedBy(loadedScripts);
  expect(loaded).toEqual(
    expect.arrayContaining([
      'src/main.ts',
      'src/gateway.ts',
      'src/plan/run/execute-plan.ts',
      'src/log-format/tree/merkle-hash.ts',
    ]),
  );
  expect(loaded.filter((file) => !file.startsWith('src/'))).toEqual([]);
  expect(loaded.filter((file) => file.startsWith('src/independent/'))).toEqual([]);
  // The same look at the demo finds them.
  const scripts = join(folder, 'loaded-by-demo');
  const demo = await startGatewayProcess({
    args: ['--demo'],
    environment: {
      DATA_DIR: join(folder, 'demo-data'),
      SECRETS_DIR: join(folder, 'demo-secrets'),
      NODE_V8_COVERAGE: scripts,
    },
  });
  expect(await demo.kill('SIGTERM')).toBe(0);
  expect(loadedBy(scripts)).toContain('mocks/demo.ts');
});
