import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { demoCredentialsFile } from './demo-secrets.ts';
import { findExplorer, type Explorer } from './explorer/explorer.ts';
import { DEMO_REGISTERS } from './registers/demo-registers.ts';
import { readOffer, type MockDescriptor } from './registers/register.ts';
import { buildMissingPages } from './built-pages.ts';
import { buildMocksCountry } from './servers/mocks-persons.ts';
import { readMocksPort } from './servers/mocks-port.ts';
import { startMocks, type MockUrls } from './servers/servers.ts';
import { gatewaySettings } from './settings.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Demo {
  /** The given environment with everything filled in that was absent. */
  readonly environment: Environment;
  /** A person to ask about. */
  readonly examplePersonalId: string;
  /** Mocked services and where they listen. */
  readonly mocked: Readonly<Record<string, string>>;
  /** GraphiQL for the browser, with the demo's clients and worked examples; null where it is not installed. */
  readonly explorer: Explorer | null;
  close(): Promise<void>;
}

const TOKEN_SETTINGS = ['TOKEN_ISSUER', 'TOKEN_AUDIENCE', 'TOKEN_JWKS_URL'];
const CONSOLE_SETTINGS = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'];
const KEY_USES = ['cache-mac', 'cache-seal', 'log-seal', 'log-search'];
const AGREEMENTS = join(import.meta.dirname, 'agreements');

/**
 * Starts mocks for the registers, identity provider and dossier service that the environment does not name, and
 * makes secrets where there are none. A half-set TOKEN_ or OIDC_ group is left as it is: the settings report it.
 */
export async function prepareDemo(environment: Environment): Promise<Demo> {
  const basePort = readMocksPort(environment['MOCKS_PORT']);
  const country = buildMocksCountry(environment['MOCKS_PERSONS']);
  const offer = readOffer(environment['REGISTER_BATCHES']);
  const mocks = await startMocks({ country, offer, ...(basePort === undefined ? {} : { basePort }) });
  const complete = await fillEnvironment(environment, mocks.urls);
  const [example] = country.people({ with: ['land', 'business', 'marriage'] });
  return {
    environment: complete,
    mocked: Object.fromEntries(
      Object.keys(gatewaySettings(mocks.urls)).flatMap((name) =>
        complete[name] === environment[name] ? [] : [[name, complete[name] ?? '']],
      ),
    ),
    examplePersonalId: example?.personalId ?? '',
    explorer: findExplorer(example?.personalId ?? ''),
    close: () => mocks.close(),
  };
}

/** Fills in what is absent: the mocks' addresses, the demo's folders (their secrets are made), a free admin port. */
export async function fillEnvironment(
  environment: Environment,
  urls: MockUrls,
  registers: readonly MockDescriptor[] = DEMO_REGISTERS,
): Promise<Environment> {
  const isSet = (name: string): boolean => (environment[name] ?? '').trim() !== '';
  const tokensAreMocked = TOKEN_SETTINGS.every((name) => !isSet(name));
  // The mocked provider signs in people whose tokens only the mocked issuer gives.
  const consoleIsMocked = tokensAreMocked && CONSOLE_SETTINGS.every((name) => !isSet(name));
  const isMocked = (name: string): boolean => {
    if (TOKEN_SETTINGS.includes(name)) return tokensAreMocked;
    return CONSOLE_SETTINGS.includes(name) ? consoleIsMocked : !isSet(name);
  };
  if (consoleIsMocked) await buildMissingPages();
  const mocked: Record<string, string> = {};
  for (const [name, url] of Object.entries(gatewaySettings(urls))) {
    if (isMocked(name)) mocked[name] = url;
  }
  const filled: Record<string, string> = { ...mocked };
  const fill = (name: string, value: string): void => {
    if (!isSet(name)) filled[name] = value;
  };
  fill('DATA_DIR', '.data');
  fill('SECRETS_DIR', '.secrets');
  fill('INSTANCE_ID', 'demo');
  fill('AGREEMENTS_DIR', AGREEMENTS);
  if (!isSet('ADMIN_PORT')) fill('ADMIN_PORT', String(await freePort()));
  const complete = { ...environment, ...filled };
  makeSecrets(complete['SECRETS_DIR'] ?? '.secrets', complete['INSTANCE_ID'] ?? 'demo', registers);
  return complete;
}

/** Fresh keys where there are none, kept for the next start; the registers' credentials are the mocks' public ones. */
function makeSecrets(directory: string, instanceId: string, registers: readonly MockDescriptor[]): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const present = readdirSync(directory);
  if (present.length === 0) chmodSync(directory, 0o700);
  for (const use of [...KEY_USES, `checkpoint-${instanceId}`]) {
    if (present.some((file) => file.startsWith(`${use}.`))) continue;
    writeFileSync(join(directory, `${use}.k1.key`), `${randomBytes(32).toString('base64')}\n`, {
      mode: 0o600,
    });
  }
  for (const { name } of registers) {
    if (present.some((file) => file.startsWith(`notice-${name}.`))) continue;
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(join(directory, `notice-${name}.n1.pem`), pem, { mode: 0o600 });
  }
  if (present.some((file) => file.startsWith('register-credentials.'))) return;
  writeFileSync(join(directory, 'register-credentials.r1.json'), demoCredentialsFile(registers), {
    mode: 0o600,
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/**
 * The text that the demo prints once it is ready: the addresses of everything, and a command to paste for the
 * first answer.
 */
export function greeting(gateway: { readonly port: number; readonly adminPort: number }, demo: Demo): string {
  const mocked = Object.entries(demo.mocked).map(([name, url]) => `  ${name}=${url}`);
  const query =
    'query($id: ID!) { citizen(personalId: $id) { name { full } birthDate household { members { relationToHead person { name { full } } } } landParcels { id area } businesses { code name { vi } } } }';
  const body = JSON.stringify({ query, variables: { id: demo.examplePersonalId } });
  return [
    '',
    `The gateway is ready: http://127.0.0.1:${gateway.port}/graphql (demo; metrics on port ${gateway.adminPort})`,
    ...(mocked.length > 0 ? ['Mocked here:', ...mocked] : []),
    '',
    ...(demo.environment['OIDC_ISSUER'] === undefined
      ? []
      : [
          `The console for auditors, citizens and register owners: http://127.0.0.1:${gateway.port}/console`,
          '',
        ]),
    ...(demo.explorer
      ? [`Open http://127.0.0.1:${gateway.port}/graphql in a browser: an explorer with worked examples.`, '']
      : []),
    'Paste this in another terminal, in this folder, for the first answer:',
    '',
    `curl -s http://127.0.0.1:${gateway.port}/graphql \\`,
    '  -H "Authorization: Bearer $(npm run --silent token -- --client inspectorate)" \\',
    "  -H 'X-Purpose: inspection' -H 'X-Case-Id: H26-261121-0001' -H 'Content-Type: application/json' \\",
    `  -d '${body}'`,
    '',
    '',
  ].join('\n');
}
