import { describe, expect, test } from 'vitest';
import { openCheckpoint } from '../../src/access-log/format/checkpoint.ts';
import { opensCommitment } from '../../src/access-log/format/commitment.ts';
import { ReceiptFormat, type EntryAnswer } from '../../src/access-log/format/entry-format.ts';
import { verifyInclusion } from '../../src/access-log/format/inclusion-proof.ts';
import { leafText } from '../../src/access-log/format/leaf-text.ts';
import { leafHash } from '../../src/access-log/format/merkle-hash.ts';
import { parseNote, verifiedSignatures } from '../../src/access-log/format/signed-note.ts';
import { openReceipt } from '../../src/access-log/verify/open-receipt.ts';
import { openDirectWriter, recordOf } from './direct-writer.ts';
import { exampleRecord, LOG, SUBJECTS } from './example-record.ts';
import { openLog, openRows } from './fixtures.ts';
import { createSqliteTestStore, STORES, type TestStore } from './test-stores.ts';
import { verifierKeyOf } from './whole-tree.ts';

const NOTE = /^(.*) receipt v1\n([0-9a-f]{32})\nrequest (.{43})\nanswer (.{43})\n((?:entry \d+ \S{44}\n)+)$/;

/** Everything that it claims, against the log's rows and keys. Returns the entries' indexes. */
async function expectReceipt(
  store: TestStore,
  id: string,
  json: string | null | undefined,
): Promise<readonly number[]> {
  const receipt = ReceiptFormat.parse(JSON.parse(json ?? ''));
  const key = verifierKeyOf(LOG);
  const note = parseNote(receipt.note);
  if (!note) throw new Error('no note');
  expect(verifiedSignatures(note, [key])).toHaveLength(1);
  const checkpoint = openCheckpoint(receipt.checkpoint, [key]);
  if (typeof checkpoint === 'string') throw new Error(checkpoint);
  const { size, root } = checkpoint.checkpoint;

  const [, origin, ownId, request = '', answer = '', lines = ''] = NOTE.exec(note.text) ?? [];
  expect([origin, ownId]).toEqual([LOG, id]);
  const stored = await openRows(store).answerById(id);
  if (!stored) throw new Error('no answer');
  const entries = lines.trimEnd().split('\n');
  expect(entries).toEqual(
    stored.tails.split('\n').map((tail, n) => {
      const index = stored.firstLeaf + n;
      return `entry ${index} ${leafHash(leafText(stored.head, tail, index, LOG)).toString('base64')}`;
    }),
  );
  expect(receipt.proofs).toHaveLength(entries.length);
  const places = entries.map((line, n) => {
    const [, index = '', hash = ''] = line.split(' ');
    const proof = (receipt.proofs[n] ?? []).map((node) => Buffer.from(node, 'base64'));
    return { index: Number(index), hash: Buffer.from(hash, 'base64'), proof };
  });
  const isIn = places.map(({ index, hash, proof }) => verifyInclusion(hash, index, size, proof, root));
  expect(isIn).toEqual(places.map(() => true));

  const { requestDigest, answerDigest } = exampleRecord();
  const { opening } = receipt;
  if (!opening) throw new Error('no opening');
  expect(opensCommitment(request, 'request', opening.request, JSON.stringify(requestDigest))).toBe(true);
  expect(opensCommitment(answer, 'answer', opening.answer, JSON.stringify(answerDigest))).toBe(true);
  expect(stored.tails).toContain(`"answer":"${answer}"`);
  expect((JSON.parse(stored.head) as EntryAnswer).id).toBe(id);
  return places.map(({ index }) => index);
}

describe.each(STORES)('$name', ({ create }) => {
  test('who asked for a receipt gets one that proves the answer’s entries, the others get none', async () => {
    const store = await create();
    const log = await openLog(store);
    const records = Array.from({ length: 60 }, (_, n) => exampleRecord({ wantsReceipt: n % 3 === 0 }));
    const receipts = await Promise.all(records.map((record) => log.append(record)));
    expect(receipts.map((receipt) => receipt !== null)).toEqual(
      records.map(({ wantsReceipt }) => wantsReceipt),
    );
    for (const [n, record] of records.entries()) {
      if (!record.wantsReceipt) continue;
      const indexes = await expectReceipt(store, record.id, receipts[n]);
      expect(indexes).toEqual(SUBJECTS.map((_subject, place) => n * SUBJECTS.length + place));
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
    expect(await expectReceipt(store, first.id, receipts[0])).toEqual([0, 1, 2, 3, 4]);
    expect(await expectReceipt(store, last.id, receipts[2])).toEqual([5, 6, 7, 8, 9]);
  });
});

test('wherever the group begins and however large it is, the proofs hold', async () => {
  const store = await createSqliteTestStore();
  const writer = await openDirectWriter(store);
  // Sizes before and of the group: around powers of two, tiles, and none of them.
  for (const leaves of [1, 1, 1, 2, 3, 1, 7, 16, 31, 1, 64, 100, 27, 1, 256, 1, 511, 2, 1_000]) {
    const alone = { ...recordOf(leaves), wantsReceipt: true };
    const shared = [recordOf(1), { ...recordOf(leaves), wantsReceipt: true }, recordOf(2)];
    const one = await writer.write([alone]);
    expect(await expectReceipt(store, alone.id, one.receipts().get(0))).toHaveLength(leaves);
    const many = await writer.write(shared);
    expect(await expectReceipt(store, shared[1]?.id ?? '', many.receipts().get(1))).toHaveLength(leaves);
  }
}, 60_000);

test('of an answer with thousands of entries the verifier opens it, too', async () => {
  const writer = await openDirectWriter(await createSqliteTestStore());
  const written = await writer.write([{ ...recordOf(3_000), wantsReceipt: true }]);
  const text = written.receipts().get(0) ?? '';
  const opened = openReceipt({ name: 'mass', text, request: null, answer: null }, [verifierKeyOf(LOG)]);
  expect(opened.entries).toHaveLength(3_000);
});
