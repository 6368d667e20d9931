import { Counter, Gauge, type Registry } from '@prometheus-io/client';

/** Figures of early warning. Labels are patterns, severities, reasons and codes that the code fixes. */
export interface WatchMetrics {
  alertOpened(pattern: string, severity: string): void;
  /** Number of alerts that are not closed. */
  alertsWaiting(severity: string, count: number): void;
  /** Number of entries that stand in the log and were not judged yet. */
  watchLag(entries: number): void;
  watchAlive(isAlive: boolean): void;
  watchTrouble(code: string, count: number): void;
  /** Number of accesses since the state was begun, by the reason that explains them. */
  accessesExplained(reason: string, count: number): void;
}

/** Adds the figures of early warning to a registry. */
export function buildWatchMetrics(registry: Registry): WatchMetrics {
  const registers = [registry];
  const opened = new Counter({
    name: 'gateway_alerts_opened_total',
    help: 'Alerts of early warning that this instance has seen opened',
    labelNames: ['pattern', 'severity'],
    registers,
  });
  const waiting = new Gauge({
    name: 'gateway_alerts_waiting',
    help: 'Alerts that are not closed',
    labelNames: ['severity'],
    registers,
  });
  const lag = new Gauge({
    name: 'gateway_watch_lag_entries',
    help: 'Entries of the access log that early warning has not judged yet',
    registers,
  });
  const alive = new Gauge({
    name: 'gateway_watch_alive',
    help: '1 while the thread of early warning is there, else 0',
    registers,
  });
  const troubles = new Counter({
    name: 'gateway_watch_troubles_total',
    help: 'Troubles of early warning: entries that do not open, the log or the state out of reach, messages that were not taken',
    labelNames: ['code'],
    registers,
  });
  const explained = new Gauge({
    name: 'gateway_watch_accesses',
    help: 'Judged accesses to persons by the reason that explains them, or unexplained',
    labelNames: ['reason'],
    registers,
  });
  return {
    alertOpened: (pattern, severity) => opened.labels(pattern, severity).inc(),
    alertsWaiting: (severity, count) => waiting.labels(severity).set(count),
    watchLag: (entries) => lag.set(entries),
    watchAlive: (isAlive) => alive.set(isAlive ? 1 : 0),
    watchTrouble: (code, count) => troubles.labels(code).inc(count),
    accessesExplained: (reason, count) => explained.labels(reason).set(count),
  };
}
