import type { LogQueries } from '../access-log/queries/log-query.ts';
import type { Live } from './live/build-live.ts';
import type { LiveFrames } from './live/live-frames.ts';
import type { LiveSources } from './live/live-sources.ts';
import { withLiveState } from './live/query-live.ts';

/** The part of the gateway that the command centre looks at. */
export interface Centre {
  /** Log queries, and the centre's own beside them. */
  readonly logQueries: LogQueries;
  readonly frames: LiveFrames;
}

/** Builds the centre's roots over the live state. */
export function buildCentre(live: Live, logQueries: LogQueries, sources: LiveSources): Centre {
  const view = live.watch(sources);
  return { logQueries: withLiveState(logQueries, view.state), frames: view.frames };
}
