import type { Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { AgreementLoad, AgreementVersion } from './agreement-load.ts';

/** Troubles that last: each begins, and is over later. */
export type StoreTrouble =
  | 'folder-unreadable'
  | 'withdrawals-unreadable'
  | 'shared-unreachable'
  | 'load-unrecorded'
  /** The versions seen cannot be written, so a new state is neither on record nor in force. */
  | 'versions-unwritable';

/** A state of agreements that came into force. */
export interface StateInForce {
  /** Number of agreements that are in force now. */
  readonly count: number;
  /** Agreements that are new, changed or in force again. */
  readonly begun: readonly AgreementVersion[];
  readonly ended: readonly AgreementVersion[];
}

/** The part that records loads and tells operators of states, faults and troubles. */
export interface StoreObserver {
  /** Puts a load on record. A new state takes effect once that is done; what ends an agreement does not wait for it. */
  onLoad(load: AgreementLoad): Promise<void>;
  /** Tells that another state is in force from now on. */
  onInForce?(state: StateInForce): void;
  /** Tells that a new state of the folder was refused. It is called once for each such state. */
  onFaults(faults: readonly string[]): void;
  /** Tells that a trouble begins or is over. */
  onTrouble(trouble: StoreTrouble, isOver: boolean): void;
}

/** Tells the operator by log lines and metrics. */
export function operatorObserver(
  metrics: Pick<Metrics, 'agreementAlarm'>,
  log: Log,
  onLoad: StoreObserver['onLoad'],
): StoreObserver {
  return {
    onLoad,
    onInForce({ count, begun, ended }) {
      for (const { id, version } of begun) log.info('agreement.in-force', { agreement: id, version });
      for (const { id, version } of ended) log.info('agreement.ended', { agreement: id, version });
      log.info('agreements.in-force', { count });
    },
    onFaults(refused) {
      metrics.agreementAlarm('refused');
      log.error('agreements.refused', { count: refused.length });
    },
    onTrouble(trouble, isOver) {
      if (isOver) return log.info('agreements.recovered', { alarm: trouble });
      metrics.agreementAlarm(trouble);
      return log.error('agreements.trouble', { alarm: trouble });
    },
  };
}
