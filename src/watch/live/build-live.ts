import type { Log } from '../../telemetry/log.ts';
import type { Metrics } from '../../telemetry/metrics.ts';
import { ActivitySeries, SERIES_LIMITS } from '../series/activity-series.ts';
import { openSeriesFile } from '../series/series-file.ts';
import { buildLiveFeed, type LiveFeed } from './live-feed.ts';
import { buildLiveState } from './build-live-state.ts';
import { LiveFlags } from './live-flags.ts';
import { LiveFrames } from './live-frames.ts';
import type { LiveSources } from './live-sources.ts';
import type { LiveState } from './live-state.ts';

/** The live state of one instance. */
export interface Live extends Pick<LiveFeed, 'metrics' | 'activity'> {
  readonly series: ActivitySeries;
  /** From now on it can be looked at: the parts that it asks are there. */
  readonly watch: (sources: LiveSources) => LiveView;
  close(): void;
}

/** The live state as it is looked at. */
export interface LiveView {
  readonly state: () => LiveState;
  readonly frames: LiveFrames;
}

/** Opens the series in DATA_DIR, and listens to the metrics from now on. */
export function buildLive(options: {
  readonly metrics: Metrics;
  readonly log: Log;
  readonly dataDirectory: string;
  readonly registers: readonly string[];
  readonly now?: () => number;
}): Live {
  const { metrics, log, dataDirectory, registers, now = Date.now } = options;
  const series = new ActivitySeries(openSeriesFile(dataDirectory), now, (count) =>
    log.error('watch.series-not-written', { count }),
  );
  const feed = buildLiveFeed(metrics, series, registers, now);
  const timer = setInterval(() => series.write(), SERIES_LIMITS.writeEvery.value).unref();
  const views: LiveView[] = [];
  return {
    metrics: feed.metrics,
    activity: feed.activity,
    series,
    watch(sources) {
      const flags = new LiveFlags(series, sources);
      const state = (): LiveState => buildLiveState(sources, feed, series, flags);
      const view = { state, frames: new LiveFrames(state) };
      views.push(view);
      return view;
    },
    close() {
      clearInterval(timer);
      for (const { frames } of views) frames.close();
      series.close();
    },
  };
}
