import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/** Builds the observer that a cache of records reports to. */
export function observeCache(metrics: Metrics, log: Log) {
  return {
    onHits: metrics.cacheHits,
    onMisses: metrics.cacheMisses,
    onFailure: metrics.cacheFailure,
    onAlarm(alarm: string): void {
      metrics.cacheAlarm(alarm);
      log.warn('cache.alarm', { alarm });
    },
  };
}
