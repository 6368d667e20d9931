import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { exportLog } from '../../../src/access-log/export/export-log.ts';
import { exportRange } from '../../../src/access-log/export/export-range.ts';
import { openCheckpoint } from '../../../src/log-format/notes/checkpoint.ts';
import { cosign } from '../../../src/log-format/notes/cosignature.ts';
import { signingKeyOf } from '../../../src/log-format/crypto.ts';
import { ED25519_COSIGNATURE, noteSignerOf } from '../../../src/log-format/notes/note-key.ts';
import { formatSignatureLine } from '../../../src/log-format/notes/signed-note.ts';
import { GroupOpener } from '../../../src/access-log/read/opened-answer.ts';
import type { LogRows } from '../../../src/access-log/stores/log-rows.ts';
import { openStore } from '../../../src/access-log/stores/open-store.ts';
import { verifyExport } from '../../../src/independent/verify/verify-export.ts';
import { buildAccessLog } from '../../../src/access-log/write/group-commit.ts';
import { exampleRecord, KEYS, LOG, SEAL_KEYS, SUBJECTS } from '../support/example-record.ts';
import { until } from '../support/fixtures.ts';
import { STORES, type TestStore } from '../support/test-stores.ts';
import { authorGroups, LOG_KEY, plainGroups } from './log-author.ts';

const JANUARY = Date.parse('2026-01-10T03:00:00Z');
const WITNESS = noteSignerOf('witness.example/w', signingKeyOf(Buffer.alloc(32, 9)), ED25519_COSIGNATURE);

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'export-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return join(path, 'out');
}

function rowsOf(store: TestStore): LogRows {
  const rows = store.openLogRows();
  onTestFinished(() => rows.close());
  return rows;
}

function verified(path: string) {
  return verifyExport(path, { keys: [LOG_KEY], witnesses: [WITNESS.key], known: [], receipts: [] });
}

