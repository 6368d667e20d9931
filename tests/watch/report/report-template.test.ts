import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { SettingFaults } from '../../../src/config/settings/setting-faults.ts';
import type { DailyReport } from '../../../src/watch/report/daily-report.ts';
import { ranksOf } from '../../../src/watch/report/rank.ts';
import { reportCsv } from '../../../src/watch/report/print/report-csv.ts';
import { readReportTemplate } from '../../../src/watch/report/print/report-template.ts';
import { REPORT_FILTERS } from '../../../src/watch/report/print/report-words.ts';

function template(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'template-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'own.liquid');
  writeFileSync(file, text);
  return file;
}

const report = {
  day: '2026-11-25',
  instance: '<script>alert(1)</script>',
  flags: [],
} as unknown as DailyReport;

test('an office’s template prints its own words, and every value is escaped', () => {
  const printed = readReportTemplate(template('{{ report.day | day }} {{ report.instance }}')).print(report);
  expect(printed).toBe('25/11/2026 &lt;script&gt;alert(1)&lt;/script&gt;');
});

test.each([
  ['an unknown filter', '{{ report.day | shout }}'],
  ['a tag that is not closed', '{% if report.day %}'],
])('%s stops the start', (_what, text) => {
  expect(() => readReportTemplate(template(text))).toThrow(/undefined filter|not closed/);
});

test('a fault of the template names the setting', () => {
  expect(() => readReportTemplate(template('{% if %}'))).toThrow(SettingFaults);
  expect(() => readReportTemplate('/nowhere/own.liquid')).toThrow(/REPORT_TEMPLATE/);
});

test('a template reaches nothing but the report, no file and no code', () => {
  const print = (text: string): string => readReportTemplate(template(text)).print(report);
  expect(
    print('[{{ report.constructor }}{{ report.__proto__ }}{{ process }}{{ report.day.constructor.name }}]'),
  ).toBe('[]');
  expect(() => print("{% render '/etc/hostname' %}")).toThrow(/Failed to lookup/);
  expect(() => print("{% include '../../package.json' %}")).toThrow(/Failed to lookup/);
});

test('a template that loops is stopped', () => {
  const loop = '{% for a in (1..99999) %}{% for b in (1..99999) %}x{% endfor %}{% endfor %}';
  expect(() => readReportTemplate(template(loop)).print(report)).toThrow(/limit/);
});

test('ranks with ties are 1-2-2-4, and what cannot be judged has none', () => {
  const values = new Map([
    ['a', 90],
    ['b', 100],
    ['c', 90],
    ['d', 10],
    ['e', null],
  ] as const);
  expect([...ranksOf(values)]).toEqual([
    ['a', 2],
    ['b', 1],
    ['c', 2],
    ['d', 4],
    ['e', null],
  ]);
});

test('numbers and dates as they are written in Viet Nam; missing is not zero', () => {
  const { number, percent, ms, moment, long_date: longDate, decimal } = REPORT_FILTERS;
  expect([number(1234567), number(0), number(null), number(undefined, 'Chưa đủ kỳ')]).toEqual([
    '1.234.567',
    '0',
    'Chưa có dữ liệu',
    'Chưa đủ kỳ',
  ]);
  expect([percent(12.5), percent(null), ms(null), decimal(null)]).toEqual([
    '12,5%',
    'Không áp dụng',
    'Chưa có dữ liệu',
    'Không áp dụng',
  ]);
  expect(moment('2026-11-30T17:05:09Z')).toBe('00:05:09 ngày 01/12/2026');
  expect([
    longDate('2026-02-05T00:00:00Z'),
    longDate('2026-11-30T00:00:00Z'),
    longDate('2026-03-05T00:00:00Z'),
  ]).toEqual(['ngày 05 tháng 02 năm 2026', 'ngày 30 tháng 11 năm 2026', 'ngày 05 tháng 3 năm 2026']);
});

test('CSV: a text that a spreadsheet would run is marked as a text', () => {
  const empty = {
    registers: [],
    provinces: [],
    offices: [],
    procedures: [],
    purposes: [],
    codes: [],
    levels: [],
    indicators: [],
    askingAnyway: [],
    hours: [],
  };
  const alerts = { openedByRule: [], closedByReason: [], late: [] };
  const given = {
    ...report,
    ...empty,
    totals: {},
    before: null,
    system: {},
    alerts,
    agencies: [{ name: '=cmd|"x"', answers: 1, refused: 0 }],
  };
  expect(reportCsv(given as unknown as DailyReport)).toContain(
    `"agencies","'=cmd|""x""","'=cmd|""x""","answers",1\r\n`,
  );
});
