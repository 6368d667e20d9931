import { ownStoreOf } from '../access-log/continuity/open-own-log.ts';
import type { AccessLogWriter } from '../access-log/entry/access-log-writer.ts';
import { gatewayAct } from '../access-log/entry/gateway-act.ts';
import { logNameOf } from '../access-log/entry/log-name.ts';
import type { LogQueries } from '../access-log/queries/log-query.ts';
import { textsOf } from '../access-log/write/thread/worker-messages.ts';
import type { AgreementStore } from '../agreements/agreement-store.ts';
import type { OwnSuspensions } from '../agreements/shared/own-suspensions.ts';
import type { Limits } from '../config/limits.ts';
import type { Secrets } from '../config/secrets/read-secrets.ts';
import type { Settings } from '../config/settings/settings.ts';
import { signingKeyOf } from '../log-format/crypto.ts';
import { formatVerifierKey, noteSignerOf } from '../log-format/notes/note-key.ts';
import type { Agreement } from '../policy/agreement/agreement.ts';
import type { Log } from '../telemetry/log.ts';
import type { WatchMetrics } from '../telemetry/watch-metrics.ts';
import { buildAlertDesk, type AlertDesk } from './alerts/act-on-alert.ts';
import { withAlerts, type AlertReader } from './alerts/query-alerts.ts';
import { startWatchThread, WatchUnavailable, type WatchThread } from './thread/watch-thread.ts';
import type { WantedAct } from './thread/watcher.ts';

export interface EarlyWarningOptions {
  readonly settings: Settings;
  readonly secrets: Pick<Secrets, 'checkpoint' | 'logSeal' | 'logSearch'>;
  readonly accessLog: AccessLogWriter;
  readonly agreements: Pick<AgreementStore, 'current' | 'papers'>;
  readonly suspensions: OwnSuspensions;
  readonly metrics: WatchMetrics;
  readonly log: Log;
}

/** Early warning over the log of this instance, or of all that share its database. */
export interface EarlyWarning {
  readonly desk: AlertDesk;
  /** False where the thread is dead or silent. Requests go on all the same. */
  isAlive(): boolean;
  /** Ends the thread as a crash would; tests alone call it. */
  kill(): Promise<void>;
  /** Log queries, and those about alerts beside them. */
  addTo(queries: LogQueries): LogQueries;
  close(): Promise<void>;
}

export const WATCH_PAUSE_LIMITS = {
  pause: { value: 500, unit: 'ms', why: 'Between two looks at the log while nothing is to be caught up.' },
} as const satisfies Limits;

/** Starts the watch's thread, unless it is switched off. Nothing that it does, or does not do, stops a request. */
export function openEarlyWarning(options: EarlyWarningOptions): EarlyWarning {
  const { settings, accessLog, agreements } = options;
  const thread = settings.watches ? startThread(options) : NO_THREAD;
  const reader: AlertReader = {
    alerts: (filter, page) => thread.alerts(filter, page),
    alert: (id) => thread.alert(id),
  };
  const papers = () => agreements.papers();
  return {
    desk: buildAlertDesk({ reader, papers, instance: settings.instanceId, accessLog }),
    isAlive: () => thread.isAlive(),
    kill: () => thread.kill(),
    addTo: (queries) => withAlerts(queries, { reader, papers }),
    close: () => thread.close(),
  };
}

const NO_THREAD: WatchThread = {
  alerts: () => Promise.reject(new WatchUnavailable('off')),
  alert: () => Promise.reject(new WatchUnavailable('off')),
  isAlive: () => true,
  kill: async () => undefined,
  close: async () => undefined,
};

function startThread(options: EarlyWarningOptions): WatchThread {
  const { settings, secrets, accessLog, agreements, suspensions, metrics, log } = options;
  const { instanceId } = settings;
  const [seed] = secrets.checkpoint;
  const name = logNameOf(instanceId);
  const kid = formatVerifierKey(noteSignerOf(name, signingKeyOf(seed.key)).key);
  const [seedText] = textsOf(secrets.checkpoint);
  return startWatchThread(
    {
      store: ownStoreOf(settings),
      directory: settings.dataDirectory,
      sealKeys: textsOf(secrets.logSeal),
      searchKeys: textsOf(secrets.logSearch),
      webhook:
        settings.alertWebhookUrl === null || !seedText
          ? null
          : { url: settings.alertWebhookUrl, kid, seed: seedText },
      pauseMs: WATCH_PAUSE_LIMITS.pause.value,
    },
    async (wanted) => {
      const detail = { ...wanted.detail, ...suspending(wanted, agreements.current().agreements) };
      const purpose = wanted.kind === 'open' ? 'alert-opened' : 'alert-escalated';
      await accessLog.append(gatewayAct(instanceId, { purpose, at: Date.now(), detail }));
    },
    {
      status({ lag, waiting, explained }) {
        metrics.watchLag(lag);
        for (const [severity, count] of Object.entries(waiting)) metrics.alertsWaiting(severity, count);
        for (const [reason, count] of Object.entries(explained)) metrics.accessesExplained(reason, count);
      },
      opened(pattern, severity) {
        metrics.alertOpened(pattern, severity);
        log.warn('alert.opened', { alarm: pattern, reason: severity });
      },
      trouble(code, count) {
        metrics.watchTrouble(code, count);
        log.error('watch.trouble', { code, count });
      },
      suspended(officers) {
        try {
          suspensions.set(officers);
        } catch {
          metrics.watchTrouble('suspensions-not-kept', 1);
          log.error('watch.trouble', { code: 'suspensions-not-kept', count: officers.length });
        }
      },
      alive(isAlive) {
        metrics.watchAlive(isAlive);
        if (isAlive) log.info('watch.started');
        else log.error('watch.died');
      },
    },
  );
}

/** A critical alert suspends its officer where the agreement of that client and purpose says so. */
function suspending(wanted: WantedAct, agreements: readonly Agreement[]): { readonly suspends?: boolean } {
  const client = wanted.kind === 'open' ? wanted.detail.client : wanted.client;
  const suspends =
    wanted.detail.severity === 'critical' &&
    agreements.some(
      (one) => one.suspendsOnCritical && one.systems.has(client) && one.purpose === wanted.purpose,
    );
  return wanted.kind === 'open' || suspends ? { suspends } : {};
}
