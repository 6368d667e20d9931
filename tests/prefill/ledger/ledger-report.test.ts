import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { countForm, type FormPlace } from '../../../src/prefill/ledger/form-count.ts';
import { openFormLedger } from '../../../src/prefill/ledger/form-ledger.ts';
import { openLedgerFile } from '../../../src/prefill/ledger/ledger-file.ts';
import { ledgerCsv, reportLedger } from '../../../src/prefill/ledger/ledger-report.ts';
import type { ComponentCause, PrefilledForm } from '../../../src/prefill/fill/prefilled-form.ts';
import type { Procedure } from '../../../src/prefill/procedures/procedure.ts';

const PLACE: FormPlace = { day: '2026-11-30', procedure: '1.000001', office: 'office-a', province: '01' };
const SPAN = { from: '2026-11-30', to: '2026-11-30' };
/** Two papers that data can replace, and one that it cannot. */
const PROCEDURE = {
  code: '1.000001',
  name: 'Thủ tục',
  promulgatedBy: 'Bộ Công an',
  components: [
    { name: 'A', replacedBy: 'data' },
    { name: 'B', replacedBy: 'data' },
    { name: 'C', replacedBy: 'none' },
  ],
} as unknown as Procedure;
const PROCEDURES = new Map([[PROCEDURE.code, PROCEDURE]]);

type State = readonly ['REPLACED' | 'PARTLY' | 'NEEDED', ComponentCause | null];

function form(register: string | null, ...states: readonly State[]): PrefilledForm {
  return {
    procedure: PROCEDURE.code,
    name: PROCEDURE.name,
    fields: [{ source: register === null ? null : { register } }],
    components: states.map(([state, cause], index) => ({ name: 'ABC'[index], state, cause })),
    contradictions: [],
  } as unknown as PrefilledForm;
}

const ALL: readonly State[] = [
  ['REPLACED', null],
  ['REPLACED', null],
  ['NEEDED', 'NO_DATA_SOURCE'],
];
const HALF: readonly State[] = [
  ['REPLACED', null],
  ['NEEDED', 'NO_RECORD'],
  ['NEEDED', 'NO_DATA_SOURCE'],
];

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndg-ledger-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function reportOf(
  forms: readonly (readonly [PrefilledForm, ReadonlySet<string>, Partial<FormPlace>?])[],
  isSeen = true,
) {
  const ledger = openFormLedger(folder, () => {
    throw new Error('lost');
  });
  for (const [one, papers, place] of forms)
    ledger.count(countForm({ ...PLACE, ...place }, PROCEDURE, one, papers));
  const counts = ledger.read(SPAN);
  ledger.close();
  return reportLedger(SPAN, counts, PROCEDURES, () => isSeen);
}

const NONE: ReadonlySet<string> = new Set();

describe('the ledger of forms', () => {
  test('counts papers by what became of them, and why', () => {
    const { rows, papers } = reportOf([
      [form('population', ...ALL), NONE],
      [form('land', ...HALF), NONE],
    ]);
    expect(rows).toMatchObject([
      {
        office: 'office-a',
        province: '01',
        forms: 2,
        usingPopulation: 1,
        fullyReused: 1,
        answered: 3,
        partly: 0,
        needed: 3,
      },
    ]);
    expect(papers.map(({ name, state, cause, count }) => [name, state, cause, count])).toEqual([
      ['A', 'REPLACED', null, 2],
      ['B', 'NEEDED', 'NO_RECORD', 1],
      ['B', 'REPLACED', null, 1],
      ['C', 'NEEDED', 'NO_DATA_SOURCE', 2],
    ]);
  });

  test('names offices that ask for paper that data answered, most often first', () => {
    const { askingAnyway } = reportOf([
      [form('population', ...ALL), new Set(['A'])],
      [form('population', ...HALF), new Set(['B', 'C'])],
      [form('population', ...ALL), new Set(['A', 'B', 'C']), { office: 'office-b' }],
    ]);
    expect(askingAnyway).toEqual([
      { office: 'office-b', askedAnyway: 2 },
      { office: 'office-a', askedAnyway: 1 },
    ]);
  });

  test('computes the four indicators, and none where there is nothing to measure', () => {
    const { indicators } = reportOf([
      [form('population', ...ALL), NONE],
      [form(null, ...HALF), NONE],
    ]);
    // 3 of 4 replaceable papers are 75 %, and 80 % gives both points.
    expect(
      indicators.map(({ numerator, denominator, percent, points, maximum }) => [
        numerator,
        denominator,
        percent,
        points,
        maximum,
      ]),
    ).toEqual([
      [3, 4, 75, 1.88, 2],
      [1, 2, 50, 2, 4],
      [1, 2, 50, 1, 2],
      [1, 1, 100, 2, 2],
    ]);
    expect(reportOf([], false).indicators.map(({ percent, points }) => [percent, points])).toEqual([
      [null, null],
      [null, null],
      [null, null],
      [null, null],
    ]);
  });

  test('adds up a span of days, and counts of several instances', () => {
    const ledger = openFormLedger(folder, () => {});
    for (const day of ['2026-11-29', '2026-11-30', '2026-12-01']) {
      ledger.count(countForm({ ...PLACE, day }, PROCEDURE, form('population', ...ALL), NONE));
    }
    ledger.close();
    const file = openLedgerFile(folder, { readOnly: true });
    const counts = file.read({ from: '2026-11-30', to: '2026-12-01' });
    file.close();
    const twice = {
      forms: [...counts.forms, ...counts.forms],
      components: [...counts.components, ...counts.components],
    };
    const { rows } = reportLedger(SPAN, twice, PROCEDURES, () => true);
    expect(rows.map(({ day, forms, answered }) => [day, forms, answered])).toEqual([
      ['2026-11-30', 2, 4],
      ['2026-12-01', 2, 4],
    ]);
  });

  test('prints CSV', () => {
    const report = reportOf([[form('population', ...ALL), NONE, { office: 'a "b", c' }]]);
    expect(ledgerCsv(report)).toBe(
      'day,procedure,procedureName,office,province,forms,usingPopulation,fullyReused,answered,partly,needed,askedAnyway\r\n' +
        '"2026-11-30","1.000001","Thủ tục","a ""b"", c","01",1,1,1,2,0,1,0\r\n',
    );
  });
});
