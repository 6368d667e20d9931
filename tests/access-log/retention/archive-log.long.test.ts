import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { describe, expect, onTestFinished, test } from 'vitest';
import { exportLog } from '../../../src/access-log/export/export-log.ts';
import { exportRange } from '../../../src/access-log/export/export-range.ts';
import { verifyInclusion } from '../../../src/log-format/tree/inclusion-proof.ts';
import { openCheckpoint } from '../../../src/log-format/notes/checkpoint.ts';
import { buildLogReader } from '../../../src/access-log/read/log-reader.ts';
import { openRowsAndIndex } from '../../../src/access-log/read/open-reader.ts';
import { verifyArchive } from '../../../src/commands/log/verify-archive.ts';
import { gatewayAct } from '../../../src/access-log/entry/gateway-act.ts';
import { archiveLog, type RetentionOptions } from '../../../src/access-log/retention/archive-log.ts';
import { openArchive } from '../../../src/access-log/retention/sealed-part.ts';
import { buildPostgresRemover } from '../../../src/access-log/stores/postgres/remove-entries.ts';
import type { Remover } from '../../../src/access-log/stores/removal.ts';
import { buildSqliteRemover, vacuumLogFile } from '../../../src/access-log/stores/sqlite/remove-entries.ts';
import { verifyExport } from '../../../src/independent/verify/verify-export.ts';
import { buildAccessLog } from '../../../src/access-log/write/group-commit.ts';
import { exampleRecord, KEYS, LOG, SEAL_KEYS } from '../support/example-record.ts';
import { authorGroups, LOG_KEY, type AuthoredGroup } from '../export/log-author.ts';
import { STORES, type TestStore } from '../support/test-stores.ts';

const SEARCH_KEYS = [{ id: 's1', key: Buffer.alloc(32, 3) }] as const;
const RETENTION = { searchableMonths: 24, archiveMonths: 60 };
const now = new Date();

/** The middle of a month so many months ago, or the beginning of this one, plus some minutes; never later than now. */
function monthsAgo(months: number, minutes = 0): number {
  if (months === 0) {
    return Math.min(now.getTime(), Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1, 0, minutes));
  }
  return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 15, 12, minutes);
}

function monthName(months: number): string {
  return new Date(monthsAgo(months)).toISOString().slice(0, 7);
}

/** Three groups in each of these months. */
function groupsIn(...months: readonly number[]): readonly AuthoredGroup[] {
  return months.flatMap((ago) =>
    [0, 1, 2].map((n) => ({ at: monthsAgo(ago, n), answers: [{}, { subjects: [] }] })),
  );
}

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'retention-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function removerOf({ settings }: TestStore): Remover {
  return settings.kind === 'sqlite'
    ? buildSqliteRemover(settings.directory, LOG)
    : buildPostgresRemover(settings);
}

/** Archives in one run and removes in the next, as an operator does; the result of the second. */
async function retain(store: TestStore, folder: string, changes: Partial<RetentionOptions> = {}) {
  await run(store, folder, changes);
  return run(store, folder, changes);
}

/** One run of the command. */
async function run(store: TestStore, folder: string, changes: Partial<RetentionOptions> = {}) {
  const { rows, index } = openRowsAndIndex(store.settings);
  try {
    return await archiveLog({
      archive: { rows, log: LOG, keys: [LOG_KEY], sealKeys: SEAL_KEYS, verify: verifyArchive, folder },
      index,
      writer: { store: store.settings, instanceId: 'gateway-1', ...KEYS },
      remover: removerOf(store),
      retention: RETENTION,
      now: Date.now(),
      isDryRun: false,
      ...changes,
    });
  } finally {
    await index.close();
    await rows.close();
  }
}

async function partsOf(store: TestStore): Promise<readonly string[]> {
  const rows = await store.sql<{ name: string }>(
    "SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relname ~ '^answers_[0-9]{6}$'",
  );
  return rows.map(({ name }) => name);
}

/** In a transaction that lasts until what it returns is called. */
async function readAnswers(url: string): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query('BEGIN; SELECT count(*) FROM access_log.answers');
  return async () => void (await client.query('ROLLBACK'));
}

