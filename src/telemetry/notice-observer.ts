import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/** Tells the operator whether this instance hears of change notices. */
export interface NoticeObserver {
  current(isCurrent: boolean): void;
  /** A notice between instances did not open. */
  forged(): void;
}

/** Builds the observer of the instances' bus. */
export function observeNotices(metrics: Metrics, log: Log): NoticeObserver {
  return {
    current(isCurrent) {
      metrics.noticeBus(isCurrent);
      if (isCurrent) log.info('notices.heard');
      else log.warn('notices.not-heard', { setting: 'REDIS_URL' });
    },
    forged() {
      metrics.cacheAlarm('notice-not-genuine');
      log.error('notices.trouble', { alarm: 'forged' });
    },
  };
}
