import type { Log } from '../../telemetry/log.ts';
import type { Metrics } from '../../telemetry/metrics.ts';
import type { InstanceLogObserver } from './instance-log.ts';

type LogMetrics = Pick<Metrics, 'indexLag' | 'logAlarm' | 'logEntries' | 'witnessTrouble'>;

/** Tells the operator of an instance's log by log lines and metrics. */
export function instanceLogObserver(metrics: LogMetrics, log: Log): InstanceLogObserver {
  return {
    onGroup: (_records, entries) => metrics.logEntries(entries),
    onTrouble(code) {
      metrics.logAlarm('not-written', 1);
      log.error('access-log.trouble', { code });
    },
    onRecovery: ({ refused }) => log.info('access-log.recovered', { count: refused }),
    onGap({ log: name, firstLeaf, leaves }) {
      metrics.logAlarm('unreadable', leaves);
      log.error('access-log.unreadable', { accessLog: name, index: firstLeaf, count: leaves });
    },
    onIndexChanged({ log: name, firstLeaf, leaves }) {
      metrics.logAlarm('index-changed', 1);
      log.error('access-log.index-changed', { accessLog: name, index: firstLeaf, count: leaves });
    },
    onReaderTrouble(code) {
      metrics.logAlarm('index-trouble', 1);
      log.error('access-log.index-trouble', { code });
    },
    onIndexLag: (entries) => metrics.indexLag(entries),
    onWitnessTrouble(code, isNew) {
      metrics.witnessTrouble(code);
      if (isNew) log.error('witness.trouble', { code });
    },
    onWitnessRecovery: () => log.info('witness.recovered'),
  };
}
