import { statSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { ruleNamed } from '../../src/policy/row-rules/rule-named.ts';
import type { RowRuleName } from '../../src/policy/row-rules/row-rule.ts';
import type { AnswerRecord } from '../../src/access-log/entry.ts';
import { exampleRecord } from './example-record.ts';
import { openLog, openReader, ownDirectory } from './fixtures.ts';

/** What a reader must find for the record. */
function readBack({ subjects, ...answer }: AnswerRecord) {
  const nobody = {
    subject: { kind: 'none', key: '' },
    outcome: 'nothing',
    rule: null,
    caseIds: [],
    disclosed: [],
  };
  const entries = subjects.length === 0 ? [nobody] : subjects;
  const lawOf = (rule: RowRuleName | null) => (rule === null ? null : ruleNamed(rule).legalBasis);
  return { answer, entries: entries.map((entry, n) => ({ n, ...entry, legalBasis: lawOf(entry.rule) })) };
}

const RECORDS: readonly (readonly [string, AnswerRecord])[] = [
  ['with a subject of each kind', exampleRecord()],
  ['about nobody', exampleRecord({ subjects: [] })],
  [
    'refused before anything was known',
    exampleRecord({
      purpose: null,
      caseId: null,
      agreement: null,
      operationName: null,
      operationHash: null,
      outcome: 'refused',
      code: 'PURPOSE_REQUIRED',
      subjects: [],
    }),
  ],
  ['that a citizen asked for', exampleRecord({ callerKind: 'citizen', citizen: '001190900099' })],
  [
    'refused, about somebody',
    exampleRecord({
      outcome: 'refused',
      code: 'CASE_NOT_VALID',
      subjects: [
        {
          subject: { kind: 'person', key: '001190900011' },
          outcome: 'refused',
          rule: null,
          caseIds: [],
          disclosed: [],
        },
      ],
    }),
  ],
];

test.each(RECORDS)('an answer %s comes back field by field, an entry a subject', async (_name, record) => {
  const directory = await ownDirectory();
  const log = await openLog(directory);
  await log.append(record);
  expect(openReader(directory).answer(record.id)).toEqual(readBack(record));
});

test('an unknown answer is null', async () => {
  const directory = await ownDirectory();
  const log = await openLog(directory);
  await log.append(exampleRecord());
  expect(openReader(directory).answer('00'.repeat(16))).toBe(null);
});

test('a log made anew and one opened again hold the same; its files are closed to others', async () => {
  const directory = join(await ownDirectory(), 'not', 'there', 'yet');
  const record = exampleRecord();
  const log = await openLog(directory);
  await log.append(record);
  const modeOf = (path: string) => statSync(path).mode & 0o777;
  expect(modeOf(directory)).toBe(0o700);
  const file = join(directory, 'access-log.sqlite');
  expect([file, `${file}-wal`, `${file}-shm`].map(modeOf)).toEqual([0o600, 0o600, 0o600]);
  await log.close();
  const again = await openLog(directory);
  await again.append(exampleRecord());
  expect(openReader(directory).answerIds()).toHaveLength(2);
  expect(openReader(directory).answer(record.id)).toEqual(readBack(record));
});

const text = fc.string({ unit: 'grapheme', maxLength: 20 });
const kind = fc.constantFrom('person', 'organisation', 'parcel', 'certificate', 'unidentified');
const disclosure = fc.record({
  register: text,
  coordinates: fc.array(text, { maxLength: 4 }),
  isCached: fc.boolean(),
  upstreamIds: fc.array(text, { maxLength: 2 }),
});
const RULES = [
  'protected',
  'match',
  'territory',
  'deceased',
  'minor',
  'own-data',
  'relatives',
  'unknown-person',
] as const;
/** A denial by a rule is one, whatever else stands outside the seal. */
const what = fc.constantFrom(
  ...['disclosed', 'not-found', 'denied', 'failed', 'refused'].map((outcome) => ({ outcome, rule: null })),
  ...RULES.map((rule) => ({ outcome: 'denied', rule })),
);
const subjects = fc.array(
  what.chain((one) =>
    fc.record({
      subject: fc.record({ kind, key: text }),
      caseIds: fc.array(text, { maxLength: 2 }),
      outcome: fc.constant(one.outcome),
      rule: fc.constant(one.rule),
      disclosed: fc.array(disclosure, { maxLength: 4 }),
    }),
  ),
  { maxLength: 8 },
);
const answer = fc.record({
  time: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  instance: text,
  client: text,
  callerKind: text,
  officer: text,
  citizen: fc.option(text),
  purpose: fc.option(text),
  caseId: fc.option(text),
  agreement: fc.option(fc.record({ id: text, version: fc.nat() })),
  operationName: fc.option(text),
  operationHash: fc.option(text),
  outcome: fc.constantFrom('answered', 'refused'),
  code: fc.option(text),
  reason: fc.option(text),
  denied: fc.array(text, { maxLength: 3 }),
  detail: fc.option(text),
  requestId: text,
  traceId: text,
  upstream: fc.array(fc.record({ register: text, requestId: text }), { maxLength: 3 }),
  subjects,
});

test('random records come back as they were', async () => {
  const directory = await ownDirectory();
  const log = await openLog(directory);
  const reader = openReader(directory);
  await fc.assert(
    fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 6 }), async (answers) => {
      const records = answers.map((fields) => exampleRecord(fields as Partial<AnswerRecord>));
      await Promise.all(records.map((record) => log.append(record)));
      for (const record of records) expect(reader.answer(record.id)).toEqual(readBack(record));
    }),
    { numRuns: 60 },
  );
});
