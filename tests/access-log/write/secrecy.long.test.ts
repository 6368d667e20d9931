import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { AccessLogNotGenuine } from '../../support/log-reader.ts';
import type { KeyRing } from '../../../src/config/secrets/key-rings.ts';
import { exampleRecord, KEYS, SEAL_KEYS, SUBJECTS } from '../support/example-record.ts';
import { expectThere, openLog, openReader } from '../support/fixtures.ts';
import { createSqliteTestStore, STORES } from '../support/test-stores.ts';

test("no subject's key stands in any of the files, while what may stand in the clear does", async () => {
  const store = await createSqliteTestStore();
  const { directory } = store;
  const log = await openLog(store);
  await Promise.all(Array.from({ length: 50 }, () => log.append(exampleRecord({ citizen: '001190900099' }))));
  const bytesOf = () =>
    Buffer.concat(readdirSync(directory).map((name) => readFileSync(join(directory, name))));
  const open = bytesOf();
  await log.close();
  const closed = bytesOf();

  for (const bytes of [open, closed]) {
    expect(bytes.includes('Citizen.landParcels')).toBe(true);
    const spellings = [...SUBJECTS, { subject: { kind: 'person', key: '001190900099' } }].flatMap(
      ({ subject: { kind, key } }) => [
        { kind, bytes: Buffer.from(key) },
        { kind, bytes: Buffer.from(key, 'utf16le') },
        { kind, bytes: Buffer.from(Buffer.from(key).toString('hex')) },
        { kind, bytes: Buffer.from(Buffer.from(key).toString('base64')) },
      ],
    );
    expect(spellings.filter((spelling) => bytes.includes(spelling.bytes))).toEqual([]);
  }
});

/** `log.` stands before tables; a function whose spelling differs is named twice. */
const TAMPERING: readonly (readonly [name: string, sql: string, postgres?: string])[] = [
  [
    'the purpose changed, which no commitment covers',
    `UPDATE log.answers SET head = replace(head, '"purpose":"', '"purpose":"x') WHERE first_leaf = 0`,
  ],
  [
    'a bit of the sealed openings changed',
    `UPDATE log.groups SET sealed =
       unhex(substr(hex(sealed), 1, length(hex(sealed)) - 2) ||
         CASE substr(hex(sealed), -2) WHEN '00' THEN '01' ELSE '00' END) WHERE first_leaf = 0`,
    `UPDATE log.groups SET sealed = set_bit(sealed, length(sealed) * 8 - 1, 1 - get_bit(sealed, length(sealed) * 8 - 1))
     WHERE first_leaf = 0`,
  ],
  ['the sealed openings cut', 'UPDATE log.groups SET sealed = substr(sealed, 1, 20) WHERE first_leaf = 0'],
  [
    'the sealed openings emptied',
    "UPDATE log.groups SET sealed = x'' WHERE first_leaf = 0",
    "UPDATE log.groups SET sealed = '' WHERE first_leaf = 0",
  ],
  [
    "another group's sealed openings",
    'UPDATE log.groups SET sealed = (SELECT sealed FROM log.groups WHERE first_leaf = 5) WHERE first_leaf = 0',
  ],
  ['another data key', `UPDATE log.groups SET seal_key = 'd-2' WHERE first_leaf = 0`],
  [
    'an entry removed',
    `UPDATE log.answers SET tails = substr(tails, instr(tails, char(10)) + 1) WHERE first_leaf = 0`,
    `UPDATE log.answers SET tails = substr(tails, strpos(tails, chr(10)) + 1) WHERE first_leaf = 0`,
  ],
  [
    'an entry added',
    `UPDATE log.answers SET tails = tails || char(10) || tails WHERE first_leaf = 0`,
    `UPDATE log.answers SET tails = tails || chr(10) || tails WHERE first_leaf = 0`,
  ],
  [
    "another answer's entries",
    `UPDATE log.answers SET tails = (SELECT tails FROM log.answers WHERE first_leaf = 5) WHERE first_leaf = 0`,
  ],
  [
    "another subject's kind",
    `UPDATE log.answers SET tails = replace(tails, '"subject":"parcel"', '"subject":"person"') WHERE first_leaf = 0`,
  ],
];

describe.each(STORES)('$name', ({ name, create }) => {
  test.each(TAMPERING)('reading tells: %s', async (_name, sql = '', postgres = sql) => {
    const store = await create();
    const log = await openLog(store);
    const records = [exampleRecord(), exampleRecord()];
    for (const record of records) await log.append(record);
    await log.close();
    const [tampered = '', untouched = ''] = records.map(({ id }) => id);
    await expectThere(store, [tampered, untouched]);

    await store.sql(name === 'PostgreSQL' ? (postgres ?? sql) : sql);
    await expect(openReader(store).answer(tampered)).rejects.toThrow(AccessLogNotGenuine);
    await expectThere(store, [untouched]);
  });

  test('after a rotation old answers open, and new ones use the new key alone', async () => {
    const store = await create();
    const before = exampleRecord();
    const first = await openLog(store);
    await first.append(before);
    await first.close();
    const newKeys: { sealKeys: KeyRing } = { sealKeys: [{ id: 'seal-2', key: randomBytes(32) }] };
    const both: { sealKeys: KeyRing } = { sealKeys: [newKeys.sealKeys[0], ...SEAL_KEYS] };
    const after = exampleRecord();
    const second = await openLog(store, both);
    await second.append(after);

    const opens = async (keys: typeof newKeys, id: string) =>
      (await openReader(store, keys).answer(id))?.entries[0]?.subject;
    const subject = SUBJECTS[0]?.subject;
    expect([await opens(both, before.id), await opens(both, after.id)]).toEqual([subject, subject]);
    expect(await opens(newKeys, after.id)).toEqual(subject);
    await expect(opens(newKeys, before.id)).rejects.toThrow(AccessLogNotGenuine);
    await expect(opens(KEYS, after.id)).rejects.toThrow(AccessLogNotGenuine);
  });
});
