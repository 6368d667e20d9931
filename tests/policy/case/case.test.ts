import { expect, test } from 'vitest';
import {
  decideCase,
  isCaseId,
  subjectsNotParties,
  type CaseFacts,
  type CaseFault,
  type CaseInquiry,
} from '../../../src/policy/case/case.ts';

test.each([
  ['H26-261121-0001', true],
  ['000.00.01.H26-261121-0001', true],
  ['000.A0.01.H26-210212-0090', true],
  ['38.98.H29-210519-0013', true],
  ['H26.12-261121-0001', true],
  ['H26.12.03.005-261121-0001', true],
  ['G09.01-261121-0001', true],
  ['H26.-261121-0001', false],
  ['.H26-261121-0001', false],
  ['000.00.01-261121-0001', false],
  ['00.00.00.00.00.H26-261121-0001', false],
  ['000.00.01.H26', false],
  ['000.00.01.H26.12-261121-0001', false],
  ['000.00.01.H26-20261121-0001', false],
  ['h26-261121-0001', false],
  ['H26-261121-00011', false],
  ['H26-261121-0001\n', false],
  ['H٢٦-261121-0001', false],
  ['KT-261121-0001', false],
  ['', false],
])('dossier number %j: %s', (value, isOne) => {
  expect(isCaseId(value)).toBe(isOne);
});

const AN = '001190912345';
const BA = '001192954321';
const STRANGER = '079085000001';

/** Of the caller's office and officer, about An and Ba; the question is about An. */
const FACTS: CaseFacts = {
  isOpen: true,
  receivedBy: 'hn-land-office',
  receivedOn: '2026-11-21',
  procedure: '1.013831',
  officers: ['officer.one', 'officer.two'],
  parties: new Set([AN, BA]),
  partiesListed: [
    { kind: 'person', key: AN },
    { kind: 'person', key: BA },
  ],
};
const QUESTION: CaseInquiry = {
  caseId: 'H26-261121-0001',
  clientId: 'hn-land-office',
  officer: 'officer.one',
  purpose: 'land-registration',
  unit: null,
  subjects: [AN],
};
const PROCEDURES = ['1.013831', '1.012783'];

interface Row {
  readonly why: string;
  readonly facts?: Partial<CaseFacts> | null;
  readonly asked?: Partial<CaseInquiry>;
  readonly procedures?: readonly string[];
  readonly fault: CaseFault | null;
}

const TABLE: readonly Row[] = [
  { why: 'as it should be', fault: null },
  { why: 'assigned to the second of two officers', asked: { officer: 'officer.two' }, fault: null },
  { why: 'of the other procedure of the agreement', facts: { procedure: '1.012783' }, fault: null },
  { why: 'about both parties', asked: { subjects: [AN, BA] }, fault: null },
  { why: 'about one party named twice', asked: { subjects: [AN, AN] }, fault: null },
  { why: 'about nobody that can be named', asked: { subjects: [] }, fault: null },
  { why: 'received long ago', facts: { receivedOn: '2019-01-02' }, fault: null },
  { why: 'whatever the unit', asked: { unit: '00070' }, fault: null },
  {
    why: 'whatever the purpose: the agreement’s procedures decide',
    asked: { purpose: 'form-prefill' },
    fault: null,
  },

  { why: 'no such dossier', facts: null, fault: 'unknown' },
  { why: 'no such dossier, asked about nobody', facts: null, asked: { subjects: [] }, fault: 'unknown' },

  { why: 'closed', facts: { isOpen: false }, fault: 'closed' },
  { why: 'closed, asked about nobody', facts: { isOpen: false }, asked: { subjects: [] }, fault: 'closed' },

  { why: 'another office’s', facts: { receivedBy: 'hn-hoankiem-civil' }, fault: 'foreign-office' },
  { why: 'asked by another office', asked: { clientId: 'inspectorate' }, fault: 'foreign-office' },
  { why: 'an office of the same beginning', asked: { clientId: 'hn-land' }, fault: 'foreign-office' },
  { why: 'an office in capitals', asked: { clientId: 'HN-LAND-OFFICE' }, fault: 'foreign-office' },
  { why: 'an office without a name', facts: { receivedBy: '' }, fault: 'foreign-office' },

  { why: 'assigned to somebody else', facts: { officers: ['officer.three'] }, fault: 'unassigned' },
  { why: 'assigned to nobody', facts: { officers: [] }, fault: 'unassigned' },
  { why: 'an officer of the same beginning', asked: { officer: 'officer' }, fault: 'unassigned' },
  { why: 'an officer in capitals', asked: { officer: 'OFFICER.ONE' }, fault: 'unassigned' },
  { why: 'the office is no officer', asked: { officer: 'hn-land-office' }, fault: 'unassigned' },

  { why: 'of another procedure', facts: { procedure: '1.004222' }, fault: 'procedure' },
  { why: 'of a procedure of the same beginning', facts: { procedure: '1.0138311' }, fault: 'procedure' },
  { why: 'of no procedure', facts: { procedure: '' }, fault: 'procedure' },
  { why: 'an agreement without procedures', procedures: [], fault: 'procedure' },
  { why: 'an agreement for another procedure', procedures: ['1.012783'], fault: 'procedure' },

  { why: 'about a stranger', asked: { subjects: [STRANGER] }, fault: 'not-a-party' },
  { why: 'about a party and a stranger', asked: { subjects: [AN, STRANGER] }, fault: 'not-a-party' },
  {
    why: 'a dossier without parties',
    facts: { parties: new Set(), partiesListed: [] },
    fault: 'not-a-party',
  },
  // What the service confirms of those asked decides; the list only tells whom else a path may begin at.
  { why: 'listed, but not confirmed', facts: { parties: new Set([BA]) }, fault: 'not-a-party' },
  {
    why: 'confirmed, though its code reads otherwise in the list',
    facts: { partiesListed: [] },
    fault: null,
  },
  { why: 'a party’s id with a space', asked: { subjects: [`${AN} `] }, fault: 'not-a-party' },

  // The first fault is the one on record.
  {
    why: 'closed, foreign, unassigned, unfitting, about others',
    facts: { isOpen: false, receivedBy: 'x', officers: [], procedure: 'x', parties: new Set() },
    fault: 'closed',
  },
  {
    why: 'foreign, unassigned, unfitting, about others',
    facts: { receivedBy: 'x', officers: [], procedure: 'x', parties: new Set() },
    fault: 'foreign-office',
  },
  {
    why: 'unassigned, unfitting, about others',
    facts: { officers: [], procedure: 'x', parties: new Set() },
    fault: 'unassigned',
  },
  { why: 'unfitting, about others', facts: { procedure: 'x', parties: new Set() }, fault: 'procedure' },
];

test.each(TABLE)('$why: $fault', ({ facts, asked, procedures = PROCEDURES, fault }) => {
  const known = facts === null ? null : { ...FACTS, ...facts };
  expect(decideCase(known, { ...QUESTION, ...asked }, new Set(procedures))).toBe(fault);
});

test('those who are not parties, in the order asked', () => {
  const question = { ...QUESTION, subjects: [STRANGER, AN, '0100109106', BA] };
  expect(subjectsNotParties(FACTS, question)).toEqual([STRANGER, '0100109106']);
  expect(subjectsNotParties(FACTS, { ...QUESTION, subjects: [] })).toEqual([]);
});