async function verified(store: TestStore) {
  const rows = store.openLogRows();
  const folder = ownFolder();
  const range = await exportRange(rows, LOG, { from: 0, to: null });
  await exportLog(rows, { log: LOG, range, folder, opener: null });
  await rows.close();
  return verifyExport(folder, { keys: [LOG_KEY], witnesses: [], known: [], receipts: [] });
}

function answersLeft(store: TestStore): Promise<readonly { readonly n: number }[]> {
  return store.sql<{ n: number }>('SELECT CAST(count(*) AS integer) AS n FROM log.answers');
}

describe.each(STORES)('months that are old enough, in $name', ({ create }) => {
  test('are archived, stated, and gone; the rest verifies, and so does each archive', async () => {
    const store = await create();
    const sizes = await authorGroups(store, groupsIn(27, 26, 25, 24, 23, 0));
    const to = sizes[8] ?? 0;
    const folder = ownFolder();
    const archived = [{ from: 0 }, {}, { to }];
    const first = await run(store, folder);
    expect(first).toMatchObject({ log: LOG, before: monthName(24), archived, removed: [], deleted: [] });
    expect(await answersLeft(store)).toEqual([{ n: 18 * 2 }]);
    expect(await run(store, folder)).toMatchObject({ archived: [], removed: archived, deleted: [] });
    const found = await verified(store);
    expect(found).toMatchObject({ verdict: 'verified', faults: [], export: { removed: to } });
    for (const ago of [27, 26, 25]) {
      const archive = join(folder, LOG, monthName(ago));
      expect(
        verifyExport(archive, { keys: [LOG_KEY], witnesses: [], known: [], receipts: [] }),
      ).toMatchObject({
        verdict: 'verified',
        export: { removed: 0 },
      });
    }
    expect(readdirSync(join(folder, LOG)).sort()).toEqual([27, 26, 25].map(monthName));
    expect(await answersLeft(store)).toEqual([{ n: 9 * 2 + 1 }]);
    // A run that has nothing to do says nothing.
    expect(await retain(store, folder)).toMatchObject({ archived: [], removed: [], deleted: [] });
    expect(await verified(store)).toMatchObject({ verdict: 'verified', export: { to: found.export?.to } });
  });

  test('can be opened in their archive with the keys, and by nobody else', async () => {
    const store = await create();
    await authorGroups(store, groupsIn(30, 1));
    const folder = ownFolder();
    await retain(store, folder);
    const archive = join(folder, LOG, monthName(30));
    const subjects = [...openArchive(archive, LOG, SEAL_KEYS)].flatMap(({ answers }) =>
      answers.flatMap(({ entries }) => entries.map(({ subject }) => subject.value)),
    );
    expect(subjects).toContain('{"key":"001190900011","kind":"person"}');
    for (const file of readdirSync(archive)) {
      expect(readFileSync(join(archive, file), 'latin1')).not.toContain('001190900011');
    }
    const strange = [{ id: 'seal-1', key: Buffer.alloc(32, 1) }] as const;
    expect(() => [...openArchive(archive, LOG, strange)]).toThrow('does not open');
  });

  test('leave proofs and search of the rest working, and are not found any more', async () => {
    const store = await create();
    const sizes = await authorGroups(store, groupsIn(30, 2, 1));
    const parts = openRowsAndIndex(store.settings);
    const reader = buildLogReader({ ...parts, sealKeys: SEAL_KEYS, searchKeys: SEARCH_KEYS });
    onTestFinished(() => reader.close());
    const filter = {
      clients: null,
      from: 0,
      until: Date.now(),
      answerId: null,
      officer: null,
      tokenKey: null,
      purpose: 'civil-status-registration',
      caseId: null,
      register: null,
      coordinate: null,
      outcome: null,
      subject: { kind: 'person', key: '001190900011' } as const,
      releasedBy: null,
      releasedCases: [],
      notAskedBy: null,
    };
    const page = { first: 100, after: null };
    expect((await reader.search(filter, page)).entries).toHaveLength(9);
    await retain(store, ownFolder());
    expect((await reader.search(filter, page)).entries).toHaveLength(6);
    const index = (sizes[2] ?? 0) + 3;
    const [proof] = await reader.prove(LOG, [index, 1]);
    const opened = openCheckpoint(proof?.checkpoint ?? '', [LOG_KEY]);
    if (!proof || typeof opened === 'string') throw new Error('no proof');
    const hashes = await parts.rows.leafHashes(LOG, index, index + 1);
    const leaf = hashes?.hashes.subarray(
      (index - hashes.firstLeaf) * 32,
      (index - hashes.firstLeaf + 1) * 32,
    );
    const { size, root } = opened.checkpoint;
    const path = proof.hashes.map((hash) => Buffer.from(hash, 'base64'));
    expect(verifyInclusion(leaf ?? Buffer.alloc(0), index, size, path, root)).toBe(true);
  });

  test('a gateway under load does not keep a removal waiting, and goes on', async () => {
    const store = await create();
    await authorGroups(store, groupsIn(28, 26, 1));
    const log = await buildAccessLog({ ...KEYS, store: store.settings });
    onTestFinished(() => log.close());
    const stop = new AbortController();
    let failed = 0;
    const write = async (): Promise<void> => {
      while (!stop.signal.aborted) await log.append(exampleRecord()).catch(() => (failed += 1));
    };
    const writing = Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(write));
    try {
      expect((await retain(store, ownFolder())).removed).toHaveLength(2);
    } finally {
      stop.abort();
      await writing;
    }
    await log.append(exampleRecord());
    expect(failed).toBe(0);
    expect(await verified(store)).toMatchObject({ verdict: 'verified' });
  });

  test('a run that ended before it removed is made good by the next', async () => {
    const store = await create();
    await authorGroups(store, groupsIn(28, 26, 1));
    const folder = ownFolder();
    const failing: Remover = { ...removerOf(store), remove: () => Promise.reject(new Error('cut short')) };
    await expect(retain(store, folder, { remover: failing })).rejects.toThrow('cut short');
    expect(await verified(store)).toMatchObject({ verdict: 'verified', export: { removed: 0 } });
    await retain(store, folder);
    const { verdict, export: found } = await verified(store);
    expect({ verdict, isRemoved: (found?.removed ?? 0) > 0 }).toEqual({
      verdict: 'verified',
      isRemoved: true,
    });
  });

  test('a run that ended before the index followed is made good by the next, which removes nothing', async () => {
    const store = await create();
    const sizes = await authorGroups(store, groupsIn(28, 1));
    const parts = openRowsAndIndex(store.settings);
    const reader = buildLogReader({ ...parts, sealKeys: SEAL_KEYS, searchKeys: SEARCH_KEYS });
    onTestFinished(() => reader.close());
    await reader.follow();
    const indexed = async () => {
      const { all, schema } = parts.index;
      const [row] = await all<{ n: number; first: number }>(
        `SELECT count(*) AS n, min(first_leaf) AS first FROM ${schema}answers`,
        [],
      );
      const tags = await all(`SELECT 1 FROM ${schema}subjects WHERE leaf < ?`, [sizes[2] ?? 0]);
      return { answers: row?.n, first: row?.first, oldTags: tags.length > 0 };
    };
    expect(await indexed()).toEqual({ answers: 12, first: 0, oldTags: true });
    const failing = { ...parts.index, removeBefore: () => Promise.reject(new Error('cut short')) };
    const folder = ownFolder();
    await expect(retain(store, folder, { index: failing })).rejects.toThrow('cut short');
    expect(await answersLeft(store)).toEqual([{ n: 7 }]);
    expect(await retain(store, folder)).toMatchObject({ archived: [] });
    expect(await indexed()).toEqual({ answers: 6, first: sizes[2], oldTags: false });
  });

  test('the entries about removals leave with their month too, and all still verifies', async () => {
    const store = await create();
    const at = monthsAgo(30);
    await authorGroups(store, groupsIn(60));
    const size = (await verified(store)).export?.to ?? 0;
    const before = monthName(59);
    // As a run of two and a half years ago would have left it.
    await authorGroups(store, [
      {
        at,
        answers: [
          gatewayAct('gateway-1', { purpose: 'retention', at, detail: { from: 0, to: size, before } }),
        ],
      },
    ]);
    await removerOf(store).remove({ log: LOG, from: 0, to: size, before: Number(before.replace('-', '')) });
    await authorGroups(store, groupsIn(1));
    expect(await verified(store)).toMatchObject({ verdict: 'verified', export: { removed: size } });
    await retain(store, ownFolder());
    expect(await verified(store)).toMatchObject({ verdict: 'verified', export: { removed: size + 1 } });
  });

  test('are left alone by a dry run, which tells what is due', async () => {
    const store = await create();
    await authorGroups(store, groupsIn(28, 26, 1));
    const folder = ownFolder();
    const { archived } = await run(store, folder, { isDryRun: true });
    expect(archived).toHaveLength(2);
    expect(readdirSync(folder)).toEqual([]);
    expect(await answersLeft(store)).toEqual([{ n: 18 }]);
  });

  test.each([
    { what: 'a setting below the legal minimum', retention: { searchableMonths: 11, archiveMonths: 60 } },
    { what: 'none at all', retention: { searchableMonths: 0, archiveMonths: 0 } },
    { what: 'what is no number', retention: { searchableMonths: Number.NaN, archiveMonths: 60 } },
  ])('$what removes nothing', async ({ retention }) => {
    const store = await create();
    await authorGroups(store, groupsIn(28, 1));
    await expect(retain(store, ownFolder(), { retention })).rejects.toThrow('less than 12 months');
    expect(await answersLeft(store)).toEqual([{ n: 12 }]);
  });

  test('a clock that runs ahead makes nothing old', async () => {
    const store = await create();
    await authorGroups(store, groupsIn(20, 0));
    const { archived, removed } = await retain(store, ownFolder(), {
      now: Date.now() + 10 * 365 * 86_400_000,
    });
    expect([archived, removed]).toEqual([[], []]);
  });

  test('columns that were set back make nothing old: the entries say when they were written', async () => {
    const store = await create();
    await authorGroups(store, groupsIn(1, 0));
    if (store.settings.kind === 'postgres') await store.sql('SELECT log.ensure_month(202001)');
    for (const table of store.settings.kind === 'postgres' ? ['groups', 'answers'] : ['groups']) {
      await store.sql(`UPDATE log.${table} SET month = 202001 WHERE first_leaf < 9`);
    }
    await store.sql('UPDATE log.groups SET written = 1577900000000 WHERE first_leaf < 9');
    expect(await retain(store, ownFolder())).toMatchObject({ archived: [], removed: [], deleted: [] });
    expect(await answersLeft(store)).toEqual([{ n: 12 }]);
  });

  test('entries that somebody took away stop everything, and no entry about retention covers them', async () => {
    const store = await create();
    await authorGroups(store, groupsIn(28, 27, 1));
    await store.sql('DELETE FROM log.answers WHERE first_leaf < 5');
    await expect(retain(store, ownFolder())).rejects.toThrow('are missing');
  });

  test('an archive that was put under an older name is not deleted', async () => {
    const store = await create();
    await authorGroups(store, groupsIn(40, 30, 1));
    const folder = ownFolder();
    await retain(store, folder);
    renameSync(join(folder, LOG, monthName(30)), join(folder, LOG, '2015-01'));
    await expect(run(store, folder)).rejects.toThrow('later month');
    expect(readdirSync(join(folder, LOG)).sort()).toEqual(['2015-01', monthName(40)]);
  });

  test.each([
    { beside: [23, 1], youngBeside: 0 },
    { beside: [2, 1], youngBeside: 'all' },
  ])(
    'that stand beside entries of $beside months ago: $youngBeside young',
    async ({ beside, youngBeside }) => {
      const store = await create();
      await authorGroups(store, groupsIn(30, ...beside));
      await retain(store, ownFolder());
      const found = await verified(store);
      expect(found).toMatchObject({ verdict: 'verified', faults: [] });
      expect(found.export?.youngBeside).toBe(youngBeside === 'all' ? found.export?.removed : 0);
      expect(found.missing).toHaveLength(youngBeside === 'all' ? 1 : 0);
    },
  );

  test('what is too young is not removed, whoever asks the store', async () => {
    const store = await create();
    const sizes = await authorGroups(store, groupsIn(28, 5));
    const before = Number(monthName(24).replace('-', ''));
    const removal = { log: LOG, from: 0, to: sizes.at(-1) ?? 0, before };
    await expect(removerOf(store).remove(removal)).rejects.toThrow('not-old-enough');
    expect(await answersLeft(store)).toEqual([{ n: 12 }]);
  });

  test('an archive that was changed meanwhile stops everything', async () => {
    const store = await create();
    await authorGroups(store, groupsIn(28, 1));
    const folder = ownFolder();
    const failing: Remover = { ...removerOf(store), remove: () => Promise.reject(new Error('cut short')) };
    await expect(retain(store, folder, { remover: failing })).rejects.toThrow('cut short');
    const archive = join(folder, LOG, monthName(28));
    const path = join(archive, 'entries-000001.ndjson');
    const entries = readFileSync(path, 'utf8');
    writeFileSync(path, entries.replace('officer.one', 'officer.two'));
    await expect(retain(store, folder)).rejects.toThrow('does not verify');
    writeFileSync(path, entries);
    const sealed = join(archive, 'sealed-000001.ndjson');
    const lines = readFileSync(sealed, 'utf8').split('\n');
    writeFileSync(sealed, [...lines.slice(0, 1), ...lines.slice(2)].join('\n'));
    await expect(retain(store, folder)).rejects.toThrow('lacks what is sealed');
    expect(await answersLeft(store)).toEqual([{ n: 13 }]);
  });

  test('archives at the end of their own time are deleted, on record', async () => {
    const store = await create();
    await authorGroups(store, groupsIn(62, 61, 40, 1));
    const folder = ownFolder();
    expect(await retain(store, folder)).toMatchObject({ removed: [{}, {}, {}], deleted: [] });
    const { deleted } = await run(store, folder);
    expect(deleted).toEqual([monthName(62), monthName(61)]);
    expect(readdirSync(join(folder, LOG))).toEqual([monthName(40)]);
    const rows = store.openLogRows();
    const end = (await rows.end(LOG))?.size ?? 0;
    const [last] = await rows.groupsFrom(LOG, end - 1, 1);
    await rows.close();
    expect(last?.answers[0]?.head).toContain('"purpose":"archive-removed"');
    expect(await verified(store)).toMatchObject({ verdict: 'verified' });
  });
});

