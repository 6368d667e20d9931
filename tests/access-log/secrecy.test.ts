import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { AccessLogNotGenuine } from '../../src/access-log/read-sqlite.ts';
import type { KeyRing } from '../../src/config/secrets.ts';
import { exampleRecord, KEYS, SEAL_KEYS, SEARCH_KEYS, SUBJECTS } from './example-record.ts';
import { openLog, openReader, ownDirectory } from './fixtures.ts';

test("no subject's key stands in any of the files, while what may stand in the clear does", async () => {
  const directory = await ownDirectory();
  const log = await openLog(directory);
  await Promise.all(Array.from({ length: 50 }, () => log.append(exampleRecord())));
  const bytesOf = () =>
    Buffer.concat(readdirSync(directory).map((name) => readFileSync(join(directory, name))));
  const open = bytesOf();
  await log.close();
  const closed = bytesOf();

  for (const bytes of [open, closed]) {
    expect(bytes.includes('Citizen.landParcels')).toBe(true);
    const spellings = SUBJECTS.flatMap(({ subject: { kind, key } }) => [
      { kind, bytes: Buffer.from(key) },
      { kind, bytes: Buffer.from(key, 'utf16le') },
      { kind, bytes: Buffer.from(Buffer.from(key).toString('hex')) },
      { kind, bytes: Buffer.from(Buffer.from(key).toString('base64')) },
    ]);
    expect(spellings.filter((spelling) => bytes.includes(spelling.bytes))).toEqual([]);
  }
});

const TAMPERING: readonly (readonly [string, string])[] = [
  [
    'a bit of the sealed subjects changed',
    `UPDATE answers SET sealed_subjects =
       unhex(substr(hex(sealed_subjects), 1, length(hex(sealed_subjects)) - 2) ||
         CASE substr(hex(sealed_subjects), -2) WHEN '00' THEN '01' ELSE '00' END) WHERE seq = 1`,
  ],
  [
    'the sealed subjects cut',
    'UPDATE answers SET sealed_subjects = substr(sealed_subjects, 1, 20) WHERE seq = 1',
  ],
  ['the sealed subjects removed', 'UPDATE answers SET sealed_subjects = NULL WHERE seq = 1'],
  [
    "another answer's sealed subjects",
    `UPDATE answers SET sealed_subjects = (SELECT sealed_subjects FROM answers WHERE seq = 2) WHERE seq = 1`,
  ],
  ['another key id', `UPDATE answers SET seal_key_id = 'seal-2' WHERE seq = 1`],
  ['an entry removed', 'DELETE FROM entries WHERE answer = 1 AND n = 4'],
  [
    'an entry added',
    `INSERT INTO entries SELECT 1, 5, subject_kind, subject_index, outcome, disclosed FROM entries
       WHERE answer = 1 AND n = 0`,
  ],
  [
    'two entries swapped',
    `UPDATE entries SET n = CASE n WHEN 0 THEN -1 ELSE n END WHERE answer = 1;
     UPDATE entries SET n = 0 WHERE answer = 1 AND n = 3;
     UPDATE entries SET n = 3 WHERE answer = 1 AND n = -1`,
  ],
  [
    'an entry hidden from search',
    `UPDATE entries SET subject_index = zeroblob(16) WHERE answer = 1 AND n = 0`,
  ],
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

test('after a rotation old answers open and are found, new ones use the new keys alone', async () => {
  const directory = await ownDirectory();
  const before = exampleRecord();
  const first = await openLog(directory);
  await first.append(before);
  await first.close();
  const newKeys: { searchKeys: KeyRing; sealKeys: KeyRing } = {
    searchKeys: [{ id: 'search-2', key: randomBytes(32) }],
    sealKeys: [{ id: 'seal-2', key: randomBytes(32) }],
  };
  const both: { searchKeys: KeyRing; sealKeys: KeyRing } = {
    searchKeys: [newKeys.searchKeys[0], ...SEARCH_KEYS],
    sealKeys: [newKeys.sealKeys[0], ...SEAL_KEYS],
  };
  const after = exampleRecord();
  const second = await openLog(directory, both);
  await second.append(after);

  const reader = openReader(directory, both);
  const found = (keys: typeof KEYS) =>
    openReader(directory, keys)
      .entriesOfSubject('person', '001190900011')
      .map(({ answerId }) => answerId);
  expect(reader.answer(before.id)?.entries[0]?.subject).toEqual(SUBJECTS[0]?.subject);
  expect(reader.answer(after.id)?.entries[0]?.subject).toEqual(SUBJECTS[0]?.subject);
  expect(found(both)).toEqual([before.id, after.id]);
  expect(found(newKeys)).toEqual([after.id]);
  expect(found(KEYS)).toEqual([before.id]);
  expect(() => openReader(directory, newKeys).answer(before.id)).toThrow(AccessLogNotGenuine);
});
