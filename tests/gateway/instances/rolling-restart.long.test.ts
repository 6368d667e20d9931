import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSecrets } from '../../../src/config/secrets/read-secrets.ts';
import { connect } from '../../../src/access-log/stores/postgres/connection.ts';
import { grantRoles, migrate } from '../../../src/access-log/stores/postgres/migrate.ts';
import { openPostgresRows } from '../../../src/access-log/stores/postgres/postgres-rows.ts';
import { isPostgresMissing, postgresUrl } from '../../access-log/support/test-stores.ts';
import { expectWholeTreeOf } from '../../access-log/support/whole-tree.ts';
import { startBalancer, type Balancer } from '../../support/servers/balancer.ts';
import { startGatewayProcess, type GatewayProcess } from '../../support/servers/gateway-process.ts';
import { createDatabase, type OwnDatabase } from '../../support/servers/postgres.ts';
import { createProductionSetting, type ProductionSetting } from '../../support/production-setting.ts';
import { delay, freePort } from '../../support/servers/redis.ts';
import { DEFAULT_REGISTERS } from '../../../src/sources/default-registers.ts';

const INSTANCES = ['one', 'two'] as const;
const CALLERS = 8;

describe.skipIf(isPostgresMissing)('two instances over one PostgreSQL', () => {
  const login = `gateway_${randomBytes(4).toString('hex')}`;
  let database: OwnDatabase;
  let setting: ProductionSetting;
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

    setting = await createProductionSetting(INSTANCES);
    for (const instance of INSTANCES) {
      environments.push({
        ...setting.environments[instance],
        PORT: String(await freePort()),
        DATABASE_URL: database.urlOf(login),
      });
    }
    for (const environment of environments) gateways.push(await startGatewayProcess({ environment }));
    balancer = await startBalancer(environments.map(({ PORT }) => Number(PORT)));
    await delay(500);
  });

  afterAll(async () => {
    await balancer?.close();
    for (const gateway of gateways) await gateway.kill('SIGKILL');
    await setting?.close();
    await database?.drop();
    const owner = await connect({ url: await postgresUrl(), timeoutMs: 10_000 }, null);
    await owner.query(`DROP ROLE IF EXISTS ${login}`);
    await owner.close();
  });

  test('each is restarted in turn under load: no request fails, and every answer is on record', async () => {
    const bearer = setting.token();
    const people = [...setting.country.people({}).take(50)];
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
      const { secrets } = readSecrets(setting.secretsDirectory, 'production', instance, DEFAULT_REGISTERS);
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
