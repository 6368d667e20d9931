import { hash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { canonicalJson, type JsonValue } from '../../../src/log-format/canonical-json.ts';
import { signNote } from '../../../src/log-format/notes/signed-note.ts';
import type { Attack } from '../../../src/independent/verify/faults/attacks.ts';
import { verifyReportText } from '../../../src/independent/verify/verdict/verify-report.ts';
import { verifyExport, verifyHeld } from '../../../src/independent/verify/verify-export.ts';
import type { VerifyResult } from '../../../src/independent/verify/verdict/verify-result.ts';
import {
  honestLog,
  LOG,
  otherKey,
  person,
  signerOf,
  START,
  writeExport,
  type Forged,
} from './vectors/forged-export.ts';
import { evidenceOf } from './vectors/verify-forged.ts';

const KEYS = [1, 2, 3].map((number) => person(number).key);

const STATED = {
  v: 1,
  kind: 'breach-report',
  client: null,
  officer: 'ke.gian',
  key: null,
  from: '2026-01-01T00:00:00.000Z',
  to: '2026-12-31T17:00:00.000Z',
  order: 'KT-261121-0001',
  covered: { clients: null, from: null, to: null },
  logs: [{ log: LOG, from: 0, to: 30 }],
  unreadable: [{ log: LOG, from: 7, entries: 2 }],
  madeAt: '2026-11-22T08:00:00.000Z',
  answers: 9,
  entries: 9,
  firstAccess: '2026-01-15T02:00:00.000Z',
  lastAccess: '2026-01-15T02:00:09.000Z',
  subjects: { person: 8 },
  categories: [{ category: 'BASIC', coordinates: ['Citizen.name'], disclosures: 9 }],
  notify: { from: 3, subjects: KEYS.map((key) => ({ kind: 'person', key })) },
};

function signed(statement: string, key = signerOf(LOG).privateKey): { statement: string; signature: string } {
  const note = `${LOG} breach-report v1\n${hash('sha256', statement, 'base64')}\n`;
  return { statement, signature: signNote(note, signerOf(LOG, key)) };
}

const statementOf = (stated: object = STATED): string => canonicalJson(stated as JsonValue);

const NOTHING_COUNTED = {
  answers: 0,
  entries: 0,
  firstAccess: null,
  lastAccess: null,
  subjects: {},
  categories: [],
  notify: null,
};

/** The report as the gateway answers it. */
const honest = {
  ...signed(statementOf()),
  answers: 9,
  entries: 9,
  subjectCount: 8,
  categories: [{ category: 'BASIC', disclosures: 9 }],
  unreadable: [{ log: LOG, index: 7, entries: 2 }],
  subjects: KEYS.map((key) => ({ kind: 'PERSON', key })),
  next: 's6',
};

const verified = (report: unknown): VerifyResult => {
  const bytes = Buffer.isBuffer(report) ? report : Buffer.from(JSON.stringify(report));
  return verifyHeld({ ...evidenceOf({}), breachReports: [{ name: 'report.json', bytes }] });
};

describe('a breach report as the log signed it', () => {
  test.each([
    ['the whole answer', { data: { breachReport: honest }, extensions: {} }],
    ['its field', { breachReport: honest }],
    ['by itself', honest],
    ['statement and signature', signed(statementOf())],
    ['with a name of a type', { ...honest, __typename: 'BreachReport' }],
  ])('%s', (_name, report) => {
    const result = verified(report);
    expect(result).toMatchObject({
      verdict: 'verified',
      breachReports: [{ stated: { origin: LOG, answers: 9, subjects: 8, notify: { from: 3, count: 3 } } }],
    });
    expect(verifyReportText(result)).toContain(
      '9 answers, 9 entries, 8 subjects, 3 of them named, from 3 on',
    );
    expect(verifyReportText(result)).toContain('More persons may have to be notified');
    expect(verifyReportText(result) + JSON.stringify(result)).not.toMatch(/\d{12}/);
  });

  test('that names nobody, after a restore', () => {
    const statement = statementOf({ ...STATED, notify: null });
    const note = `${LOG}/2 breach-report v1\n${hash('sha256', statement, 'base64')}\n`;
    const result = verified({
      statement,
      signature: signNote(note, signerOf(`${LOG}/2`)),
      subjects: [],
      next: null,
    });
    expect(result).toMatchObject({ verdict: 'verified', breachReports: [{ stated: { notify: null } }] });
  });

  test('what nobody signed beside it is said', () => {
    expect(verified({ ...honest, note: 'notify nobody' }).notProven.join()).toContain(
      'note: nobody signed it',
    );
  });
});

/** What the honest log has about its officer, from its own entries. */
const COUNTED = {
  ...STATED,
  officer: 'an.nguyen',
  unreadable: [],
  answers: 20,
  entries: 30,
  firstAccess: new Date(START).toISOString(),
  lastAccess: new Date(START + 28_000).toISOString(),
  subjects: { person: 30 },
  categories: [{ category: 'BASIC', coordinates: ['Citizen.birthDate', 'Citizen.name'], disclosures: 60 }],
  notify: { from: 1, subjects: [1, 2].map(person).map(({ kind, key }) => ({ kind, key })) },
};

function recounted(stated: object, change: (forged: Forged) => void = () => undefined): VerifyResult {
  const forged = honestLog().export();
  change(forged);
  const folder = writeExport(forged);
  const bytes = Buffer.from(JSON.stringify(signed(statementOf(stated))));
  const result = verifyExport(folder, { ...evidenceOf({}), breachReports: [{ name: 'r', bytes }] });
  rmSync(folder, { recursive: true });
  return result;
}

const withoutOpenings = (forged: Forged): void => void forged.openings.splice(0);

describe('a breach report beside an export of the log that it counts', () => {
  test('that gives the same is said to match', () => {
    const result = recounted(COUNTED);
    expect(result).toMatchObject({
      verdict: 'verified',
      breachReports: [{ recount: { verdict: 'match', subjects: 'match', open: [] } }],
    });
    expect(result.missing.filter((one) => one.includes('report'))).toEqual([]);
    expect(result.notProven.join()).not.toContain('only signed its word');
    expect(verifyReportText(result)).toContain('the export gives the same counts and subjects');
  });

  test.each([
    ['an officer who asked nothing', { officer: 'ke.gian', ...NOTHING_COUNTED }],
    ['another client', { client: 'vneid', ...NOTHING_COUNTED }],
    [
      'a time before',
      { covered: { clients: null, from: null, to: '2026-01-01T00:00:00.000Z' }, ...NOTHING_COUNTED },
    ],
    [
      'no agency that the order opens',
      { covered: { clients: [], from: null, to: null }, ...NOTHING_COUNTED },
    ],
  ])('%s', (_name, change) => {
    expect(recounted({ ...COUNTED, ...change })).toMatchObject({
      verdict: 'verified',
      breachReports: [{ recount: { verdict: 'match', subjects: 'match' } }],
    });
  });

  test('leaves out what the report calls unreadable', () => {
    const unreadable = [{ log: LOG, from: 0, entries: 1 }];
    const change = { answers: 19, entries: 29, firstAccess: new Date(START + 1_000).toISOString() };
    const categories = [{ ...COUNTED.categories[0], disclosures: 58 }];
    const stated = { ...COUNTED, ...change, unreadable, categories, subjects: { person: 29 }, notify: null };
    expect(recounted(stated)).toMatchObject({
      verdict: 'verified',
      breachReports: [{ recount: { verdict: 'match' } }],
    });
  });

  test.each<readonly [what: string, change: object]>([
    ['zero for somebody who asked', NOTHING_COUNTED],
    ['fewer answers', { answers: 19 }],
    ['more entries', { entries: 31 }],
    ['a later first access', { firstAccess: COUNTED.lastAccess }],
    ['an earlier last access', { lastAccess: COUNTED.firstAccess }],
    ['fewer disclosures', { categories: [{ ...COUNTED.categories[0], disclosures: 59 }] }],
    [
      'a coordinate left out',
      { categories: [{ category: 'BASIC', coordinates: ['Citizen.name'], disclosures: 30 }] },
    ],
    ['fewer subjects', { subjects: { person: 29 } }],
    ['another kind of subject', { subjects: { person: 29, parcel: 1 } }],
    ['somebody else to notify', { notify: { from: 1, subjects: [{ kind: 'person', key: person(99).key }] } }],
    ['a page that passes somebody over', { notify: { ...COUNTED.notify, from: 0 } }],
  ])('%s is found', (_what, change) => {
    const result = recounted({ ...COUNTED, ...change });
    expect(result.faults.map(({ attack }) => attack)).toEqual(['report-recounted']);
    expect(result.breachReports).toMatchObject([{ stated: {}, recount: null }]);
    expect(JSON.stringify(result)).not.toMatch(/\d{12}/);
  });

  const other = { log: 'national-data-gateway/gw-2', from: 0, to: 5 };
  test.each<readonly [what: string, stated: object, change: (forged: Forged) => void, open: string]>([
    ['another log too', { logs: [...STATED.logs, other] }, () => undefined, '1 other log(s)'],
    ['another log alone', { logs: [other] }, () => undefined, 'nothing of this log'],
    ['more than the export', { logs: [{ log: LOG, from: 0, to: 40 }] }, () => undefined, 'not hold them all'],
    ['subjects without openings', {}, withoutOpenings, '30 of the entries that it counts have no opening'],
  ])('that counts %s cannot be recounted, and says so', (_what, stated, change, open) => {
    const result = recounted({ ...COUNTED, ...stated }, change);
    expect(result).toMatchObject({ verdict: 'verified', faults: [] });
    expect(result.missing.join()).toContain(open);
    expect(result.breachReports).toMatchObject([{ recount: { subjects: 'not-recounted' } }]);
  });

  test('counts of all logs that are below those of one are found', () => {
    const result = recounted({ ...COUNTED, answers: 19, logs: [...STATED.logs, other] });
    expect(result.faults.map(({ attack }) => attack)).toEqual(['report-recounted']);
  });
});

const [, second = ''] = KEYS;
const unsigned = statementOf().replace(second, person(99).key);

const ATTACKS_ON_IT: readonly (readonly [name: string, attack: Attack, report: unknown])[] = [
  ['a subject put in another’s place in the statement', 'swapped-report', { ...honest, statement: unsigned }],
  [
    'a subject put in another’s place beside the statement',
    'told-otherwise',
    {
      ...honest,
      subjects: honest.subjects.map((one) => (one.key === second ? { ...one, key: person(99).key } : one)),
    },
  ],
  [
    'a subject left out beside the statement',
    'told-otherwise',
    { ...honest, subjects: honest.subjects.slice(1) },
  ],
  ['a subject put in', 'told-otherwise', { ...honest, subjects: [...honest.subjects, ...honest.subjects] }],
  ['fewer subjects counted', 'told-otherwise', { ...honest, subjectCount: 3 }],
  ['no page after it', 'told-otherwise', { ...honest, next: null }],
  ['nothing unreadable', 'told-otherwise', { ...honest, unreadable: [] }],
  ['a category renamed', 'told-otherwise', { ...honest, categories: [{ category: 'NON_PERSONAL' }] }],
  ['a statement in other bytes', 'swapped-report', { ...honest, statement: `${statementOf()} ` }],
  ['a statement signed in other bytes', 'malformed-report', signed(`${statementOf()} `)],
  [
    'a member that stands twice, signed',
    'malformed-report',
    signed(statementOf().replace('{', '{"answers":1,')),
  ],
  [
    'another statement’s signature',
    'swapped-report',
    {
      ...honest,
      signature: signed(statementOf({ ...STATED, answers: 1 })).signature,
    },
  ],
  ['somebody else’s key', 'foreign-key', signed(statementOf(), otherKey)],
  [
    'a signature altered',
    'forged-signature',
    {
      ...honest,
      signature: honest.signature.replace(/\n[^\n]{44}\n/, `\n${hash('sha256', unsigned, 'base64')}\n`),
      statement: unsigned,
    },
  ],
  [
    'another log’s',
    'wrong-log',
    { ...honest, signature: honest.signature.replaceAll(LOG, 'national-data-gateway/gw-2') },
  ],
  ['a checkpoint for a signature', 'wrong-log', { ...honest, signature: honestLog().checkpoints[0]?.note }],
  ['no signature', 'malformed-report', { statement: honest.statement }],
  ['no report', 'malformed-report', { data: { breachReport: null } }],
  ['no JSON', 'malformed-report', Buffer.from('{')],
  ['no text', 'malformed-report', Buffer.from([0xff, 0xfe])],
  ['a member that the format does not have', 'malformed-report', signed(statementOf({ ...STATED, more: 1 }))],
  [
    'a statement without whom to notify',
    'malformed-report',
    signed(statementOf({ ...STATED, notify: null }).replace('"notify":null,', '')),
  ],
];

test.each(ATTACKS_ON_IT)('%s: %s', (_name, attack, report) => {
  const result = verified(report);
  expect(result.faults.map((one) => one.attack)).toEqual([attack]);
  expect(result).toMatchObject({ verdict: 'tampered', breachReports: [{ stated: null }] });
  expect(verifyReportText(result)).toContain('Breach report report.json: not proven');
  expect(verifyReportText(result)).not.toMatch(/\d{12}/);
});
