import { expect, test } from 'vitest';
import type { Evaluation, EvaluationResult } from '../../../src/sources/binding.ts';
import { ageAtLeast, isAdult, livesIn, matches } from '../../../src/sources/population/evaluations.ts';
import { BROKEN, type RecordValue } from '../../../src/sources/records/record.ts';

const TODAY = '2026-11-21';

function answer(evaluation: Evaluation, person: RecordValue, given: Record<string, unknown>) {
  return evaluation.evaluate(person, person, given, TODAY);
}

type Row = readonly [
  what: string,
  person: RecordValue,
  given: Record<string, unknown>,
  wanted: EvaluationResult,
];

const ANH = { name: { full: 'NGUYỄN THỊ HOÀ' }, birthDate: '1990-05-12' };
const MATCHES: readonly Row[] = [
  ['both fit', ANH, { fullName: 'Nguyễn Thị Hoà', birthDate: '1990-05-12' }, true],
  ['the tone stands elsewhere', ANH, { fullName: 'nguyễn  thị hòa ', birthDate: '1990-05-12' }, true],
  ['another name', ANH, { fullName: 'Nguyễn Thị Hòe', birthDate: '1990-05-12' }, false],
  ['part of the name', ANH, { fullName: 'Hoà', birthDate: '1990-05-12' }, false],
  ['no name', ANH, { fullName: '', birthDate: '1990-05-12' }, false],
  ['the day before', ANH, { fullName: 'Nguyễn Thị Hoà', birthDate: '1990-05-11' }, false],
  ['less than is known', ANH, { fullName: 'Nguyễn Thị Hoà', birthDate: '1990' }, false],
  [
    'the year alone is known',
    { ...ANH, birthDate: '1990' },
    { fullName: 'Nguyễn Thị Hoà', birthDate: '1990-05-12' },
    true,
  ],
  [
    'and it is another',
    { ...ANH, birthDate: '1991' },
    { fullName: 'Nguyễn Thị Hoà', birthDate: '1990-05-12' },
    false,
  ],
  [
    'the month alone is known',
    { ...ANH, birthDate: '1990-05' },
    { fullName: 'Nguyễn Thị Hoà', birthDate: '1990-05-31' },
    true,
  ],
  [
    'and it is another',
    { ...ANH, birthDate: '1990-06' },
    { fullName: 'Nguyễn Thị Hoà', birthDate: '1990-05-31' },
    false,
  ],
  ['a broken name', { ...ANH, name: { full: BROKEN } }, { fullName: 'A', birthDate: '1990-05-12' }, BROKEN],
  [
    'a name that is broken as a whole',
    { ...ANH, name: BROKEN },
    { fullName: 'A', birthDate: '1990-05-12' },
    BROKEN,
  ],
  ['a name that was not stored', { birthDate: '1990' }, { fullName: 'A', birthDate: '1990' }, BROKEN],
  [
    'a broken birth date',
    { ...ANH, birthDate: BROKEN },
    { fullName: 'Nguyễn Thị Hoà', birthDate: '1990' },
    BROKEN,
  ],
  ['no birth date', { name: ANH.name }, { fullName: 'Nguyễn Thị Hoà', birthDate: '1990' }, BROKEN],
];
test.each(MATCHES)('matches: %s', (_what, person, given, wanted) => {
  expect(answer(matches, person, given)).toBe(wanted);
});

const born = (birthDate: unknown): RecordValue => ({ birthDate });
const ADULTS: readonly Row[] = [
  ['the day before the 18th birthday', born('2008-11-22'), { on: TODAY }, false],
  ['on the 18th birthday', born('2008-11-21'), { on: TODAY }, true],
  ['on a past day', born('2008-11-21'), { on: '2026-11-20' }, false],
  ['on a day to come', born('2010-01-01'), { on: '2028-01-01' }, true],
  ['before the birth', born('1990-05-12'), { on: '1990-05-11' }, false],
  ['born on 29 February, the day before', born('2008-02-29'), { on: '2026-02-28' }, false],
  ['born on 29 February, on 1 March', born('2008-02-29'), { on: '2026-03-01' }, true],
  ['a year that leaves it open', born('2008'), { on: TODAY }, null],
  ['the year before', born('2007'), { on: TODAY }, true],
  ['the year after', born('2009'), { on: TODAY }, false],
  ['a month that leaves it open', born('2008-11'), { on: TODAY }, null],
  ['the month before', born('2008-10'), { on: TODAY }, true],
  ['the month after', born('2008-12'), { on: TODAY }, false],
  ['a broken birth date', born(BROKEN), { on: TODAY }, BROKEN],
  ['no birth date', {}, { on: TODAY }, BROKEN],
  ['a malformed birth date', born('12/05/1990'), { on: TODAY }, BROKEN],
  ['a day that is none', born('1990-05-12'), { on: '2026-02-29' }, null],
  ['a day in another form', born('1990-05-12'), { on: '21/11/2026' }, null],
  ['a day that is a number', born('1990-05-12'), { on: 20261121 }, null],
  ['a list of days', born('1990-05-12'), { on: [TODAY] }, null],
];
test.each(ADULTS)('isAdult: %s', (_what, person, given, wanted) => {
  expect(answer(isAdult, person, given)).toBe(wanted);
});

