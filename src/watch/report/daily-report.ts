import type { ReuseIndicator } from '../../prefill/ledger/reuse-indicators.ts';
import type { LiveFlag } from '../live/live-state.ts';
import type { Level } from '../judge/level.ts';

/** The report of one day of Viet Nam, as it is signed. It holds counts, and no person, dossier or officer. */
export interface DailyReport {
  readonly v: 1;
  readonly kind: 'daily-report';
  readonly day: string;
  /** The true time of capture, ISO 8601. All else of a day that has ended is the same whenever it is made. */
  readonly capturedAt: string;
  /** The last moment that it counts, ISO 8601. */
  readonly cutOff: string;
  /** The day was not over: "Số liệu tạm thời". */
  readonly isProvisional: boolean;
  readonly instance: string;
  /** Entries that were counted, up to but not `to`; the last proof that covers them has at least that size. */
  readonly logs: readonly { readonly log: string; readonly from: number; readonly to: number }[];
  /** Entries that are missing or do not read. */
  readonly missing: number;
  readonly totals: ReportTotals;
  /** Totals of the day before; null where there are not enough periods ("Chưa đủ kỳ"). */
  readonly before: ReportTotals | null;
  readonly hours: readonly number[];
  readonly purposes: readonly CountedName[];
  readonly codes: readonly CountedName[];
  readonly registers: readonly ReportRegister[];
  readonly provinces: readonly ReportUnit[];
  /** By registered client. */
  readonly offices: readonly ReportUnit[];
  /** By agency, whose name opens the names of its offices. */
  readonly agencies: readonly CountedName[];
  readonly procedures: readonly ReportProcedure[];
  readonly indicators: readonly ReuseIndicator[];
  readonly askingAnyway: readonly { readonly office: string; readonly askedAnyway: number }[];
  readonly levels: readonly LevelShare[];
  readonly system: ReportSystem;
  readonly alerts: ReportAlerts;
  readonly flags: readonly LiveFlag[];
}

export interface ReportTotals {
  readonly answers: number;
  readonly answered: number;
  readonly refused: number;
  readonly entries: number;
  readonly forms: number;
}

export interface CountedName {
  readonly name: string;
  readonly answers: number;
  readonly refused: number;
}

export interface ReportRegister {
  readonly register: string;
  readonly name: string;
  readonly level: Level;
  /** Answers that disclosed anything from it, by the log. */
  readonly answers: number;
  /** Calls, failures and times, by the kept series; null where there is none of that day. */
  readonly calls: number | null;
  readonly failed: number | null;
  readonly failedPercent: number | null;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

export interface ReportUnit {
  readonly code: string;
  readonly name: string;
  readonly province: string | null;
  readonly level: Level;
  readonly answers: number;
  readonly refused: number;
  readonly answeredPercent: number | null;
  readonly forms: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  /** Place by share of answered requests, ties sharing one; null where it cannot be judged. */
  readonly rank: number | null;
  readonly rankBefore: number | null;
  readonly answersBefore: number | null;
}

export interface ReportProcedure {
  readonly procedure: string;
  readonly name: string;
  readonly forms: number;
  readonly usingPopulation: number;
  readonly fullyReused: number;
  readonly answered: number;
  readonly partly: number;
  readonly needed: number;
  readonly askedAnyway: number;
}

export interface LevelShare {
  readonly scope: 'PROVINCE' | 'COMMUNE';
  readonly red: number;
  readonly yellow: number;
  readonly green: number;
  readonly grey: number;
}

export interface ReportSystem {
  /** Share of requests that did not fail by a fault of a register or the gateway. */
  readonly availablePercent: number | null;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
}

export interface ReportAlerts {
  readonly opened: number;
  readonly openedByRule: readonly { readonly name: string; readonly count: number }[];
  readonly explained: number;
  readonly escalated: number;
  readonly closed: number;
  readonly closedByReason: readonly { readonly name: string; readonly count: number }[];
  /** Open at the cut-off. */
  readonly waiting: number;
  readonly oldestDays: number | null;
  /** Open for more than a day at the cut-off, by registered client. */
  readonly late: readonly {
    readonly office: string;
    readonly name: string;
    readonly alerts: number;
    readonly days: number;
  }[];
}
