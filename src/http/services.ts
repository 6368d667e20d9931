import type { OutgoingAnswer } from '../request/stages.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import { ownHostCheck } from './head/own-host.ts';
import { startServer, type Route, type RunningServer } from './server.ts';

/** Whether a part of the gateway works, by the name of the reason why it does not. */
export type HealthChecks = Readonly<Record<string, () => boolean>>;

/**
 * The two routes of health. `checks` decide readiness, `registers` are told beside them by their state, and so is early warning where it is
 * down; a process that answers at all is alive.
 */
export function healthRoutes(
  checks: HealthChecks,
  registers: () => Readonly<Record<string, string>> = () => ({}),
  isWatching: () => boolean = () => true,
): ReadonlyMap<string, Route> {
  return new Map<string, Route>([
    ['/health/live', { method: 'GET', handler: async () => healthAnswer([], {}, true) }],
    [
      '/health/ready',
      { method: 'GET', handler: async () => healthAnswer(reasonsOf(checks), registers(), isWatching()) },
    ],
  ]);
}

function reasonsOf(checks: HealthChecks): readonly string[] {
  return Object.entries(checks).flatMap(([reason, isGood]) => (isGood() ? [] : [reason]));
}

function healthAnswer(
  reasons: readonly string[],
  registers: Readonly<Record<string, string>>,
  isWatching: boolean,
): OutgoingAnswer {
  const isGood = reasons.length === 0;
  return {
    status: isGood ? 200 : 503,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify({
      status: isGood ? 'ok' : 'unavailable',
      ...(isGood ? {} : { reasons }),
      ...(Object.keys(registers).length > 0 ? { registers } : {}),
      ...(isWatching ? {} : { earlyWarning: 'down' }),
    }),
  };
}

/** Serves the metrics, by default on loopback only: they tell how much is asked, though not by which caller. */
export function startAdmin(
  metrics: Pick<Metrics, 'expose'>,
  place: { readonly adminHost: string; readonly adminPort: number },
  headers: Readonly<Record<string, string>>,
): Promise<RunningServer> {
  const expose = async (): Promise<OutgoingAnswer> => {
    const { contentType, body } = await metrics.expose();
    return { status: 200, headers: { 'content-type': contentType }, body };
  };
  return startServer(
    {
      routes: new Map<string, Route>([['/metrics', { method: 'GET', handler: expose }]]),
      headers,
      isOwnHost: ownHostCheck(place.adminHost),
    },
    place.adminPort,
    place.adminHost,
  );
}

/** An explorer in the browser: a page of /graphql, and the files that it names. Only the demo has one. */
export interface ExplorerPages {
  readonly page: () => OutgoingAnswer;
  readonly files: ReadonlyMap<string, () => OutgoingAnswer>;
}

/** The routes of the explorer's files. */
export function explorerRoutes(explorer: ExplorerPages | undefined): ReadonlyMap<string, Route> {
  const files = [...(explorer?.files ?? [])];
  return new Map(files.map(([path, read]) => [path, { method: 'GET', handler: async () => read() }]));
}
