import type { StoreSettings } from '../../access-log/stores/open-store.ts';
import type { KeyText } from '../../access-log/write/thread/worker-messages.ts';
import type { Alert } from '../alerts/alert-book.ts';
import type { AlertFilter, AlertPageWanted, FoundAlerts } from '../alerts/select-alerts.ts';
import type { ExplainedCounts } from '../explain/explained-shares.ts';
import type { PatternName, Severity } from '../suspicion/pattern.ts';
import type { WantedAct } from './watcher.ts';

/** Settings that the watch's thread is started with. */
export interface WatchSettings {
  readonly store: StoreSettings;
  /** DATA_DIR, where the state is kept. */
  readonly directory: string;
  /** `log-seal` and `log-search`, newest first. */
  readonly sealKeys: readonly KeyText[];
  readonly searchKeys: readonly KeyText[];
  /** URL to which acts about alerts are sent, signed with the key of the instance's log; null: nowhere. */
  readonly webhook: { readonly url: string; readonly kid: string; readonly seed: KeyText } | null;
  /** Milliseconds between two looks at the log. */
  readonly pauseMs: number;
}

/** Queries of auditors and of the centre. */
export interface AlertQueries {
  alerts: (filter: AlertFilter, page: AlertPageWanted) => FoundAlerts;
  alert: (id: string) => Alert | null;
}

/** A query, answered under its number, or word of what became of a wanted act. */
export type WatchCommand =
  | {
      readonly kind: 'query';
      readonly id: number;
      readonly method: keyof AlertQueries;
      readonly given: readonly unknown[];
    }
  | { readonly kind: 'done'; readonly act: string; readonly isRecorded: boolean }
  | { readonly kind: 'close'; readonly id: number };

/** Figures for metrics; none names anybody. */
export interface WatchStatus {
  /** Entries that stand in the log and were not judged yet. */
  readonly lag: number;
  readonly isLeader: boolean;
  readonly waiting: Readonly<Record<Severity, number>>;
  readonly explained: ExplainedCounts;
  readonly outbox: number;
}

export interface SuspendedOfficer {
  readonly client: string;
  readonly officer: string;
}

export type WatchReply =
  | { readonly kind: 'answer'; readonly id: number; readonly result: unknown }
  | { readonly kind: 'fault'; readonly id: number; readonly code: string }
  /** An act that is to be put on record; `act` names it until `done` comes. */
  | { readonly kind: 'wanted'; readonly act: string; readonly wanted: WantedAct }
  | { readonly kind: 'status'; readonly status: WatchStatus }
  | { readonly kind: 'opened'; readonly pattern: PatternName; readonly severity: Severity }
  /** All officers who are suspended because of alerts; told with the first full view of the log, and when they change. */
  | { readonly kind: 'suspended'; readonly officers: readonly SuspendedOfficer[] }
  /** A code that may stand in a log line. */
  | { readonly kind: 'trouble'; readonly code: string; readonly count: number };
