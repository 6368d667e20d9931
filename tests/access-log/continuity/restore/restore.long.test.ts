import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { exportLog } from '../../../../src/access-log/export/export-log.ts';
import { exportRange } from '../../../../src/access-log/export/export-range.ts';
import { formatCheckpoint, originOf, epochOf } from '../../../../src/log-format/notes/checkpoint.ts';
import { signingKeyOf } from '../../../../src/log-format/crypto.ts';
import { noteSignerOf } from '../../../../src/log-format/notes/note-key.ts';
import { openRowsAndIndex } from '../../../../src/access-log/read/open-reader.ts';
import { beginEpoch } from '../../../../src/access-log/continuity/restore/begin-epoch.ts';
import { findLoss } from '../../../../src/access-log/continuity/restore/find-loss.ts';
import type { AskWitness } from '../../../../src/access-log/continuity/restore/witnessed-end.ts';
import { verifyExport } from '../../../../src/independent/verify/verify-export.ts';
import type { WitnessFault } from '../../../../src/access-log/continuity/witness-client.ts';
import { KEYS, LOG } from '../../support/example-record.ts';
import { authorGroups, LOG_KEY, plainGroups } from '../../export/log-author.ts';
import { STORES, type TestStore } from '../../support/test-stores.ts';

const AT = Date.parse('2026-05-01T00:00:00Z');
const WRITER = {
  log: LOG,
  instanceId: 'gateway-1',
  sealKeys: KEYS.sealKeys,
  checkpointKeys: KEYS.checkpointKeys,
};

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'restore-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A checkpoint that the log signed of entries that the test does not have any more. */
function lostNote(size: number, epoch = 1, fill = size % 251): string {
  const origin = originOf(LOG, epoch);
  const signer = noteSignerOf(origin, signingKeyOf(KEYS.checkpointKeys[0].key));
  return formatCheckpoint({ origin, size, root: Buffer.alloc(32, fill) }, signer);
}

async function noteAt(store: TestStore, size: number): Promise<string> {
  const rows = store.openLogRows();
  const [group] = await rows.groupsFrom(LOG, size - 1, 1);
  await rows.close();
  return group?.note ?? '';
}

interface Restoring {
  readonly known: readonly string[];
  /** The sizes that it cosigned, by epoch; or that it does not tell. */
  readonly witness?: Readonly<Record<number, number>> | WitnessFault;
  readonly isForced?: boolean;
}

function witnessTelling(told: NonNullable<Restoring['witness']>): AskWitness {
  return async (origin) => (typeof told === 'string' ? told : (told[epochOf(origin, LOG)] ?? 0));
}

/** Restores as the command does. */
async function restore(store: TestStore, { known, witness, isForced = false }: Restoring) {
  const { rows, index } = openRowsAndIndex(store.settings);
  const directory = ownFolder();
  try {
    const loss = await findLoss({
      rows,
      log: LOG,
      keys: [LOG_KEY],
      known: known.map((note, n) => ({ name: `note ${n}`, note })),
      witness: witness === undefined ? null : witnessTelling(witness),
    });
    const writer = { store: store.settings, ...WRITER };
    const begun = loss.lost || isForced ? await beginEpoch(loss, { writer, index, directory }) : null;
    return { begun, directory };
  } finally {
    await index.close();
    await rows.close();
  }
}

/** Verified against what others hold. */
async function verifiedWith(store: TestStore, known: readonly string[]) {
  const rows = store.openLogRows();
  const folder = ownFolder();
  const range = await exportRange(rows, LOG, { from: 0, to: null });
  await exportLog(rows, { log: LOG, range, folder, opener: null });
  await rows.close();
  return verifyExport(folder, {
    keys: [LOG_KEY],
    witnesses: [],
    known: known.map((note, n) => ({ name: `note ${n}`, note })),
    receipts: [],
  });
}

