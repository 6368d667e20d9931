import type { AnswerTally, TalliedAnswers } from '../../access-log/read/search/tally-answers.ts';
import type { LedgerReport } from '../../prefill/ledger/ledger-report.ts';
import { PROVINCES } from '../../units/provinces.ts';
import { byLevel, levelOfRegister, levelOfUnit, LEVEL_LIMITS } from '../judge/level.ts';
import { percentOf } from '../live/figures.ts';
import type { RegisteredOffice } from '../live/live-sources.ts';
import type { KeptActivity } from '../series/activity.ts';
import { answersIn, countBy, provinceOf, type UnitCount } from './count-units.ts';
import type { ReportProcedure, ReportRegister, ReportUnit } from './daily-report.ts';
import { keptOf, timeOf } from './kept-times.ts';
import { ranksOf } from './rank.ts';

/** Registers, the worst first: answers by the log, calls and times by the kept series. */
export function reportRegisters(
  names: ReadonlyMap<string, string>,
  rows: readonly TalliedAnswers[],
  today: readonly KeptActivity[],
): readonly ReportRegister[] {
  return [...names]
    .map(([register, name]): ReportRegister => {
      const kept = keptOf(today, 'register', register);
      const answers = rows.reduce(
        (sum, row) => sum + (row.registers.includes(register) ? row.answers : 0),
        0,
      );
      const p99Ms = timeOf(kept, 0.99);
      const { requests = 0, failed = 0 } = kept ?? {};
      return {
        register,
        name,
        level: levelOfRegister({ requests, refused: 0, failed, p99Ms }, null),
        answers,
        calls: kept?.requests ?? null,
        failed: kept?.failed ?? null,
        failedPercent: percentOf(failed, requests),
        p50Ms: timeOf(kept, 0.5),
        p99Ms,
      };
    })
    .sort(byLevel);
}

export interface UnitSources {
  readonly tally: AnswerTally;
  /** The day before; null where it is not to be compared with. */
  readonly earlier: AnswerTally | null;
  readonly today: readonly KeptActivity[];
  readonly ledger: LedgerReport;
  readonly officeOf: (client: string) => RegisteredOffice | null;
}

/**
 * Provinces or offices, the worst first, ranked by their share of answered requests. The unit of an answer is where its client is
 * registered, since the log keeps no other; so a recount from an export gives the same.
 */
export function reportUnits(scope: 'province' | 'office', sources: UnitSources): readonly ReportUnit[] {
  const { tally, earlier, today, ledger, officeOf } = sources;
  const codeOf = ({ client, kind }: TalliedAnswers): string | null =>
    kind !== 'agency' ? null : scope === 'office' ? client : provinceOf(officeOf(client));
  const counts = countBy(answersIn(tally), codeOf);
  const before = earlier && countBy(answersIn(earlier), codeOf);
  const codes = scope === 'province' ? PROVINCES.map(({ code }) => code) : [...counts.keys()].sort();
  const ranks = ranksOf(new Map(codes.map((code) => [code, shareOf(counts.get(code))])));
  const ranksBefore = before && ranksOf(new Map(codes.map((code) => [code, shareOf(before.get(code))])));
  const names = new Map(PROVINCES.map(({ code, name }) => [code, name]));
  const agencies = new Map(tally.rows.map(({ client, agency }) => [client, agency]));
  return codes
    .map((code): ReportUnit => {
      const { answers = 0, refused = 0 } = counts.get(code) ?? {};
      const kept = keptOf(today, scope, code);
      const p99Ms = timeOf(kept, 0.99);
      return {
        code,
        name: (scope === 'province' ? names : agencies).get(code) ?? code,
        province: scope === 'office' ? provinceOf(officeOf(code)) : null,
        level: levelOfUnit({ requests: answers, refused, failed: 0, p99Ms }),
        answers,
        refused,
        answeredPercent: percentOf(answers - refused, answers),
        forms: ledger.rows.reduce((sum, row) => sum + (row[scope] === code ? row.forms : 0), 0),
        p50Ms: timeOf(kept, 0.5),
        p99Ms,
        rank: ranks.get(code) ?? null,
        rankBefore: ranksBefore?.get(code) ?? null,
        answersBefore: before ? (before.get(code)?.answers ?? 0) : null,
      };
    })
    .sort(
      (one, other) => byLevel(one, other) || other.answers - one.answers || (one.code < other.code ? -1 : 1),
    );
}

/** Procedures whose forms were asked for, the most first. */
export function reportProcedures({ rows }: LedgerReport): readonly ReportProcedure[] {
  return [...Map.groupBy(rows, ({ procedure }) => procedure)]
    .map(([procedure, own]): ReportProcedure => {
      const sum = (name: Exclude<keyof ReportProcedure, 'procedure' | 'name'>): number =>
        own.reduce((total, row) => total + row[name], 0);
      return {
        procedure,
        name: own[0]?.procedureName ?? '',
        forms: sum('forms'),
        usingPopulation: sum('usingPopulation'),
        fullyReused: sum('fullyReused'),
        answered: sum('answered'),
        partly: sum('partly'),
        needed: sum('needed'),
        askedAnyway: sum('askedAnyway'),
      };
    })
    .sort((one, other) => other.forms - one.forms || (one.procedure < other.procedure ? -1 : 1));
}

/** Percent of answered requests; null where they are too few to judge. */
function shareOf(count: UnitCount | undefined): number | null {
  if (!count || count.answers < LEVEL_LIMITS.leastRequests.value) return null;
  return percentOf(count.answers - count.refused, count.answers);
}
