import type { WatchLevel } from '../../generated/console-operations.ts';

/** The part of a signed report that the page shows (schema/access-log/FORMAT.md, Daily report). */
export interface ShownReport {
  readonly day: string;
  readonly capturedAt: string;
  readonly cutOff: string;
  readonly isProvisional: boolean;
  readonly instance: string;
  readonly missing: number;
  readonly totals: ShownTotals;
  readonly before: ShownTotals | null;
  readonly registers: readonly {
    readonly register: string;
    readonly name: string;
    readonly level: WatchLevel;
    readonly answers: number;
    readonly calls: number | null;
    readonly failedPercent: number | null;
    readonly p50Ms: number | null;
    readonly p99Ms: number | null;
  }[];
  readonly provinces: readonly ShownReportUnit[];
  readonly offices: readonly ShownReportUnit[];
  readonly indicators: readonly {
    readonly name: string;
    readonly numerator: number;
    readonly denominator: number;
    readonly percent: number | null;
    readonly points: number | null;
    readonly maximum: number;
  }[];
  readonly alerts: {
    readonly opened: number;
    readonly closed: number;
    readonly waiting: number;
    readonly oldestDays: number | null;
  };
  readonly flags: readonly {
    readonly scope: string;
    readonly code: string;
    readonly name: string;
    readonly reason: string;
    readonly since: string;
    readonly days: number;
    readonly value: number;
    readonly limit: number;
    readonly text: string;
  }[];
}

interface ShownTotals {
  readonly answers: number;
  readonly answered: number;
  readonly refused: number;
  readonly entries: number;
  readonly forms: number;
}

export interface ShownReportUnit {
  readonly code: string;
  readonly name: string;
  readonly level: WatchLevel;
  readonly answers: number;
  readonly refused: number;
  readonly answeredPercent: number | null;
  readonly forms: number;
  readonly p99Ms: number | null;
  readonly rank: number | null;
  readonly answersBefore: number | null;
}
