import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildCountry } from '../../mocks/country/country.ts';
import { fillEnvironment } from '../../mocks/demo.ts';
import { mintToken, type SigningKey } from '../../mocks/mint-token.ts';
import { startMocks, type RunningMocks } from '../../mocks/servers.ts';
import { readSecrets } from '../../src/config/secrets.ts';
import { connect } from '../../src/access-log/stores/postgres/connection.ts';
import { grantRoles, migrate } from '../../src/access-log/stores/postgres/migrate.ts';
import { openPostgresRows } from '../../src/access-log/stores/postgres/postgres-rows.ts';
import { isPostgresMissing, postgresUrl } from '../access-log/test-stores.ts';
import { expectWholeTreeOf } from '../access-log/whole-tree.ts';
import { startBalancer, type Balancer } from '../support/balancer.ts';
import { startGatewayProcess, type GatewayProcess } from '../support/gateway-process.ts';
import { createDatabase, type OwnDatabase } from '../support/postgres.ts';
import { delay, freePort } from '../support/redis.ts';
import { createOwners, signFolder } from '../support/signed-agreements.ts';

const AUDIENCE = 'gateway.example';
const INSTANCES = ['one', 'two'] as const;
const CALLERS = 8;
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const KEY: SigningKey = { alg: 'ES256', kid: 'agency-idp-1', privateKey };
const country = buildCountry();
const people = [...country.people({}).take(50)];

describe.skipIf(isPostgresMissing)('two instances over one PostgreSQL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ndg-rolling-'));
  const secretsDirectory = join(folder, 'secrets');
  const login = `gateway_${randomBytes(4).toString('hex')}`;
  let database: OwnDatabase;
  let provider: Server;
  let issuer = '';
  let mocks: RunningMocks;
  let balancer: Balancer;
  const environments: Record<string, string>[] = [];
  const gateways: GatewayProcess[] = [];

  beforeAll(async () => {
    database = await createDatabase(await postgresUrl());
    await database.sql(`CREATE ROLE ${login} LOGIN`);
    const owner = await connect({ url: database.url, timeoutMs: 10_000 }, null);
    await migrate(owner);
    await grantRoles(owner, login);
    await owner.close();

    const jwk = {
      ...createPublicKey(privateKey).export({ format: 'jwk' }),
      kid: KEY.kid,
      alg: 'ES256',
      use: 'sig',
    };
    provider = createServer((_request, response) => response.end(JSON.stringify({ keys: [jwk] })));
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(provider.address() as AddressInfo).port}/`;
    mocks = await startMocks({ country });
    const agreements = join(folder, 'agreements');
    cpSync(fileURLToPath(new URL('../../mocks/agreements/', import.meta.url)), agreements, {
      recursive: true,
    });
    for (const instance of INSTANCES) {
      const secretsFor = { SECRETS_DIR: secretsDirectory, ADMIN_PORT: '1', INSTANCE_ID: instance };
      await fillEnvironment(secretsFor, mocks.urls);
    }
    const owners = createOwners();
    signFolder(agreements, owners);
    writeFileSync(join(secretsDirectory, 'owner-keys.o1.json'), owners.file, { mode: 0o600 });
    for (const instance of INSTANCES) {
      mkdirSync(join(folder, instance), { mode: 0o700 });
      environments.push({
        PORT: String(await freePort()),
        ADMIN_PORT: String(await freePort()),
        DATA_DIR: join(folder, instance),
        DATABASE_URL: database.urlOf(login),
        SECRETS_DIR: secretsDirectory,
        AGREEMENTS_DIR: agreements,
        INSTANCE_ID: instance,
        POPULATION_URL: mocks.urls.population,
        BUSINESS_URL: mocks.urls.business,
        LAND_URL: mocks.urls.land,
        CIVIL_STATUS_URL: mocks.urls.civilStatus,
        DOSSIER_URL: mocks.urls.dossier,
        TOKEN_ISSUER: issuer,
        TOKEN_AUDIENCE: AUDIENCE,
        TOKEN_JWKS_URL: `${issuer}keys`,
      });
    }
    for (const environment of environments) gateways.push(await startGatewayProcess({ environment }));
    balancer = await startBalancer(environments.map(({ PORT }) => Number(PORT)));
    await delay(500);
  });

  afterAll(async () => {
    await balancer?.close();
    for (const gateway of gateways) await gateway.kill('SIGKILL');
    await mocks?.close();
    provider?.close();
    provider?.closeAllConnections();
    await database?.drop();
    const owner = await connect({ url: await postgresUrl(), timeoutMs: 10_000 }, null);
    await owner.query(`DROP ROLE IF EXISTS ${login}`);
    await owner.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('each is restarted in turn under load: no request fails, and every answer is on record', async () => {
    const claims = { iss: issuer, aud: AUDIENCE };
    const bearer = mintToken({ clientId: 'inspectorate', sub: 'officer.one', key: KEY, claims });
    const ids: string[] = [];
    const wrong: string[] = [];
    const load = { isOver: false };
    const askOn = async (caller: number): Promise<void> => {
      for (let count = caller; !load.isOver; count++) {
        const response = await fetch(balancer.url, {
          method: 'POST',
          headers: {
            authorization: `Bearer ${bearer}`,
            'content-type': 'application/json',
            'x-purpose': 'inspection',
            'x-case-id': 'H26-261121-0001',
          },
          body: JSON.stringify({
            query: 'query($id: ID!) { citizen(personalId: $id) { name { full } } }',
            variables: { id: people[count % people.length]?.personalId },
          }),
        });
        const text = await response.text();
        const id = response.headers.get('x-access-entry');
        if (response.status !== 200 || id === null) wrong.push(`${response.status} ${text}`);
        else ids.push(id);
      }
    };
    const asking = Promise.all(Array.from({ length: CALLERS }, (_, caller) => askOn(caller)));
    const answered = async (count: number): Promise<void> => {
      const wanted = ids.length + count;
      while (ids.length < wanted && wrong.length === 0) await delay(20);
    };
    await answered(200);
    for (const [place, environment] of environments.entries()) {
      expect(await gateways[place]?.kill('SIGTERM')).toBe(0);
      await answered(50);
      gateways[place] = await startGatewayProcess({ environment });
      // Ready again before the other one goes, as whoever restarts them would wait for.
      await answered(200);
    }
    load.isOver = true;
    await asking;
    expect(balancer.failures).toEqual([]);
    expect(wrong).toEqual([]);

    for (const gateway of gateways) expect(await gateway.kill('SIGTERM')).toBe(0);
    const rows = openPostgresRows({ url: database.url, timeoutMs: 10_000 });
    const written = new Set<string>();
    for (const instance of INSTANCES) {
      const { secrets } = readSecrets(secretsDirectory, 'production', instance);
      if (!secrets) throw new Error('no secrets');
      const own = await expectWholeTreeOf(
        rows,
        `national-data-gateway/${instance}`,
        secrets.checkpoint[0].key,
      );
      expect(own.length).toBeGreaterThan(50);
      for (const id of own) written.add(id);
    }
    await rows.close();
    expect(ids.length).toBeGreaterThan(600);
    expect(ids.filter((id) => !written.has(id))).toEqual([]);
  }, 120_000);
});
