import { hash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { canonicalJson, type JsonValue } from '../../../src/log-format/canonical-json.ts';
import { signNote } from '../../../src/log-format/notes/signed-note.ts';
import type { Attack } from '../../../src/independent/verify/faults/attacks.ts';
import { verifyReportText } from '../../../src/independent/verify/verdict/verify-report.ts';
import { verifyExport, verifyHeld } from '../../../src/independent/verify/verify-export.ts';
import type { VerifyResult } from '../../../src/independent/verify/verdict/verify-result.ts';
import { honestLog, LOG, otherKey, person, signerOf, writeExport } from './vectors/forged-export.ts';
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

  test('beside an export', () => {
    const folder = writeExport(honestLog().export());
    const bytes = Buffer.from(JSON.stringify(honest));
    const result = verifyExport(folder, { ...evidenceOf({}), breachReports: [{ name: 'r', bytes }] });
    rmSync(folder, { recursive: true });
    expect(result).toMatchObject({ verdict: 'verified', breachReports: [{ stated: { answers: 9 } }] });
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
