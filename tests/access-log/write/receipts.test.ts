import { describe, expect, test } from 'vitest';
import { opensCommitment } from '../../../src/log-format/commitment.ts';
import { ReceiptFormat, type Entry, type EntryAnswer } from '../../../src/log-format/entry-format.ts';
import { leafText } from '../../../src/log-format/leaf-text.ts';
import { leafHash } from '../../../src/log-format/tree/merkle-hash.ts';
import { parseNote, verifiedSignatures } from '../../../src/log-format/notes/signed-note.ts';
import { openReceipt } from '../../../src/independent/verify/held/open-receipt.ts';
import type { SubjectDisclosure } from '../../../src/disclosure/disclosure-recorder.ts';
import { openDirectWriter, recordOf } from '../support/direct-writer.ts';
import { exampleRecord, LOG } from '../support/example-record.ts';
import { openLog, openLogRows } from '../support/fixtures.ts';
import { createSqliteTestStore, STORES, type TestStore } from '../support/test-stores.ts';
import { verifierKeyOf } from '../support/whole-tree.ts';

const NOTE =
  /^(.*) receipt v1\n([0-9a-f]{32})\ntime (\d+)\nrequest (.{43})\nanswer (.{43})\n((?:entry \S{44}\n)*)$/;

/** Everything that it claims, against the log's rows and keys. Returns the places of the answer's entries that it names. */
async function expectReceipt(
  store: TestStore,
  id: string,
  json: string | null | undefined,
): Promise<readonly number[]> {
  const receipt = ReceiptFormat.parse(JSON.parse(json ?? ''));
  const note = parseNote(receipt.note);
  if (!note) throw new Error('no note');
  expect(verifiedSignatures(note, [verifierKeyOf(LOG)])).toHaveLength(1);

  const [, origin, ownId, time, request = '', answer = '', lines = ''] = NOTE.exec(note.text) ?? [];
  const stored = await openLogRows(store).answerById(id);
  if (!stored) throw new Error('no answer');
  expect([origin, ownId, Number(time)]).toEqual([LOG, id, stored.time]);
  const leaves = stored.tails
    .split('\n')
    .map((tail, n) => leafText(stored.head, tail, stored.firstLeaf + n, LOG));
  const told = leaves.flatMap((leaf, n) =>
    (JSON.parse(leaf) as Entry).outcome === 'not-found' ? [] : [{ leaf, n }],
  );
  expect(lines).toBe(
    told.map(({ leaf }) => `entry ${Buffer.from(leafHash(leaf)).toString('base64')}\n`).join(''),
  );

  const { requestDigest, answerDigest } = exampleRecord();
  const { opening } = receipt;
  if (!opening) throw new Error('no opening');
  expect(opensCommitment(request, 'request', opening.request, JSON.stringify(requestDigest))).toBe(true);
  expect(opensCommitment(answer, 'answer', opening.answer, JSON.stringify(answerDigest))).toBe(true);
  expect(stored.tails).toContain(`"answer":"${answer}"`);
  expect((JSON.parse(stored.head) as EntryAnswer).id).toBe(id);
  return told.map(({ n }) => n);
}

/** Places of the example's subjects that are told. The others were not found, or are hidden. */
const TOLD = [0, 1, 2];

describe.each(STORES)('$name', ({ create }) => {
  test('who asked for a receipt gets one that names the answer’s entries, the others get none', async () => {
    const store = await create();
    const log = await openLog(store);
    const records = Array.from({ length: 60 }, (_, n) => exampleRecord({ wantsReceipt: n % 3 === 0 }));
    const receipts = await Promise.all(records.map((record) => log.append(record)));
    expect(receipts.map((receipt) => receipt !== null)).toEqual(
      records.map(({ wantsReceipt }) => wantsReceipt),
    );
    for (const [n, { id }] of [...records.entries()].filter(([, { wantsReceipt }]) => wantsReceipt)) {
      expect(await expectReceipt(store, id, receipts[n])).toEqual(TOLD);
    }
  });

  test('beside a record that is not taken, too', async () => {
    const store = await create();
    const log = await openLog(store);
    const [first, last] = [exampleRecord({ wantsReceipt: true }), exampleRecord({ wantsReceipt: true })];
    const bad = exampleRecord({ time: Number.NaN, wantsReceipt: true });
    const settled = await Promise.allSettled([first, bad, last].map((record) => log.append(record)));
    expect(settled.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const receipts = settled.map((one) => (one.status === 'fulfilled' ? one.value : null));
    expect(await expectReceipt(store, first.id, receipts[0])).toEqual(TOLD);
    expect(await expectReceipt(store, last.id, receipts[2])).toEqual(TOLD);
  });
});

const person = (key: string, changes: Partial<SubjectDisclosure>): SubjectDisclosure => ({
  subject: { kind: 'person', key },
  outcome: 'disclosed',
  rule: null,
  inputs: '--------',
  caseIds: [],
  disclosed: [],
  ...changes,
});

test('whom the answer hides, and whom nobody knows, no receipt counts: what it states has one length', async () => {
  const writer = await openDirectWriter(await createSqliteTestStore());
  const shown = person('001190900011', {});
  const others = [
    [],
    [person('001190900012', { outcome: 'not-found' })],
    [person('001190900012', { outcome: 'denied', rule: 'protected', inputs: '1-------' })],
    [1, 2, 3].map((n) =>
      person(`00119090002${n}`, { outcome: 'denied', rule: 'protected', inputs: '1-------' }),
    ),
  ];
  const shapes = new Set<string>();
  for (const hidden of others) {
    const record = exampleRecord({ wantsReceipt: true, subjects: [shown, ...hidden] });
    const text = (await writer.write([record])).receipts().get(0) ?? '';
    shapes.add(text.replace(/[A-Za-z0-9+/_-]{22,}=*/g, '*').replace(/time \d+/, 'time'));
  }
  expect([...shapes]).toHaveLength(1);
});

test('of an answer with thousands of entries the verifier opens it, too', async () => {
  const writer = await openDirectWriter(await createSqliteTestStore());
  const { subjects } = recordOf(3_000);
  const told = subjects.map((one) => ({ ...one, outcome: 'failed' as const }));
  const written = await writer.write([{ ...recordOf(0), subjects: told, wantsReceipt: true }]);
  const text = written.receipts().get(0) ?? '';
  const opened = openReceipt({ name: 'mass', text, request: null, answer: null }, [verifierKeyOf(LOG)]);
  expect(opened.leaves).toHaveLength(3_000);
});
