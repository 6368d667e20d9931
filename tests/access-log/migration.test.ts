import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LOG_FILE } from '../../src/access-log/sqlite-schema.ts';
import { buildSubjectSeal } from '../../src/access-log/subject-seal.ts';
import { digestOfPacked } from '../../src/access-log/sqlite-rows.ts';
import { exampleRecord, SEAL_KEYS, SUBJECTS } from './example-record.ts';
import { openLog, openReader, ownDirectory } from './fixtures.ts';

/** As files of format 1 were made. */
const FORMAT_1 = `
  CREATE TABLE groups (
    seq         INTEGER PRIMARY KEY,
    id          TEXT NOT NULL,
    seal_key_id TEXT NOT NULL,
    sealed      BLOB NOT NULL
  ) STRICT;

  CREATE TABLE answers (
    seq               INTEGER PRIMARY KEY,
    group_seq         INTEGER NOT NULL REFERENCES groups (seq),
    id                TEXT    NOT NULL UNIQUE,
    time              INTEGER NOT NULL,
    instance          TEXT    NOT NULL,
    client            TEXT    NOT NULL,
    caller_kind       TEXT    NOT NULL,
    officer           TEXT    NOT NULL,
    purpose           TEXT,
    case_id           TEXT,
    agreement         TEXT,
    agreement_version INTEGER,
    operation_name    TEXT,
    operation_hash    TEXT,
    outcome           TEXT    NOT NULL CHECK (outcome IN ('answered', 'refused')),
    code              TEXT,
    request_id        TEXT    NOT NULL,
    trace_id          TEXT    NOT NULL,
    upstream          TEXT    NOT NULL,
    packed            TEXT    NOT NULL
  ) STRICT;

  CREATE VIEW entries AS
    SELECT answers.seq AS answer, answers.id AS answer_id, entry.key AS n,
           entry.value ->> 0 AS subject_kind, entry.value ->> 1 AS outcome,
           (SELECT json_group_array(json_object(
                     'register', part.value ->> 0,
                     'coordinates', json(answers.packed -> ('$.lists[' || (part.value ->> 1) || ']')),
                     'cached', json(part.value -> 2),
                     'upstream', json(part.value -> 3)))
            FROM json_each(entry.value -> 2) AS part) AS disclosed
    FROM answers, json_each(answers.packed, '$.rows') AS entry;
  CREATE TABLE probes (filling BLOB NOT NULL) STRICT;
`;
const ID = 'a'.repeat(32);
const PACKED =
  '{"lists":[["Citizen.name"]],"rows":[["person","disclosed",[["population",0,false,["up-1"]]]]]}';

function writeFormat1(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(`${FORMAT_1} PRAGMA user_version = 1`);
  const seal = buildSubjectSeal(SEAL_KEYS);
  const sealed = `{"${ID}":["${digestOfPacked(PACKED)}",[["person","001190900011"]],null]}`;
  database
    .prepare('INSERT INTO groups (id, seal_key_id, sealed) VALUES (?, ?, ?)')
    .run(ID, seal.keyId, seal.seal(ID, sealed));
  database
    .prepare(
      `INSERT INTO answers (group_seq, id, time, instance, client, caller_kind, officer, outcome, request_id, trace_id, upstream, packed)
       VALUES (1, ?, 1, 'one', 'inspectorate', 'agency', 'officer.one', 'answered', 'request', 'trace', '[]', ?)`,
    )
    .run(ID, PACKED);
  database.close();
}

test('a file of format 1 is brought up: what stood in it is read, and it takes further records', async () => {
  const directory = await ownDirectory();
  writeFormat1(join(directory, LOG_FILE));
  const log = await openLog(directory);
  const record = exampleRecord();
  await log.append(record);
  const reader = openReader(directory);
  expect(reader.answer(ID)).toMatchObject({
    answer: { id: ID, reason: null, denied: [], detail: null },
    entries: [
      {
        subject: { kind: 'person', key: '001190900011' },
        outcome: 'disclosed',
        rule: null,
        caseIds: [],
        disclosed: [{ register: 'population', coordinates: ['Citizen.name'] }],
      },
    ],
  });
  expect(reader.answer(record.id)?.entries).toHaveLength(SUBJECTS.length);
});
