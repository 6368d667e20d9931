import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { csvOf } from '../../../src/console/auditor/csv.ts';

const ENTRY = {
  id: 'a'.repeat(32),
  n: 0,
  time: '2026-11-22T02:30:00.000Z',
  agency: 'Thanh tra, "Chính phủ"',
  client: 'inspectorate',
  officer: 'le.van.an',
  callerKind: 'agency',
  purpose: 'inspection',
  legalBasis: 'dòng 1\ndòng 2',
  case: 'H26-261121-0001',
  agreement: 'inspection',
  agreementVersion: 3,
  code: null,
  outcome: 'DISCLOSED',
  rule: null,
  operationName: null,
  subject: { kind: 'PERSON', key: '001199000001' },
  disclosed: [{ register: 'population', status: 'value', coordinates: ['Citizen.name', 'PersonName.full'] }],
} as const;

function rowOf(changes: object): Record<string, string> {
  const rows: Record<string, string>[] = parse(csvOf([{ ...ENTRY, ...changes }]), {
    columns: true,
    bom: true,
  });
  return rows[0] ?? {};
}

it('writes fixed columns that another reader takes', () => {
  expect(rowOf({})).toMatchObject({
    time: ENTRY.time,
    time_vn: '22/11/2026 09:30:00',
    agency: ENTRY.agency,
    legal_basis: ENTRY.legalBasis,
    agreement_version: '3',
    subject: '001199000001',
    fields: 'Citizen.name PersonName.full',
    code: '',
  });
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =cmd|calc', '="a"'])(
  'lets no spreadsheet run %j',
  (officer) => {
    expect(rowOf({ officer })['officer']).toBe(`'${officer}`);
  },
);
