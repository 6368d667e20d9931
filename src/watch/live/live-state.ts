import type { Level } from '../judge/level.ts';
import type { FlagReason } from '../judge/flags.ts';

/** The live state as the centre sees it, in the names of schema/centre.graphql. It holds counts, and no person. */
export interface LiveState {
  /** ISO 8601. */
  readonly at: string;
  readonly instance: string;
  /** Day of Viet Nam that the counts of today are of. */
  readonly day: string;
  readonly windowSeconds: number;
  readonly registers: readonly LiveRegister[];
  readonly gateway: LiveGateway;
  readonly provinces: readonly LiveUnit[];
  readonly communes: readonly LiveUnit[];
  readonly offices: readonly LiveUnit[];
  readonly levels: readonly LevelCount[];
  readonly flags: readonly LiveFlag[];
}

export interface LiveRegister {
  readonly register: string;
  readonly name: string;
  readonly level: Level;
  readonly circuit: string;
  readonly ratePerSecond: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  /** Median of the other registers' p99. */
  readonly peersP99Ms: number | null;
  readonly limitMs: number;
  readonly failedPercent: number | null;
  readonly callsToday: number;
  readonly failedToday: number;
  /** Seconds since its last good answer; null where none is remembered. */
  readonly ageSeconds: number | null;
}

export interface LiveGateway {
  readonly level: Level;
  readonly inFlight: number;
  readonly ratePerSecond: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly failedPercent: number | null;
  readonly answersToday: number;
  readonly refusedToday: number;
  readonly failedToday: number;
  readonly formsToday: number;
  readonly cacheHitPercent: number | null;
  readonly cacheAlarms: number;
  readonly entriesPerSecond: number;
  readonly isLogHealthy: boolean;
  readonly indexLag: number;
  /** NONE where no witness is set; TROUBLE where one of its last answers failed. */
  readonly witness: 'NONE' | 'GOOD' | 'TROUBLE';
  readonly quotaRefusals: number;
  readonly overloads: number;
  readonly codes: readonly { readonly code: string; readonly answers: number }[];
}

export interface LiveUnit {
  readonly code: string;
  readonly name: string;
  /** Code of the province in which it lies; null for a province, and for an office of the whole country. */
  readonly province: string | null;
  readonly level: Level;
  readonly requests: number;
  readonly refused: number;
  readonly failed: number;
  readonly answeredPercent: number | null;
  readonly forms: number;
  readonly askedAnyway: number;
  readonly p50Ms: number | null;
  readonly p99Ms: number | null;
  readonly ageSeconds: number | null;
}

export interface LevelCount {
  readonly scope: 'PROVINCE' | 'COMMUNE';
  readonly red: number;
  readonly yellow: number;
  readonly green: number;
  readonly grey: number;
}

export interface LiveFlag {
  readonly scope: 'REGISTER' | 'OFFICE' | 'PROVINCE' | 'COMMUNE';
  readonly code: string;
  readonly name: string;
  readonly reason: FlagReason;
  readonly since: string;
  readonly days: number;
  readonly value: number;
  readonly limit: number;
  /** In Vietnamese, for who reads the wall screen. */
  readonly text: string;
}