const AGES: readonly Row[] = [
  ['the day before the 14th birthday', born('2012-11-22'), { years: 14, on: TODAY }, false],
  ['on the 14th birthday', born('2012-11-21'), { years: 14, on: TODAY }, true],
  ['the day before the 60th', born('1966-11-22'), { years: 60, on: TODAY }, false],
  ['on the 60th', born('1966-11-21'), { years: 60, on: TODAY }, true],
  ['on a past day', born('1966-11-21'), { years: 60, on: '2026-11-20' }, false],
  ['no years, the day before the birth', born('2026-11-22'), { years: 0, on: TODAY }, false],
  ['no years, on the day of birth', born('2026-11-21'), { years: 0, on: TODAY }, true],
  ['150 years, not yet', born('1876-11-22'), { years: 150, on: TODAY }, false],
  ['150 years', born('1876-11-21'), { years: 150, on: TODAY }, true],
  ['151 years', born('1800-01-01'), { years: 151, on: TODAY }, null],
  ['-1 years', born('1990-05-12'), { years: -1, on: TODAY }, null],
  ['years that are none', born('1990-05-12'), { years: undefined, on: TODAY }, null],
  ['a year that leaves it open', born('2010'), { years: 16, on: TODAY }, null],
  ['a year that is old enough', born('2009'), { years: 16, on: TODAY }, true],
  ['a broken birth date', born(BROKEN), { years: 16, on: TODAY }, BROKEN],
  ['a day that is none', born('1990-05-12'), { years: 16, on: 'today' }, null],
];
test.each(AGES)('ageAtLeast: %s', (_what, person, given, wanted) => {
  expect(answer(ageAtLeast, person, given)).toBe(wanted);
});

const home = (generation: string, provinceCode: string, communeCode: string): RecordValue => ({
  residenceUnit: { generation, provinceCode, communeCode },
});
const HOMES: readonly Row[] = [
  ['the commune', home('current', '01', '00070'), { unitCode: '00070' }, true],
  ['another commune', home('current', '01', '00070'), { unitCode: '00097' }, false],
  ['the province', home('current', '01', '00070'), { unitCode: '01' }, true],
  ['another province', home('current', '01', '00070'), { unitCode: '79' }, false],
  ['the successor of a former commune', home('former', '01', '00043'), { unitCode: '00070' }, true],
  ['a former commune’s own code', home('former', '01', '00043'), { unitCode: '00043' }, false],
  ['today’s province of a former one', home('former', '02', '00692'), { unitCode: '08' }, true],
  ['a province that is no more', home('former', '02', '00692'), { unitCode: '02' }, false],
  ['a commune that was split', home('former', '01', '00007'), { unitCode: '00070' }, null],
  ['the province of one that was split', home('former', '01', '00007'), { unitCode: '01' }, true],
  ['another than that', home('former', '01', '00007'), { unitCode: '79' }, false],
  ['a commune outside the table', home('current', '01', '99999'), { unitCode: '99999' }, null],
  ['its province', home('current', '01', '99999'), { unitCode: '01' }, true],
  ['a commune without its time', home('undated', '01', '00070'), { unitCode: '00070' }, null],
  ['the province of one without its time', home('undated', '01', '00070'), { unitCode: '01' }, true],
  ['a commune of another province', home('current', '79', '00070'), { unitCode: '79' }, null],
  ['its commune', home('current', '79', '00070'), { unitCode: '00070' }, null],
  ['no residence', { residenceUnit: null }, { unitCode: '01' }, null],
  ['a broken residence', { residenceUnit: BROKEN }, { unitCode: '01' }, BROKEN],
  ['a residence that was not stored', {}, { unitCode: '01' }, BROKEN],
];
test.each(HOMES)('livesIn: %s', (_what, person, given, wanted) => {
  expect(answer(livesIn, person, given)).toBe(wanted);
});

test.each([
  ['00070', '00070'],
  ['01', '01'],
  ['', undefined],
  ['1', undefined],
  ['007', undefined],
  ['000700', undefined],
  ['0007O', undefined],
  [' 01', undefined],
  ['٠١', undefined],
])('a unit code: "%s"', (code, wanted) => {
  expect(livesIn.identifiers['unitCode']?.(code)).toBe(wanted);
});