describe.each(STORES)('an export from $name', ({ create }) => {
  test('of a whole log verifies, is nobody else’s to read, and holds nobody in the clear', async () => {
    const store = await create();
    const sizes = await authorGroups(store, plainGroups(120, JANUARY));
    const rows = rowsOf(store);
    const out = folder();
    const range = await exportRange(rows, LOG, { from: 0, to: null });
    const summary = await exportLog(rows, { log: LOG, range, folder: out, opener: null });
    expect(summary).toEqual({ log: LOG, from: 0, to: sizes.at(-1), removed: 0, checkpoints: 120 });
    expect(verified(out)).toMatchObject({
      verdict: 'verified',
      export: { entries: sizes.at(-1), openings: 0 },
    });
    expect(readdirSync(out).sort()).toEqual([
      'checkpoints.ndjson',
      'entries-000001.ndjson',
      'hashes-000001.bin',
      'log.json',
    ]);
    for (const name of readdirSync(out)) {
      expect(statSync(join(out, name)).mode & 0o077).toBe(0);
      expect(readFileSync(join(out, name), 'latin1')).not.toContain('001190900011');
    }
  });

  test('verifies over a rotation of the log’s key with both keys, and names the one that is missing', async () => {
    const store = await create();
    const newer = { id: 'c2', key: Buffer.alloc(32, 0x6b) };
    for (const checkpointKeys of [KEYS.checkpointKeys, [newer, ...KEYS.checkpointKeys] as const]) {
      const log = await buildAccessLog({ store: store.settings, ...KEYS, checkpointKeys });
      await log.append(exampleRecord());
      await log.close();
    }
    const out = folder();
    const range = await exportRange(rowsOf(store), LOG, { from: 0, to: null });
    await exportLog(rowsOf(store), { log: LOG, range, folder: out, opener: null });
    const newKey = noteSignerOf(LOG, signingKeyOf(newer.key)).key;
    const verdictOf = (keys: Parameters<typeof verifyExport>[1]['keys']) => {
      const { verdict, faults } = verifyExport(out, { keys, witnesses: [], known: [], receipts: [] });
      return [verdict, faults[0]?.attack];
    };
    expect(verdictOf([newKey, LOG_KEY])).toEqual(['verified', undefined]);
    expect(verdictOf([LOG_KEY])).toEqual(['tampered', 'foreign-key']);
    expect(verdictOf([newKey])).toEqual(['tampered', 'foreign-key']);
  });

  test('with openings tells whom each entry is about, for every entry', async () => {
    const store = await create();
    await authorGroups(store, plainGroups(9, JANUARY));
    const rows = rowsOf(store);
    const out = folder();
    const range = await exportRange(rows, LOG, { from: 0, to: null });
    await exportLog(rows, { log: LOG, range, folder: out, opener: new GroupOpener(SEAL_KEYS) });
    const { verdict, export: found } = verified(out);
    expect({ verdict, openings: found?.openings }).toEqual({ verdict: 'verified', openings: found?.entries });
    const lines = readFileSync(join(out, 'openings-000001.ndjson'), 'utf8').trimEnd().split('\n');
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      index: 0,
      subject: [expect.any(String), SUBJECTS[0]?.subject],
    });
  });

  test('with openings under another key is refused, and leaves nothing', async () => {
    const store = await create();
    // In several steps: files are open and files have been synced when it fails.
    await authorGroups(store, plainGroups(40, JANUARY));
    const rows = rowsOf(store);
    const opener = new GroupOpener([{ id: 'seal-1', key: Buffer.alloc(32, 1) }]);
    const options = { log: LOG, range: { from: 0, to: 5 }, folder: folder(), opener };
    const { to } = await exportRange(rows, LOG, { from: 0, to: null });
    await expect(exportLog(rows, { ...options, range: { from: 0, to } })).rejects.toThrow('do not open');
    expect(existsSync(options.folder)).toBe(false);
    // A folder that was there stays, and the next try is taken.
    mkdirSync(options.folder);
    await expect(exportLog(rows, { ...options, range: { from: 0, to } })).rejects.toThrow('do not open');
    expect(readdirSync(options.folder)).toEqual([]);
    await exportLog(rows, { ...options, range: { from: 0, to }, opener: null });
    expect(verified(options.folder).verdict).toBe('verified');
  });

  test('what somebody else put into the folder meanwhile stays', async () => {
    const store = await create();
    await authorGroups(store, plainGroups(3, JANUARY));
    const rows = rowsOf(store);
    const out = folder();
    const range = await exportRange(rows, LOG, { from: 0, to: null });
    const onGroup = (): void => writeFileSync(join(out, 'log.json'), 'another’s');
    const exporting = exportLog(rows, { log: LOG, range, folder: out, opener: null, onGroup });
    await expect(exporting).rejects.toThrow('EEXIST');
    expect(readdirSync(out)).toEqual(['log.json']);
  });

  test.each([
    { what: 'an index within a group', from: 13, to: 40 },
    { what: 'one entry', from: 20, to: 21 },
    { what: 'the first', from: 0, to: 1 },
    { what: 'to an end beyond the log', from: 30, to: 1_000_000 },
    { what: 'what was written on the second day', from: { since: JANUARY + 30 * 60_000 }, to: null },
    { what: 'nothing, after the end', from: { since: Date.parse('2030-01-01') }, to: null },
  ])('of $what goes from checkpoint to checkpoint and verifies', async ({ from, to }) => {
    const store = await create();
    await authorGroups(store, plainGroups(60, JANUARY));
    const rows = rowsOf(store);
    const out = folder();
    const range = await exportRange(rows, LOG, { from, to });
    expect(range.from).toBeLessThanOrEqual(typeof from === 'number' ? from : range.to);
    const summary = await exportLog(rows, { log: LOG, range, folder: out, opener: null });
    expect(verified(out)).toMatchObject({
      verdict: 'verified',
      export: { ...range, entries: range.to - range.from },
    });
    expect(summary.checkpoints).toBeGreaterThan(0);
  });

  test('since a time holds what was written from then on, and no group before', async () => {
    const store = await create();
    await authorGroups(store, plainGroups(60, JANUARY));
    const rows = rowsOf(store);
    const since = JANUARY + 17 * 60_000;
    const { from } = await exportRange(rows, LOG, { from: { since }, to: null });
    const [first] = await rows.groupsFrom(LOG, from, 1);
    const [before] = await rows.groupsFrom(LOG, from - 1, 1);
    expect([first?.written, before?.written]).toEqual([since, since - 60_000]);
  });

  test.each([
    { from: 100_000, to: null },
    { from: 40, to: 3 },
  ])('from $from to $to is refused', async (wanted) => {
    const store = await create();
    await authorGroups(store, plainGroups(30, JANUARY));
    await expect(exportRange(rowsOf(store), LOG, wanted)).rejects.toThrow('nothing lies in that range');
  });

  test('carries the cosignatures in its checkpoints', async () => {
    const store = await create();
    const sizes = await authorGroups(store, plainGroups(10, JANUARY));
    const rows = rowsOf(store);
    const [, , size = 0] = sizes;
    const [group] = await rows.groupsFrom(LOG, size - 1, 1);
    const opened = openCheckpoint(group?.note ?? '', [LOG_KEY]);
    if (typeof opened === 'string') throw new Error(opened);
    const line = formatSignatureLine(cosign(opened.body, JANUARY / 1000 + 600, WITNESS));
    const writer = openStore(store.settings, LOG);
    await writer.open(false);
    await writer.addCosignatures([{ size, line }]);
    await writer.close();
    const out = folder();
    const range = await exportRange(rows, LOG, { from: 0, to: null });
    await exportLog(rows, { log: LOG, range, folder: out, opener: null });
    expect(verified(out)).toMatchObject({ verdict: 'verified', cosigned: [{ size }] });
  });

  test('of what grows meanwhile verifies each time', async () => {
    const store = await create();
    const log = await buildAccessLog({ ...KEYS, store: store.settings });
    const stop = new AbortController();
    const writing = (async () => {
      while (!stop.signal.aborted) await log.append(exampleRecord());
    })();
    try {
      const rows = rowsOf(store);
      let before = 0;
      for (let round = 0; round < 3; round++) {
        const grown = before;
        await until(() => log.size() > grown, 'the log has grown');
        const out = folder();
        const range = await exportRange(rows, LOG, { from: 0, to: null });
        await exportLog(rows, { log: LOG, range, folder: out, opener: new GroupOpener(SEAL_KEYS) });
        expect(verified(out)).toMatchObject({ verdict: 'verified' });
        expect(range.to).toBeGreaterThan(before);
        before = range.to;
      }
    } finally {
      stop.abort();
      await writing;
      await log.close();
    }
  });

  test('does not overwrite what is there', async () => {
    const store = await create();
    await authorGroups(store, plainGroups(1, JANUARY));
    const out = folder().slice(0, -'/out'.length);
    writeFileSync(join(out, 'something'), '');
    const rows = rowsOf(store);
    const range = await exportRange(rows, LOG, { from: 0, to: null });
    await expect(exportLog(rows, { log: LOG, range, folder: out, opener: null })).rejects.toThrow(
      'not empty',
    );
  });
});
