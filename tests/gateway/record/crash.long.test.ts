import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { buildCountry } from '../../../mocks/country/country.ts';
import { mintToken } from '../../../mocks/identity/mint-token.ts';
import { expectedAnswer } from '../../support/country-oracle.ts';
import { startGatewayProcess, type GatewayProcess } from '../../support/servers/gateway-process.ts';
import { disclosedIn, recordsOf } from '../../support/recorded.ts';
import { delay } from '../../support/servers/redis.ts';
import { CITIZEN } from '../../support/selections.ts';

/** The demo as a process of its own, killed under load, and with its log taken away. `CRASH_SEED=7` repeats a run. */
const SEED = Number(process.env['CRASH_SEED'] ?? 721_027);
const ROUNDS = 3;
const CALLERS = 16;

const country = buildCountry();
const persons: string[] = [];
for (const { personalId } of country.people({ with: ['marriage'] })) {
  if (persons.push(personalId) === 200) break;
}

const folder = mkdtempSync(join(tmpdir(), 'ndg-crash-'));
const place = { dataDirectory: join(folder, 'data'), secretsDirectory: join(folder, 'secrets') };
const logFile = join(place.dataDirectory, 'access-log.sqlite');
const running: GatewayProcess[] = [];

afterEach(async () => {
  for (const gateway of running.splice(0)) await gateway.kill('SIGKILL');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function start(): Promise<GatewayProcess> {
  const gateway = await startGatewayProcess({
    args: ['--demo'],
    environment: { DATA_DIR: place.dataDirectory, SECRETS_DIR: place.secretsDirectory },
  });
  running.push(gateway);
  return gateway;
}

interface Received {
  readonly status: number;
  readonly entry: string | null;
  readonly text: string;
}

async function ask(gateway: GatewayProcess, personalId: string, officer = 'officer.one'): Promise<Received> {
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${mintToken({ clientId: 'inspectorate', sub: officer })}`,
      'content-type': 'application/json',
      'x-purpose': 'inspection',
      'x-case-id': 'H26-261121-0001',
    },
    body: JSON.stringify({ query: CITIZEN, variables: { personalId } }),
  });
  return {
    status: response.status,
    entry: response.headers.get('x-access-entry'),
    text: await response.text(),
  };
}

const readiness = async (gateway: GatewayProcess): Promise<number> =>
  (await fetch(gateway.url.replace('/graphql', '/health/ready'))).status;

/** 0 to `limit`, the same for the same seed. */
function random(round: number, limit: number): number {
  let mixed = Math.imul(SEED + 1, 2_654_435_761) ^ Math.imul(round + 1, 40_503);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 2_246_822_519);
  return (mixed >>> 0) % limit;
}

interface Left extends Received {
  readonly personalId: string;
  readonly officer: string;
}

/** Every caller asks until its connection breaks; whole answers only. */
async function askUntilGone(gateway: GatewayProcess, caller: number, left: Left[]): Promise<void> {
  for (let index = 0; ; index++) {
    const personalId = persons[(caller * 31 + index * 7) % persons.length] ?? '';
    const officer = `officer.${caller}.${index}`;
    try {
      left.push({ ...(await ask(gateway, personalId, officer)), personalId, officer });
    } catch {
      return;
    }
  }
}

it(`kill -9 under load: every answer that left is on record (CRASH_SEED=${SEED})`, async () => {
  let total = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const gateway = await start();
    const left: Left[] = [];
    const callers = Array.from({ length: CALLERS }, (_, caller) => askUntilGone(gateway, caller, left));
    while (left.length <= CALLERS) await delay(5);
    await delay(100 + random(round, 700));
    await gateway.kill('SIGKILL');
    await Promise.all(callers);
    expect(left.length).toBeGreaterThan(CALLERS);
    expect(new Set(left.map(({ status }) => status))).toEqual(new Set([200]));
    const records = recordsOf(
      place,
      left.map(({ entry }) => entry),
    );
    expect(records.filter((record) => record === null)).toEqual([]);
    for (const [index, { personalId, officer, text }] of left.entries()) {
      const record = records[index];
      expect(record?.answer).toMatchObject({ officer, outcome: 'answered' });
      expect(text).toContain(personalId);
      expect(record?.entries.map(({ subject }) => subject.key)).toContain(personalId);
    }
    const [last] = left.slice(-1);
    expect(disclosedIn(records.at(-1) ?? null)).toEqual(
      expectedAnswer(country, CITIZEN, { personalId: last?.personalId }).disclosed,
    );
    total += left.length;
  }
  // What earlier processes wrote is still there after three crashes.
  const database = new DatabaseSync(logFile, { readOnly: true });
  const { answers } = database.prepare('SELECT count(*) AS answers FROM answers').get() ?? {};
  database.close();
  expect(Number(answers)).toBeGreaterThanOrEqual(total);
}, 90_000);

describe('a log that cannot be written', () => {
  it.each([
    ['locked by somebody else', lock],
    ['moved away', moveAway],
  ])('%s: 503 in bounded time without data, not ready, and back by itself', async (_what, takeAway) => {
    const gateway = await start();
    const personalId = persons[9] ?? '';
    expect((await ask(gateway, personalId)).status).toBe(200);
    expect(await readiness(gateway)).toBe(200);
    const giveBack = takeAway();
    try {
      for (let attempt = 0; attempt < 3; attempt++) {
        const startedAt = performance.now();
        const { status, entry, text } = await ask(gateway, personalId);
        expect(performance.now() - startedAt).toBeLessThan(6_000);
        expect([status, entry]).toEqual([503, null]);
        expect(JSON.parse(text)).toMatchObject({
          errors: [{ extensions: { code: 'ACCESS_LOG_UNAVAILABLE' } }],
        });
        expect(text).not.toMatch(/"data"|\d{9}/);
      }
      expect(await readiness(gateway)).toBe(503);
    } finally {
      giveBack();
    }
    let status = 503;
    for (let attempt = 0; attempt < 60 && status !== 200; attempt++) {
      await delay(100);
      status = await readiness(gateway);
    }
    const { entry, ...answer } = await ask(gateway, personalId);
    expect([status, answer.status]).toEqual([200, 200]);
    expect(recordsOf(place, [entry])[0]?.answer.outcome).toBe('answered');
    expect(await gateway.kill('SIGTERM')).toBe(0);
    expect(gateway.output()).not.toContain(personalId);
  });

  function lock(): () => void {
    const database = new DatabaseSync(logFile, { timeout: 5_000 });
    database.exec('BEGIN EXCLUSIVE');
    return () => {
      database.exec('ROLLBACK');
      database.close();
    };
  }

  function moveAway(): () => void {
    renameSync(logFile, `${logFile}.away`);
    return () => renameSync(`${logFile}.away`, logFile);
  }
});
