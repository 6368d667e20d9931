import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ruleNamed } from '../../../src/policy/row-rules/rule-named.ts';
import type { RowRuleName } from '../../../src/policy/row-rules/row-rule.ts';
import type { AnswerRecord } from '../../../src/access-log/entry/answer-record.ts';
import { gatewayAct, type GatewayAct } from '../../../src/access-log/entry/gateway-act.ts';
import { exampleRecord } from '../support/example-record.ts';
import { openLog, openReader } from '../support/fixtures.ts';
import { createSqliteTestStore, STORES } from '../support/test-stores.ts';

/** The answer that a reader must find for the record. */
function readBack({ subjects, documents: _documents, wantsReceipt: _wantsReceipt, ...answer }: AnswerRecord) {
  const nobody = {
    subject: { kind: 'none', key: '' },
    outcome: 'nothing',
    rule: null,
    inputs: '--------',
    caseIds: [],
    disclosed: [],
  };
  const entries = subjects.length === 0 ? [nobody] : subjects;
  const lawOf = (rule: RowRuleName | null) => (rule === null ? null : ruleNamed(rule).legalBasis);
  return {
    answer: { ...answer, detail: null },
    entries: entries.map((entry, n) => ({ n, ...entry, legalBasis: lawOf(entry.rule) })),
  };
}

/**
 * The answer that a reader must find for an act of the gateway. FORMAT.md has it as an answer to nobody, about nobody.
 */
function readBackAct({ id, time, instance, purpose, detail: done, requestId }: GatewayAct) {
  const { entries } = readBack(exampleRecord({ subjects: [] }));
  const empty = '47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU';
  return {
    answer: {
      id,
      time,
      instance,
      client: 'gateway',
      agency: 'national-data-gateway',
      callerKind: 'gateway',
      officer: instance,
      tokenKey: null,
      citizen: null,
      purpose,
      legalBasis: null,
      release: null,
      caseId: null,
      agreement: null,
      operationName: null,
      operationHash: null,
      operationInputs: null,
      outcome: 'answered',
      code: null,
      reason: null,
      denied: [],
      detail: done,
      requestId,
      traceId: '0'.repeat(32),
      upstream: [],
      requestDigest: empty,
      answerDigest: empty,
    },
    entries,
  };
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
      operationInputs: null,
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
          inputs: '--------',
          caseIds: [],
          disclosed: [],
        },
      ],
    }),
  ],
];

const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((one) => one !== '__proto__');
const kind = fc.constantFrom('person', 'organisation', 'parcel', 'certificate', 'unidentified');
const disclosure = fc.record({
  register: fc.constantFrom('population', 'civil-status'),
  status: fc.constantFrom('value', 'none'),
  age: fc.constantFrom('live', '1m', '10m', '1h', '1d', 'older'),
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
      inputs: fc.constantFrom('--------', '0000----', '01------', '?0-1----'),
      disclosed: fc.array(disclosure, { maxLength: 4 }),
    }),
  ),
  { maxLength: 8 },
);
const detail = fc.dictionary(text, fc.oneof(text, fc.integer(), fc.array(text)));
const hex = fc.stringMatching(/^[0-9a-f]{64}$/);
const digest = fc.stringMatching(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/);
const answer = fc.record({
  time: fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  instance: text,
  client: text,
  callerKind: text,
  officer: text,
  citizen: fc.option(text),
  purpose: fc.option(text),
  caseId: fc.option(text),
  agreement: fc.option(fc.record({ id: text, version: fc.nat({ max: 99 }), digest: hex })),
  operationName: fc.option(text),
  operationHash: fc.option(hex),
  operationInputs: fc.option(
    fc.record({
      arguments: fc.constantFrom('', '1', '01'),
      conditions: fc.dictionary(fc.constantFrom('a', 'b', 'é'), fc.boolean()),
      index: fc.nat({ max: 9 }),
    }),
  ),
  agency: text,
  tokenKey: fc.option(text),
  legalBasis: fc.option(text),
  release: fc.option(fc.nat()),
  requestDigest: digest,
  answerDigest: digest,
  outcome: fc.constantFrom('answered', 'refused'),
  code: fc.option(text),
  reason: fc.option(text),
  denied: fc.array(text, { maxLength: 3 }),
  requestId: text,
  traceId: text,
  upstream: fc.array(fc.record({ register: text, requestId: text }), { maxLength: 3 }),
  subjects,
});

describe.each(STORES)('$name', ({ create }) => {
  test.each(RECORDS)('an answer %s comes back field by field, an entry a subject', async (_name, record) => {
    const store = await create();
    const log = await openLog(store);
    await log.append(record);
    expect(await openReader(store).answer(record.id)).toEqual(readBack(record));
  });

  test('random acts of the gateway come back as they were', async () => {
    const store = await create();
    const log = await openLog(store);
    const reader = openReader(store);
    await fc.assert(
      fc.asyncProperty(
        fc.record({ purpose: text, detail, instance: text }),
        async ({ instance, ...fields }) => {
          const act = gatewayAct(instance, { ...fields, at: 1_795_000_000_123 });
          await log.append(act);
          expect(await reader.answer(act.id)).toEqual(readBackAct(act));
        },
      ),
      { numRuns: 60 },
    );
  });

  test('an unknown answer is null', async () => {
    const store = await create();
    const log = await openLog(store);
    await log.append(exampleRecord());
    expect(await openReader(store).answer('00'.repeat(16))).toBe(null);
  });

  test('a log that is opened again goes on with what it has', async () => {
    const store = await create();
    const record = exampleRecord();
    const log = await openLog(store);
    await log.append(record);
    await log.close();
    const again = await openLog(store);
    await again.append(exampleRecord());
    const reader = openReader(store);
    expect(await reader.answerIds()).toHaveLength(2);
    expect(await reader.answer(record.id)).toEqual(readBack(record));
  });

  test('random records come back as they were', async () => {
    const store = await create();
    const log = await openLog(store);
    const reader = openReader(store);
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 6 }), async (answers) => {
        const records = answers.map((fields) =>
          exampleRecord({
            ...(fields as unknown as Partial<AnswerRecord>),
            // The name stands beside the hash.
            ...(fields.operationHash === null ? { operationName: null } : {}),
          }),
        );
        await Promise.all(records.map((record) => log.append(record)));
        for (const record of records) expect(await reader.answer(record.id)).toEqual(readBack(record));
      }),
      { numRuns: 60 },
    );
  });
});

test('what no verifier would read is not taken, and its neighbours are', async () => {
  const store = await createSqliteTestStore();
  const log = await openLog(store);
  const act = gatewayAct('gateway-1', {
    purpose: 'agreements',
    at: 1,
    detail: { faults: ['x'.repeat(1_200_000)] },
  });
  const answered = exampleRecord({
    denied: Array.from({ length: 60_000 }, (_none, n) => `Citizen.field${n} CODE`),
  });
  const [longAct, longAnswer, taken] = await Promise.allSettled(
    [act, answered, exampleRecord()].map((one) => log.append(one)),
  );
  expect(longAct).toMatchObject({ reason: { code: 'ACCESS_LOG_UNAVAILABLE' } });
  expect(longAnswer).toMatchObject({ reason: { code: 'ACCESS_LOG_UNAVAILABLE' } });
  expect(taken?.status).toBe('fulfilled');
});