describe.each(STORES.filter(({ name }) => name === 'PostgreSQL'))('$name', ({ create }) => {
  test('only the owner removes, and empty months give back their room', async () => {
    const store = await create();
    if (store.settings.kind !== 'postgres') throw new Error('not PostgreSQL');
    await authorGroups(store, groupsIn(28, 1));
    const role = `gateway_login_${process.pid}`;
    await store.sql(`CREATE ROLE ${role} LOGIN IN ROLE access_log_writer, access_log_reader`);
    onTestFinished(async () => void (await store.sql(`DROP ROLE ${role}`)));
    const url = new URL(store.settings.url);
    url.username = role;
    const folder = ownFolder();
    const asGateway = buildPostgresRemover({ ...store.settings, url: url.href });
    await expect(retain(store, folder, { remover: asGateway })).rejects.toThrow('not-the-owner');
    expect(existsSync(join(folder, LOG))).toBe(false);
    const before = Number(monthName(24).replace('-', ''));
    await expect(asGateway.remove({ log: LOG, from: 0, to: 5, before })).rejects.toThrow('pg-42501');
    const part = `log.answers_${monthName(28).replace('-', '')}`;
    const isThere = async () =>
      (await store.sql<{ there: boolean }>(`SELECT to_regclass('${part}') IS NOT NULL AS there`))[0]?.there;
    expect(await isThere()).toBe(true);
    await retain(store, folder);
    expect(await isThere()).toBe(false);
  });

  test('a transaction that reads holds a removal up for as long as it lasts, whatever the patience with statements', async () => {
    const store = await create(1_000);
    if (store.settings.kind !== 'postgres') throw new Error('not PostgreSQL');
    await authorGroups(store, groupsIn(28, 1));
    const release = await readAnswers(store.settings.url);
    const ended = delay(2_500).then(release);
    expect(await retain(store, ownFolder())).toMatchObject({ removed: [{}], kept: [] });
    await ended;
    expect(await partsOf(store)).toHaveLength(2);
  });

  test('a month that is being read at the end of all patience keeps its room until the next run', async () => {
    const store = await create();
    if (store.settings.kind !== 'postgres') throw new Error('not PostgreSQL');
    await authorGroups(store, groupsIn(28, 27, 1));
    const names = [28, 27].map((ago) => `answers_${monthName(ago).replace('-', '')}`);
    const folder = ownFolder();
    const release = await readAnswers(store.settings.url);
    const impatient = buildPostgresRemover(store.settings, 1_500);
    const cut = await retain(store, folder, { remover: impatient });
    expect(cut.removed).toHaveLength(2);
    expect(cut.kept.map(({ part }) => part).sort()).toEqual(names.toSorted());
    expect(await store.sql('SELECT 1 FROM pg_inherits WHERE inhdetachpending')).toHaveLength(1);
    // With nothing to remove, and the same reader: neither a failure nor in the way of the months to come.
    const again = await retain(store, folder, { remover: impatient });
    expect(again).toMatchObject({ removed: [], kept: [{}, {}] });
    await store.sql('SELECT log.ensure_month(202003)');
    const log = await buildAccessLog({ ...KEYS, store: store.settings });
    onTestFinished(() => log.close());
    await log.append(exampleRecord());
    await release();
    expect(await retain(store, folder)).toMatchObject({ archived: [], kept: [] });
    expect((await partsOf(store)).filter((name) => names.includes(name))).toEqual([]);
    expect(await verified(store)).toMatchObject({ verdict: 'verified' });
  });

  test('a month that an operator detached goes where it is empty, and stays where it is not', async () => {
    const store = await create();
    await authorGroups(store, groupsIn(1));
    for (const month of [202_001, 202_002]) {
      await store.sql(`SELECT log.ensure_month(${month})`);
      await store.sql(`ALTER TABLE log.answers DETACH PARTITION log.answers_${month}`);
    }
    await store.sql("INSERT INTO log.answers_202002 VALUES ('x', 0, 1, 202002, 'x', 0, '', '')");
    const { kept } = await retain(store, ownFolder());
    expect(kept).toEqual([{ part: 'answers_202002', code: 'not-empty' }]);
    expect(await partsOf(store)).toEqual(expect.arrayContaining(['answers_202002']));
    expect(await partsOf(store)).not.toEqual(expect.arrayContaining(['answers_202001']));
  });
});

describe.each(STORES.filter(({ name }) => name === 'SQLite'))('$name', ({ create }) => {
  test('leaves no trace in the file once it is vacuumed', async () => {
    const store = await create();
    if (store.settings.kind !== 'sqlite') throw new Error('not SQLite');
    await authorGroups(store, [
      { at: monthsAgo(28), answers: [{ officer: 'officer.whose.name.is.gone' }] },
      ...groupsIn(1),
    ]);
    const file = join(store.settings.directory, 'access-log.sqlite');
    expect(readFileSync(file, 'latin1')).toContain('officer.whose.name.is.gone');
    await retain(store, ownFolder());
    // Pages that were split while the log was written keep copies until then.
    vacuumLogFile(store.settings.directory, LOG);
    for (const path of [file, `${file}-wal`].filter((one) => existsSync(one))) {
      expect(readFileSync(path, 'latin1')).not.toContain('officer.whose.name.is.gone');
    }
  });
});
