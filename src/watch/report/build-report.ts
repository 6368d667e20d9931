import type { AccessLogReader } from '../../access-log/read/log-reader.ts';
import type { AnswerTally } from '../../access-log/read/search/tally-answers.ts';
import { endOfVietNamDay, startOfVietNamDay } from '../../log-format/viet-nam-time.ts';
import type { LedgerCounts, LedgerSpan } from '../../prefill/ledger/ledger-file.ts';
import { reportLedger } from '../../prefill/ledger/ledger-report.ts';
import type { Procedures } from '../../prefill/procedures/procedures.ts';
import { PROVINCES } from '../../units/provinces.ts';
import { COMMUNES } from '../../units/communes.ts';
import { levelOfUnit, type Level } from '../judge/level.ts';
import type { RegisteredOffice } from '../live/live-sources.ts';
import type { KeptActivity } from '../series/activity.ts';
import { dayBefore, SERIES_LIMITS } from '../series/activity-series.ts';
import { countAlerts, readAlertActs } from './count-alerts.ts';
import { agencyOf, answersIn, countBy, namedCounts, totalsOf } from './count-units.ts';
import type { DailyReport, LevelShare, ReportSystem } from './daily-report.ts';
import { keptOf, timeOf } from './kept-times.ts';
import { reportFlags } from './report-flags.ts';
import { reportProcedures, reportRegisters, reportUnits, type UnitSources } from './report-tables.ts';

/** Everything that a report is made of. */
export interface ReportSources {
  readonly instance: string;
  readonly reader: Pick<AccessLogReader, 'tally' | 'search'>;
  /** Kept days of the series, both ends included. */
  readonly series: (from: string, to: string) => readonly KeptActivity[];
  readonly ledger: (span: LedgerSpan) => LedgerCounts;
  readonly procedures: Procedures;
  /** Names in the law by register. */
  readonly registerNames: ReadonlyMap<string, string>;
  /** The registered client behind an office; null where there is none any more. */
  readonly officeOf: (client: string) => RegisteredOffice | null;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Makes the report of a day, which may be going on. Rejects with LogUnreadable. */
export async function buildReport(sources: ReportSources, day: string): Promise<DailyReport> {
  const capturedAt = sources.now();
  const [from, end] = [startOfVietNamDay(day), endOfVietNamDay(day)];
  const until = Math.min(end, capturedAt);
  const isProvisional = capturedAt <= end;
  const dayEarlier = dayBefore(day);
  const tally = await sources.reader.tally({ from, until });
  const earlier = await sources.reader.tally({ from: startOfVietNamDay(dayEarlier), until: from - 1 });
  const kept = sources.series(dayBefore(day, SERIES_LIMITS.remembered.value), day);
  const today = kept.filter((row) => row.day === day);
  const ledgerOf = (one: string) =>
    reportLedger(
      { from: one, to: one },
      sources.ledger({ from: one, to: one }),
      sources.procedures,
      () => true,
    );
  const ledger = ledgerOf(day);
  const ledgerBefore = ledgerOf(dayEarlier);
  const formsIn = ({ rows }: typeof ledger): number => rows.reduce((sum, { forms }) => sum + forms, 0);
  // A day that is going on is not compared with a whole one.
  const isComparable = !isProvisional && hasAnswers(earlier);
  const units: UnitSources = {
    tally,
    earlier: isComparable ? earlier : null,
    today,
    ledger,
    officeOf: sources.officeOf,
  };
  const rows = answersIn(tally);
  const communes = today.filter(({ scope }) => scope === 'commune');
  const provinces = reportUnits('province', units);
  const officeName = (client: string): string => sources.officeOf(client)?.name ?? client;
  return {
    v: 1,
    kind: 'daily-report',
    day,
    capturedAt: new Date(capturedAt).toISOString(),
    cutOff: new Date(until).toISOString(),
    isProvisional,
    instance: sources.instance,
    logs: tally.logs,
    missing: tally.missing,
    totals: totalsOf(tally, formsIn(ledger)),
    before: isComparable ? totalsOf(earlier, formsIn(ledgerBefore)) : null,
    hours: tally.hours,
    purposes: namedCounts(countBy(rows, ({ purpose }) => purpose ?? '-')),
    codes: namedCounts(countBy(rows, ({ code }) => code ?? 'OK')),
    registers: reportRegisters(sources.registerNames, rows, today),
    provinces,
    offices: reportUnits('office', units),
    agencies: namedCounts(countBy(rows, agencyOf)),
    procedures: reportProcedures(ledger),
    indicators: ledger.indicators,
    askingAnyway: ledger.askingAnyway.map(({ office, askedAnyway }) => ({
      office: officeName(office),
      askedAnyway,
    })),
    levels: [
      levelShare('PROVINCE', provinces, PROVINCES.length),
      levelShare('COMMUNE', communes.map(judged), COMMUNES.length),
    ],
    system: systemOf(today),
    alerts: countAlerts(await readAlertActs(sources.reader, until), { from, until }, officeName),
    flags: reportFlags(kept, until, { registerNames: sources.registerNames, officeName }),
  };
}

/** Whether anybody asked anything. */
export function hasAnswers(tally: AnswerTally): boolean {
  return answersIn(tally).length > 0;
}

function judged(row: KeptActivity): { readonly level: Level } {
  return { level: levelOfUnit({ ...row, p99Ms: timeOf(row, 0.99) }) };
}

function levelShare(
  scope: LevelShare['scope'],
  units: readonly { readonly level: Level }[],
  all: number,
): LevelShare {
  const count = (level: Level): number => units.filter((unit) => unit.level === level).length;
  const [red, yellow, green] = [count('RED'), count('YELLOW'), count('GREEN')];
  return { scope, red, yellow, green, grey: all - red - yellow - green };
}

function systemOf(today: readonly KeptActivity[]): ReportSystem {
  const gateway = keptOf(today, 'gateway', '');
  const { requests = 0, failed = 0 } = gateway ?? {};
  return {
    availablePercent: requests === 0 ? null : Math.round((10_000 * (requests - failed)) / requests) / 100,
    p50Ms: timeOf(gateway, 0.5),
    p99Ms: timeOf(gateway, 0.99),
  };
}
