import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildCountry, type Country } from '../../mocks/country/country.ts';
import { fillEnvironment } from '../../mocks/demo.ts';
import { mintToken, type SigningKey, type TokenRequest } from '../../mocks/identity/mint-token.ts';
import { startMocks } from '../../mocks/servers/servers.ts';
import { freePort } from './servers/redis.ts';
import { createOwners, signFolder } from './signed-agreements.ts';

const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const KEY: SigningKey = { alg: 'ES256', kid: 'agency-idp-1', privateKey };
const AUDIENCE = 'gateway.example';

/** All that gateways outside the demo need: mocked registers, an identity provider of its own, signed agreements and secrets. */
export interface ProductionSetting {
  readonly country: Country;
  /** Holds DATA_DIR of each instance under its name, and whatever a test puts there; gone at the end. */
  readonly folder: string;
  readonly secretsDirectory: string;
  readonly issuer: string;
  readonly audience: string;
  /** Every setting that must be there, by instance. PORT is not among them. */
  readonly environments: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Of the inspectorate's `officer.one`, unless asked for otherwise. */
  token(request?: Partial<TokenRequest>): string;
  close(): Promise<void>;
}

export async function createProductionSetting(instances: readonly string[]): Promise<ProductionSetting> {
  const folder = mkdtempSync(join(tmpdir(), 'ndg-production-'));
  const secretsDirectory = join(folder, 'secrets');
  const jwk = {
    ...createPublicKey(privateKey).export({ format: 'jwk' }),
    kid: KEY.kid,
    alg: KEY.alg,
    use: 'sig',
  };
  const provider = createServer((_request, response) => response.end(JSON.stringify({ keys: [jwk] })));
  await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/`;
  const country = buildCountry();
  const mocks = await startMocks({ country });
  const agreements = join(folder, 'agreements');
  cpSync(fileURLToPath(new URL('../../mocks/agreements/', import.meta.url)), agreements, { recursive: true });
  const environments: Record<string, Record<string, string>> = {};
  for (const instance of instances) {
    // For the secrets alone; whatever else it fills in is set below.
    const secretsFor = { SECRETS_DIR: secretsDirectory, ADMIN_PORT: '1', INSTANCE_ID: instance };
    await fillEnvironment(secretsFor, mocks.urls);
    mkdirSync(join(folder, instance), { mode: 0o700 });
    environments[instance] = {
      ADMIN_PORT: String(await freePort()),
      DATA_DIR: join(folder, instance),
      SECRETS_DIR: secretsDirectory,
      AGREEMENTS_DIR: agreements,
      INSTANCE_ID: instance,
      POPULATION_URL: mocks.urls.population,
      BUSINESS_URL: mocks.urls.business,
      LAND_URL: mocks.urls.land,
      CIVIL_STATUS_URL: mocks.urls['civil-status'],
      DOSSIER_URL: mocks.urls.dossier,
      TOKEN_ISSUER: issuer,
      TOKEN_AUDIENCE: AUDIENCE,
      TOKEN_JWKS_URL: `${issuer}keys`,
    };
  }
  const owners = createOwners();
  signFolder(agreements, owners);
  writeFileSync(join(secretsDirectory, 'owner-keys.o1.json'), owners.file, { mode: 0o600 });
  return {
    country,
    folder,
    secretsDirectory,
    issuer,
    audience: AUDIENCE,
    environments,
    token: (request = {}) =>
      mintToken({
        clientId: 'inspectorate',
        sub: 'officer.one',
        key: KEY,
        ...request,
        claims: { iss: issuer, aud: AUDIENCE, ...request.claims },
      }),
    async close() {
      await mocks.close();
      provider.close();
      provider.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
