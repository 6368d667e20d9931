import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rootOf } from '../../support/edge.ts';
import {
  country,
  startTestGateway,
  type Caller,
  type TestAnswer,
  type TestGateway,
} from '../../support/gateway.ts';
import { createDatabase, findSharedPostgres, type OwnDatabase } from '../../support/servers/postgres.ts';
import { isSkippedWithout } from '../../support/servers/redis.ts';

/** Two instances over one database: a tree and a key each, and one view over all. */

const url = await findSharedPostgres();
const AUDITOR: Caller = { client: 'auditor', officer: 'ktv.minh', purpose: null, caseId: 'KT-261121-0001' };

describe.skipIf(isSkippedWithout('PostgreSQL', url !== undefined))('two instances', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ndg-instances-'));
  let database: OwnDatabase;
  let one: TestGateway;
  let two: TestGateway;
  const people = country.people({ with: ['land'] });
  const nextPerson = (): string => {
    for (let skipped = 0; skipped < 7; skipped++) people.next();
    return people.next().value?.personalId ?? '';
  };

  beforeAll(async () => {
    database = await createDatabase(url ?? '');
    const environment = { DATABASE_URL: database.url, SECRETS_DIR: join(folder, 'secrets') };
    one = await startTestGateway({ environment: { ...environment, INSTANCE_ID: 'one' } });
    two = await startTestGateway({ environment: { ...environment, INSTANCE_ID: 'two' }, mocks: one.mocks });
  });

  afterAll(async () => {
    await two?.close();
    await one?.close();
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const inspect = (gateway: TestGateway, id: string): Promise<TestAnswer> =>
    gateway.ask(
      'query($id: ID!) { citizen(personalId: $id) { name { full } } }',
      { id },
      { officer: 'le.van.an' },
    );

  const logsOf = async (
    gateway: TestGateway,
    ids: readonly (string | null)[],
  ): Promise<readonly string[]> => {
    const answer = await gateway.ask(
      '{ accessLog(filter: { officer: "le.van.an" }) { entries { id log } } }',
      {},
      AUDITOR,
    );
    const { entries } = rootOf<{ entries: { id: string; log: string }[] }>(answer, 'accessLog');
    return ids.map((id) => entries.find((entry) => entry.id === id)?.log ?? 'nowhere');
  };

  it('show each other’s entries at once, each in its own tree', async () => {
    const answers = [await inspect(one, nextPerson()), await inspect(two, nextPerson())];
    const ids = answers.map(({ headers }) => headers.get('x-access-entry'));
    const wanted = ['national-data-gateway/one', 'national-data-gateway/two'];
    expect(await logsOf(one, ids)).toEqual(wanted);
    expect(await logsOf(two, ids)).toEqual(wanted);
  });

  it('tell a citizen of both, with a proof from each tree', async () => {
    const anh = nextPerson();
    await inspect(one, anh);
    await inspect(two, anh);
    const answer = await two.ask(
      '{ myAccesses { accesses { proof { checkpoint } } } }',
      {},
      { citizen: anh, purpose: null, caseId: null },
    );
    const { accesses } = rootOf<{ accesses: { proof: { checkpoint: string } }[] }>(answer, 'myAccesses');
    expect(accesses.map(({ proof }) => proof.checkpoint.split('\n')[0])).toEqual([
      'national-data-gateway/two',
      'national-data-gateway/one',
    ]);
  });

  it('replay each other’s entries, and count them together in a breach report', async () => {
    const answer = await inspect(one, nextPerson());
    const replayed = await two.ask(
      'query($entry: ID!) { replay(entry: $entry) { isSame agreement } }',
      { entry: answer.headers.get('x-access-entry') },
      AUDITOR,
    );
    expect(replayed.data).toEqual({ replay: { isSame: true, agreement: 'asset-inspection' } });
    const { data } = await one.ask(
      '{ breachReport(officer: "le.van.an", from: "2026-01-01T00:00:00Z", to: "2028-01-01T00:00:00Z") { answers subjectCount } }',
      {},
      AUDITOR,
    );
    expect(data).toEqual({ breachReport: { answers: 5, subjectCount: 4 } });
  });
});
