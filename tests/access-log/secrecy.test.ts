import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { AccessLogNotGenuine } from '../../src/access-log/read-sqlite.ts';
import type { KeyRing } from '../../src/config/secrets.ts';
import { exampleRecord, KEYS, SEAL_KEYS, SUBJECTS } from './example-record.ts';
import { openLog, openReader, ownDirectory } from './fixtures.ts';

test("no subject's key stands in any of the files, while what may stand in the clear does", async () => {
  const directory = await ownDirectory();
  const log = await openLog(directory);
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

const TAMPERING: readonly (readonly [string, string])[] = [
  [
    'a bit of the sealed subjects changed',
    `UPDATE groups SET sealed =
       unhex(substr(hex(sealed), 1, length(hex(sealed)) - 2) ||
         CASE substr(hex(sealed), -2) WHEN '00' THEN '01' ELSE '00' END) WHERE seq = 1`,
  ],
  ['the sealed subjects cut', 'UPDATE groups SET sealed = substr(sealed, 1, 20) WHERE seq = 1'],
  ['the sealed subjects emptied', "UPDATE groups SET sealed = x'' WHERE seq = 1"],
  [
    "another group's sealed subjects",
    'UPDATE groups SET sealed = (SELECT sealed FROM groups WHERE seq = 2) WHERE seq = 1',
  ],
  ['the answer put into another group', 'UPDATE answers SET group_seq = 2 WHERE seq = 1'],
  ['another key id', `UPDATE groups SET seal_key_id = 'seal-2' WHERE seq = 1`],
  ['an entry removed', `UPDATE answers SET packed = json_remove(packed, '$.rows[4]') WHERE seq = 1`],
  [
    'an entry added',
    `UPDATE answers SET packed = json_insert(packed, '$.rows[#]', json(packed -> '$.rows[0]')) WHERE seq = 1`,
  ],
  [
    'two entries swapped',
    `UPDATE answers SET packed = json_set(packed, '$.rows[0]', json(packed -> '$.rows[3]'),
       '$.rows[3]', json(packed -> '$.rows[0]')) WHERE seq = 1`,
  ],
  [
    'a coordinate struck out',
    `UPDATE answers SET packed = replace(packed, 'Citizen.name', 'Citizen.sex') WHERE seq = 1`,
  ],
  ['another outcome', `UPDATE answers SET packed = replace(packed, 'disclosed', 'not-found') WHERE seq = 1`],
];

test.each(TAMPERING)('reading tells: %s', async (_name, statement) => {
  const directory = await ownDirectory();
  const log = await openLog(directory);
  const records = [exampleRecord(), exampleRecord()];
  for (const record of records) await log.append(record);
  await log.close();
  const [tampered = '', untouched = ''] = records.map(({ id }) => id);
  const isGenuine = (id: string) => openReader(directory).answer(id)?.entries.length === SUBJECTS.length;
  expect([isGenuine(tampered), isGenuine(untouched)]).toEqual([true, true]);

  const database = new DatabaseSync(join(directory, 'access-log.sqlite'));
  database.exec(statement);
  database.close();
  expect(() => openReader(directory).answer(tampered)).toThrow(AccessLogNotGenuine);
  expect(isGenuine(untouched)).toBe(true);
});

test('after a rotation old answers open, and new ones use the new key alone', async () => {
  const directory = await ownDirectory();
  const before = exampleRecord();
  const first = await openLog(directory);
  await first.append(before);
  await first.close();
  const newKeys: { sealKeys: KeyRing } = { sealKeys: [{ id: 'seal-2', key: randomBytes(32) }] };
  const both: { sealKeys: KeyRing } = { sealKeys: [newKeys.sealKeys[0], ...SEAL_KEYS] };
  const after = exampleRecord();
  const second = await openLog(directory, both);
  await second.append(after);

  const opens = (keys: typeof newKeys, id: string) =>
    openReader(directory, keys).answer(id)?.entries[0]?.subject;
  expect([opens(both, before.id), opens(both, after.id)]).toEqual([
    SUBJECTS[0]?.subject,
    SUBJECTS[0]?.subject,
  ]);
  expect(opens(newKeys, after.id)).toEqual(SUBJECTS[0]?.subject);
  expect(() => opens(newKeys, before.id)).toThrow(AccessLogNotGenuine);
  expect(() => opens(KEYS, after.id)).toThrow(AccessLogNotGenuine);
});
