import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/** Counts calls to registers and tells the operator of trouble. Durations in milliseconds. */
export interface RegisterObserver {
  call(register: string, outcome: string, milliseconds: number, items: number): void;
  strayRows(register: string, count: number): void;
  unknownProtection(register: string, count: number): void;
  /** The state of a register's circuit breaker has changed. */
  circuit(register: string, state: string): void;
}

/** Builds the observer that every register's calls report to. */
export function observeRegisters(metrics: Metrics, log: Log): RegisterObserver {
  return {
    call: metrics.registerCall,
    strayRows: metrics.strayRows,
    unknownProtection(register, count) {
      metrics.unknownProtection(register, count);
      log.error('register.unknown-protection', { register, count });
    },
    circuit(register, state) {
      metrics.circuit(register, state);
      log.warn('register.circuit', { register, code: state });
    },
  };
}