describe.each(STORES)('a log that was put back in $name', ({ create }) => {
  test('goes on in the next epoch, states the gap, and verifies with what was lost', async () => {
    const store = await create();
    const sizes = await authorGroups(store, plainGroups(10, AT));
    const size = sizes.at(-1) ?? 0;
    const kept = await noteAt(store, sizes[3] ?? 0);
    const known = [lostNote(size + 20), lostNote(size + 7), kept];
    const { begun, directory } = await restore(store, { known });
    expect(begun).toMatchObject({
      origin: `${LOG}/2`,
      detail: { epoch: 2, from: size, lost: { origin: LOG, size: size + 20 } },
    });
    expect(readFileSync(join(directory, 'last-checkpoint'), 'utf8')).toMatch(`${LOG}/2\n${size + 1}\n`);

    await authorGroups(store, plainGroups(3, Date.now()));
    const result = await verifiedWith(store, known);
    expect(result).toMatchObject({
      verdict: 'verified',
      export: { epochs: 2, restores: [{ epoch: 2, from: size, lostSize: size + 20, lostOrigin: LOG }] },
    });
    // Somebody who shows more than was stated shows that the statement was false.
    expect(await verifiedWith(store, [lostNote(size + 21)])).toMatchObject({
      verdict: 'tampered',
      faults: [{ attack: 'gap-not-stated' }],
    });
  });

  test('a second time is the third epoch', async () => {
    const store = await create();
    await authorGroups(store, plainGroups(4, AT));
    await restore(store, { known: [lostNote(500)] });
    const [size = 0] = await authorGroups(store, plainGroups(1, Date.now()));
    const { begun } = await restore(store, { known: [lostNote(500), lostNote(700, 2)] });
    expect(begun?.detail).toMatchObject({ epoch: 3, from: size, lost: { origin: `${LOG}/2`, size: 700 } });
    expect(await verifiedWith(store, [lostNote(500), lostNote(700, 2)])).toMatchObject({
      verdict: 'verified',
    });
  });

  test('an epoch that was lost as a whole is counted too', async () => {
    const store = await create();
    await authorGroups(store, plainGroups(4, AT));
    const { begun } = await restore(store, { known: [lostNote(500), lostNote(400, 2)] });
    expect(begun).toMatchObject({ origin: `${LOG}/3`, detail: { lost: { origin: `${LOG}/2`, size: 400 } } });
    expect(await verifiedWith(store, [lostNote(400, 2)])).toMatchObject({ verdict: 'verified' });
  });

  test('notes of several epochs: the newest that the witness knows is what was lost', async () => {
    const store = await create();
    await authorGroups(store, plainGroups(4, AT));
    const known = [lostNote(400, 2), lostNote(500), lostNote(450, 3)];
    const { begun } = await restore(store, { known, witness: { 1: 500, 2: 400, 3: 450 } });
    expect(begun).toMatchObject({ origin: `${LOG}/4`, detail: { lost: { origin: `${LOG}/3`, size: 450 } } });
    expect(await verifiedWith(store, known)).toMatchObject({ verdict: 'verified' });
  });

  test('which lacks nothing goes on as it is; an epoch may be begun all the same', async () => {
    const store = await create();
    const sizes = await authorGroups(store, plainGroups(6, AT));
    const size = sizes.at(-1) ?? 0;
    const known = [await noteAt(store, sizes[1] ?? 0), await noteAt(store, size)];
    const { begun, directory } = await restore(store, { known, witness: { 1: size } });
    expect({ begun, isFile: existsSync(join(directory, 'last-checkpoint')) }).toEqual({
      begun: null,
      isFile: false,
    });
    expect((await restore(store, { known, isForced: true })).begun?.detail).toMatchObject({
      epoch: 2,
      from: size,
      lost: { origin: LOG, size },
    });
    expect(await verifiedWith(store, known)).toMatchObject({ verdict: 'verified' });
  });

  test.each([
    { what: 'a fork', of: () => [lostNote(5, 1, 9)], reason: 'two histories' },
    { what: 'a fork beside a loss', of: () => [lostNote(5, 1, 9), lostNote(900)], reason: 'two histories' },
    {
      what: 'a smaller tree of a later epoch',
      of: () => [lostNote(5, 2)],
      reason: 'restore a backup of that epoch',
    },
    {
      what: 'somebody else’s checkpoint',
      of: () => [lostNote(900).replace('/gateway-1', '/gateway-9')],
      reason: 'did not sign',
    },
    { what: 'what is none', of: () => ['checkpoint'], reason: 'did not sign' },
    {
      what: 'a witness that knows more than was shown',
      of: () => [lostNote(900)],
      witness: { 1: 901 },
      reason: `901 entries of ${LOG}, and what is there or given with --known shows 900 of ${LOG}`,
    },
    {
      what: 'a witness that knows the next epoch, which nobody shows',
      of: () => [lostNote(900)],
      witness: { 1: 900, 2: 400 },
      reason: `400 entries of ${LOG}/2`,
    },
    {
      what: 'a witness that was away for two epochs, and knows the third',
      of: () => [],
      witness: { 3: 400 },
      reason: `400 entries of ${LOG}/3`,
    },
    {
      what: 'a witness that knows more of the next epoch than was shown',
      of: () => [lostNote(900), lostNote(400, 2)],
      witness: { 1: 900, 2: 401 },
      reason: `401 entries of ${LOG}/2, and what is there or given with --known shows 400 of ${LOG}/2`,
    },
    {
      what: 'a silent witness',
      of: () => [lostNote(900)],
      witness: 'unreachable' as const,
      reason: 'unreachable',
    },
  ])('is refused for $what, and left alone', async ({ of, witness, reason }) => {
    const store = await create();
    const sizes = await authorGroups(store, plainGroups(6, AT));
    const restoring = { known: of(), ...(witness === undefined ? {} : { witness }) };
    await expect(restore(store, restoring)).rejects.toThrow(reason);
    const rows = store.openLogRows();
    expect((await rows.end(LOG))?.size).toBe(sizes.at(-1));
    await rows.close();
  });

  test('from nothing at all is refused where the witness knows of something', async () => {
    const store = await create();
    await authorGroups(store, []);
    await expect(restore(store, { known: [], witness: { 1: 900 } })).rejects.toThrow('shows none');
  });

  test('from nothing at all states that everything was lost', async () => {
    const store = await create();
    await authorGroups(store, []);
    const known = [lostNote(900)];
    expect((await restore(store, { known })).begun?.detail).toMatchObject({
      epoch: 2,
      from: 0,
      lost: { size: 900 },
    });
    expect(await verifiedWith(store, known)).toMatchObject({ verdict: 'verified' });
    await authorGroups(store, plainGroups(2, Date.now()));
    expect(await verifiedWith(store, known)).toMatchObject({ verdict: 'verified' });
  });
});
