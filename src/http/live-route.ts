import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Limits } from '../config/limits.ts';
import { mayReadOn, openStream, type StreamParts } from '../request/stream/open-stream.ts';
import type { Identified, RequestHead } from '../request/stages.ts';
import type { LiveFrames } from '../watch/live/live-frames.ts';
import { overloaded, shareUsedUp } from './budget/shares-used-up.ts';
import { Tally } from './budget/tally.ts';
import { headOf } from './graphql-route.ts';
import { refusalAnswer } from './refusal.ts';
import type { Route, StreamedAnswer, WrittenAnswer } from './server.ts';

export const LIVE_STREAM_LIMITS = {
  perCaller: {
    value: 5,
    unit: 'streams',
    why: 'A room of wall screens of one account; each holds a connection.',
  },
  all: { value: 50, unit: 'streams', why: 'All readers of the live state on one instance.' },
  waiting: {
    value: 512 * 1_024,
    unit: 'bytes',
    why: 'Frames that wait to be read: a reader that lags behind further is cut off, and may come back.',
  },
  retry: { value: 2_000, unit: 'ms', why: 'After so long a browser comes back to a stream that has ended.' },
} as const satisfies Limits;

export interface LiveRoute {
  readonly parts: StreamParts;
  readonly frames: LiveFrames;
  /** Reads a request's head; the console's puts a session in the place of a token. */
  readonly readHead?: ((request: IncomingMessage) => Promise<RequestHead>) | undefined;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** The route of the live state. */
export function liveRoutes(given: LiveRoute): ReadonlyMap<string, Route> {
  return new Map<string, Route>([['/console/live', { method: 'GET', handler: buildLiveRoute(given) }]]);
}

/** Answers GET /console/live: the live state once a second as Server-Sent Events (WHATWG HTML 9.2), for the centre alone. */
export function buildLiveRoute({
  parts,
  frames,
  readHead = async (request) => headOf(request),
  now = Date.now,
}: LiveRoute): (request: IncomingMessage) => Promise<WrittenAnswer | StreamedAnswer> {
  const callers = new Tally();
  let open = 0;
  const callerOf = ({ principal }: Identified): string => `${principal.client.id} ${principal.subject}`;
  return async (request) => {
    const head = await readHead(request);
    // Taken before the first wait, so that many that come at once do not pass together.
    let taken: string | null = null;
    const giveBack = (): void => {
      if (taken === null) return;
      callers.add(taken, -1);
      open -= 1;
      taken = null;
    };
    const admitted = await openStream(parts, head, 'centre', {
      refuse: (error) => refusalAnswer(error, head.accept),
      mayOpen: (caller) => {
        if (callers.of(callerOf(caller)) >= LIVE_STREAM_LIMITS.perCaller.value) return shareUsedUp();
        if (open >= LIVE_STREAM_LIMITS.all.value) return overloaded();
        taken = callerOf(caller);
        callers.add(taken, 1);
        open += 1;
        return null;
      },
    }).catch((error: unknown) => {
      giveBack();
      throw error;
    });
    if ('status' in admitted) {
      giveBack();
      return admitted;
    }
    parts.metrics.liveStream(1);
    return {
      status: 200,
      headers: {
        'content-type': 'text/event-stream; charset=utf-8',
        // Proxies that gather answers would hold back each frame.
        'x-accel-buffering': 'no',
        'x-access-entry': admitted.entryId,
        'x-request-id': head.requestId,
      },
      whenWritten: () => {
        giveBack();
        parts.metrics.liveStream(-1);
      },
      stream: (response) => send(response, frames, () => mayReadOn(parts, admitted, now())),
    };
  };
}

function send(response: ServerResponse, frames: LiveFrames, mayGoOn: () => boolean): void {
  response.write(`retry: ${LIVE_STREAM_LIMITS.retry.value}\n\n`);
  const leave = frames.add({
    frame(text) {
      if (!mayGoOn()) response.end();
      else if (response.writableLength > LIVE_STREAM_LIMITS.waiting.value) response.destroy();
      else response.write(text);
    },
    end: () => response.end(),
  });
  response.once('close', leave);
}
