import { describe, expect, test } from 'vitest';
import type { KeyRing } from '../../../src/config/secrets/key-rings.ts';
import { delay } from '../../support/servers/redis.ts';
import { openDirectWriter } from '../support/direct-writer.ts';
import { exampleRecord, KEYS, SEAL_KEYS, SUBJECTS } from '../support/example-record.ts';
import {
  appendOne,
  codes,
  expectThere,
  openLog,
  openReader,
  openLogRows,
  until,
} from '../support/fixtures.ts';
import { STORES } from '../support/test-stores.ts';

const EVENING = Date.UTC(2026, 10, 30, 23, 59, 59, 999);

describe.each(STORES)('$name', ({ create }) => {
  test('at the turn of the day, and of the month, another data key seals, and all opens', async () => {
    const store = await create();
    const records = Array.from({ length: 4 }, () => exampleRecord());
    const writer = await openDirectWriter(store);
    for (const [n, now] of [EVENING - 1, EVENING, EVENING + 1, EVENING + 2].entries()) {
      await writer.write([records[n] ?? exampleRecord()], now);
    }
    const groups = await openReader(store).groups();
    const keys = groups.map(({ sealKey }) => sealKey);
    expect(keys.map((key) => key.slice(0, 10))).toEqual([
      '2026-11-30',
      '2026-11-30',
      '2026-12-01',
      '2026-12-01',
    ]);
    expect(new Set(keys).size).toBe(2);
    expect(await store.sql('SELECT id FROM log.seal_keys')).toHaveLength(2);
    expect(
      (await store.sql('SELECT month FROM log.groups ORDER BY first_leaf')).map(({ month }) => month),
    ).toEqual([202_611, 202_611, 202_612, 202_612]);
    await expectThere(
      store,
      records.map(({ id }) => id),
    );
  });

  test('each start has a data key of its own, wrapped with the newest key of the ring; older ones unwrap the older', async () => {
    const store = await create();
    const rings: readonly KeyRing[] = [
      SEAL_KEYS,
      [{ id: 'seal-2', key: Buffer.alloc(32, 2) }, ...SEAL_KEYS],
      [{ id: 'seal-3', key: Buffer.alloc(32, 3) }, { id: 'seal-2', key: Buffer.alloc(32, 2) }, ...SEAL_KEYS],
    ];
    const ids: string[] = [];
    for (const sealKeys of rings) {
      const record = exampleRecord();
      ids.push(record.id);
      const writer = await openDirectWriter(store, { ...KEYS, sealKeys });
      await writer.write([record], EVENING);
      await writer.close();
    }
    const wrappedBy = await store.sql<{ wrapped_by: string }>('SELECT wrapped_by FROM log.seal_keys');
    expect(wrappedBy.map((row) => row.wrapped_by).sort()).toEqual(['seal-1', 'seal-2', 'seal-3']);
    const reader = openReader(store, { sealKeys: rings[2] ?? SEAL_KEYS });
    for (const id of ids) expect((await reader.answer(id))?.entries).toHaveLength(SUBJECTS.length);
  });

  test('a document is kept once, whoever names it, over restarts too', async () => {
    const store = await create();
    const shared = { digest: 'aa'.repeat(32), text: 'query A { a }' };
    const second = { digest: 'bb'.repeat(32), text: 'query B {\n  b(x: "\\u0000 \' “ ”")\n}' };
    const log = await openLog(store);
    await Promise.all(Array.from({ length: 20 }, () => appendOne(log, { documents: [shared] })));
    await appendOne(log, { documents: [shared, second, second] });
    await log.close();
    const again = await openLog(store);
    await appendOne(again, { documents: [second, { ...shared, text: 'another text of the same digest' }] });
    const rows = openLogRows(store);
    expect(await store.sql('SELECT digest FROM log.documents')).toHaveLength(2);
    expect(await rows.document(shared.digest)).toEqual(shared);
    expect(await rows.document(second.digest)).toEqual(second);
    expect(await rows.document('cc'.repeat(32))).toBe(null);
  });

  test('cosignatures are kept, each once, alone or with a group', async () => {
    const store = await create();
    const log = await openLog(store);
    await appendOne(log);
    const lines = [5, 10, 10].map((size) => ({ size, line: `— witness.example ${size} AAAA` }));
    log.addCosignature(lines[0] ?? { size: 0, line: '' });
    const rows = openLogRows(store);
    const kept = () => rows.cosignatures(KEYS.log, 0);
    await until(async () => (await kept()).length === 1, 'the first is written');
    for (const line of lines.slice(1)) log.addCosignature(line);
    await appendOne(log);
    await until(async () => (await kept()).length === 2, 'the second is written');
    expect(await kept()).toEqual(lines.slice(0, 2));
    expect(await rows.cosignatures(KEYS.log, 6)).toEqual([lines[1]]);
    expect(log.isHealthy()).toBe(true);
  });

  test('a cosignature that the store does not take harms no record', async () => {
    const store = await create();
    const { seen, observer } = codes();
    const log = await openLog(store, { observer });
    log.addCosignature({ size: Number.NaN, line: 'bad' });
    await delay(100);
    log.addCosignature({ size: Number.NaN, line: 'bad' });
    const ids = [await appendOne(log), await appendOne(log)];
    log.addCosignature({ size: Number.NaN, line: 'bad' });
    ids.push(await appendOne(log));
    await expectThere(store, ids);
    expect(seen).toEqual([]);
    expect(log.isHealthy()).toBe(true);
  });
});
