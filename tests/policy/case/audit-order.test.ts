import { expect, test } from 'vitest';
import {
  NO_PAPERS,
  paperFor,
  type Auditor,
  type AuditOrder,
  type AuditPapers,
} from '../../../src/policy/case/audit-order.ts';
import { complaintSubject } from '../../../src/policy/case/complaint-subject.ts';

const ORDER: AuditOrder = {
  number: 'KT-261121-0001',
  auditor: 'auditor',
  officers: null,
  agencies: null,
  from: '2026-01-01',
  until: '2026-06-30',
  expires: '2026-12-31',
  isApprovedBySubject: false,
};
const NARROW: AuditOrder = { ...ORDER, number: 'KT-261121-0002', officers: ['ktv.minh', 'ktv.lan'] };
const COMPLAINT = {
  number: 'KN-261122-0001',
  auditor: 'auditor',
  expires: '2026-12-31',
  subject: 'ab'.repeat(32),
};
const PAPERS: AuditPapers = {
  ...NO_PAPERS,
  orders: new Map([ORDER, NARROW].map((one) => [one.number, one])),
  complaints: new Map([[COMPLAINT.number, COMPLAINT]]),
};
const MINH: Auditor = { clientId: 'auditor', officer: 'ktv.minh' };
const OTHER: Auditor = { clientId: 'other-auditor', officer: 'ktv.minh' };
const STRANGER: Auditor = { clientId: 'auditor', officer: 'ktv.khac' };

test.each([
  ['in force', ORDER.number, MINH, '2026-11-22', ORDER],
  ['on its last day', ORDER.number, MINH, '2026-12-31', ORDER],
  ['the day after', ORDER.number, MINH, '2027-01-01', null],
  ['before the period that it opens', ORDER.number, MINH, '2025-12-01', ORDER],
  ['of another client', ORDER.number, OTHER, '2026-11-22', null],
  ['that names the officer', NARROW.number, MINH, '2026-11-22', NARROW],
  ['that names others', NARROW.number, STRANGER, '2026-11-22', null],
  ['that names nobody, for anybody of the client', ORDER.number, STRANGER, '2026-11-22', ORDER],
  ['that there is not', 'KT-261121-0009', MINH, '2026-11-22', null],
  ['by no number', '', MINH, '2026-11-22', null],
  ['by a name that every object has', 'constructor', MINH, '2026-11-22', null],
  ['of a complaint', COMPLAINT.number, STRANGER, '2026-11-22', COMPLAINT],
  ['of a complaint that expired', COMPLAINT.number, MINH, '2027-01-01', null],
  ['of a complaint given to another', COMPLAINT.number, OTHER, '2026-11-22', null],
] as const)('a paper %s', (_name, number, auditor, today, paper) => {
  expect(paperFor(PAPERS, number, auditor, today)).toBe(paper);
});

test('a complaint names its person by a digest that its number salts', async () => {
  const digest = await complaintSubject('KN-261122-0001', '001190900011');
  expect(digest).toMatch(/^[0-9a-f]{64}$/);
  expect(await complaintSubject('KN-261122-0001', '001190900011')).toBe(digest);
  expect(await complaintSubject('KN-261122-0002', '001190900011')).not.toBe(digest);
  expect(await complaintSubject('KN-261122-0001', '001190900012')).not.toBe(digest);
});
