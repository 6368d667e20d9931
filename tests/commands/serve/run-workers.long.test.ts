import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { connect } from '../../../src/access-log/stores/postgres/connection.ts';
import { grantRoles, migrate } from '../../../src/access-log/stores/postgres/migrate.ts';
import { createProductionSetting } from '../../support/production-setting.ts';
import { createDatabase, findSharedPostgres } from '../../support/servers/postgres.ts';
import { findSharedRedis, freePort, isSkippedWithout } from '../../support/servers/redis.ts';

const postgres = await findSharedPostgres();
const redis = await findSharedRedis();
const isSkipped =
  isSkippedWithout('PostgreSQL', postgres !== undefined) || isSkippedWithout('Redis', redis !== undefined);

/** `ndg serve` as a process of its own. */
function serve(environment: Readonly<Record<string, string>>) {
  const child = spawn(process.execPath, ['src/commands/ndg.ts', 'serve', '--workers', '2'], {
    env: { PATH: process.env['PATH'] ?? '', ENV_FILE: 'off', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = once(child, 'exit').then(([code, signal]: (number | string | null)[]) => code ?? signal);
  return { child, ended, output: () => output };
}

describe.skipIf(isSkipped)('two workers', () => {
  it('answer on one port as instances of their own, come back when one dies, and end together', async () => {
    const setting = await createProductionSetting(['duo', 'duo-1', 'duo-2']);
    const database = await createDatabase(postgres ?? '');
    const login = `duo_${randomBytes(6).toString('hex')}`;
    await database.sql(`CREATE ROLE ${login} LOGIN`);
    const owner = await connect({ url: database.url, timeoutMs: 10_000 }, null);
    await migrate(owner);
    await grantRoles(owner, login);
    await owner.close();
    const port = await freePort();
    const environment = {
      ...setting.environments['duo'],
      PORT: String(port),
      DATABASE_URL: database.urlOf(login),
      REDIS_URL: redis ?? '',
    };
    const { child, ended, output } = serve(environment);
    const ready = () => output().split('gateway.ready').length - 1;
    const ask = async (): Promise<Response> =>
      fetch(`http://127.0.0.1:${port}/graphql`, {
        method: 'POST',
        headers: {
          connection: 'close',
          authorization: `Bearer ${setting.token()}`,
          'content-type': 'application/json',
          'x-purpose': 'inspection',
          'x-case-id': 'H26-261121-0001',
        },
        body: '{"query":"{ __typename }"}',
      });
    const answers = async (worker: number): Promise<number> => {
      const admin = Number(setting.environments['duo']?.['ADMIN_PORT']) + worker;
      const metrics = await (await fetch(`http://127.0.0.1:${admin}/metrics`)).text();
      return Number(/gateway_answers_total\{status="200",code="OK"\} (\d+)/.exec(metrics)?.[1] ?? 0);
    };
    const pids = (): readonly number[] =>
      readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ').map(Number);
    try {
      await vi.waitFor(() => expect(ready()).toBe(2), { timeout: 60_000, interval: 100 });
      for (let asked = 0; asked < 20; asked += 1) expect((await ask()).status).toBe(200);
      const [one, two] = [await answers(1), await answers(2)];
      expect(one + two).toBe(20);
      expect([one > 0, two > 0]).toEqual([true, true]);

      const [first = 0] = pids();
      process.kill(first, 'SIGKILL');
      await vi.waitFor(() => expect(ready()).toBe(3), { timeout: 60_000, interval: 100 });
      expect(pids()).toHaveLength(2);
      for (let asked = 0; asked < 4; asked += 1) expect((await ask()).status).toBe(200);

      child.kill('SIGTERM');
      expect(await ended).toBe(0);
      const names = await database.sql<{ log: string }>(
        'SELECT DISTINCT log FROM access_log.answers ORDER BY log',
      );
      expect(names.map(({ log }) => log)).toEqual([
        'national-data-gateway/duo-1',
        'national-data-gateway/duo-2',
      ]);
    } finally {
      child.kill('SIGKILL');
      await ended;
      await database.sql(`DROP OWNED BY ${login}`);
      await database.sql(`DROP ROLE ${login}`);
      await database.drop();
      await setting.close();
    }
  });

  it('do not start on settings that no repeat mends', async () => {
    const setting = await createProductionSetting(['duo']);
    const environment = {
      ...setting.environments['duo'],
      DATABASE_URL: postgres ?? '',
      REDIS_URL: redis ?? '',
    };
    try {
      const { ended, output } = serve({ ...environment, PORT: String(await freePort()) });
      expect(await ended).toBe(1);
      expect(output()).toMatch(/no checkpoint-duo-[12]\./);
      const missing = serve(setting.environments['duo'] ?? {});
      expect(await missing.ended).toBe(1);
      expect(missing.output()).toContain('--workers needs DATABASE_URL, REDIS_URL.');
    } finally {
      await setting.close();
    }
  });
});
