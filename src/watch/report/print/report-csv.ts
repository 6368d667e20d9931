import type { DailyReport } from '../daily-report.ts';

/** Tables of a report whose rows are named by one member each. */
const NAMED_BY = {
  registers: 'register',
  provinces: 'code',
  offices: 'code',
  agencies: 'name',
  procedures: 'procedure',
  purposes: 'name',
  codes: 'name',
  levels: 'scope',
  indicators: 'name',
  askingAnyway: 'office',
} as const satisfies Partial<Record<keyof DailyReport, string>>;

/** Prints a report as CSV (RFC 4180), one number or word a line: table, code, name, measure, value. An empty value is a missing one. */
export function reportCsv(report: DailyReport): string {
  const lines: (readonly unknown[])[] = [['table', 'code', 'name', 'measure', 'value']];
  for (const name of ['day', 'capturedAt', 'cutOff', 'isProvisional', 'instance', 'missing'] as const) {
    lines.push(['report', '', '', name, report[name]]);
  }
  for (const [measure, value] of Object.entries(report.totals))
    lines.push(['totals', '', '', measure, value]);
  for (const [measure, value] of Object.entries(report.before ?? {}))
    lines.push(['before', '', '', measure, value]);
  for (const [measure, value] of Object.entries(report.system))
    lines.push(['system', '', '', measure, value]);
  for (const [hour, answers] of report.hours.entries()) lines.push(['hours', hour, '', 'answers', answers]);
  for (const [table, member] of Object.entries(NAMED_BY)) {
    for (const row of report[table as keyof typeof NAMED_BY]) {
      const {
        name = '',
        [member]: code = '',
        ...measures
      } = row as unknown as Readonly<Record<string, unknown>>;
      for (const [measure, value] of Object.entries(measures)) {
        lines.push([table, member === 'name' ? name : code, name, measure, value]);
      }
    }
  }
  for (const { scope, code, name, reason, since, days, value, limit } of report.flags) {
    for (const [measure, one] of Object.entries({ since, days, value, limit })) {
      lines.push([`flags ${reason}`, `${scope} ${code}`, name, measure, one]);
    }
  }
  for (const [measure, value] of Object.entries(report.alerts)) {
    if (!Array.isArray(value)) lines.push(['alerts', '', '', measure, value]);
  }
  for (const { name, count } of report.alerts.openedByRule)
    lines.push(['alerts opened', name, '', 'count', count]);
  for (const { name, count } of report.alerts.closedByReason)
    lines.push(['alerts closed', name, '', 'count', count]);
  for (const { office, name, alerts, days } of report.alerts.late) {
    lines.push(['alerts late', office, name, 'alerts', alerts], ['alerts late', office, name, 'days', days]);
  }
  return lines.map((cells) => `${cells.map(cellOf).join(',')}\r\n`).join('');
}

/** A text that a spreadsheet would take for a formula is marked as a text. */
function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value !== 'string') return String(value);
  const text = /^[=+\-@\t]/.test(value) ? `'${value}` : value;
  return `"${text.replaceAll('"', '""')}"`;
}
