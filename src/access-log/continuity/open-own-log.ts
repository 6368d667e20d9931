import type { Secrets } from '../../config/secrets/read-secrets.ts';
import { SettingFaults } from '../../config/settings/setting-faults.ts';
import type { Settings } from '../../config/settings/settings.ts';
import type { Log } from '../../telemetry/log.ts';
import type { Metrics } from '../../telemetry/metrics.ts';
import { DATABASE_LIMITS, type StoreSettings } from '../stores/open-store.ts';
import { instanceLogObserver } from './instance-log-observer.ts';
import { LogNotContinued, openInstanceLog, type InstanceLog } from './instance-log.ts';

/** Opens this instance's log. Throws SettingFaults where the log that is there cannot be continued. */
export function openOwnLog(
  settings: Settings,
  secrets: Secrets,
  metrics: Metrics,
  log: Log,
): Promise<InstanceLog> {
  return openInstanceLog({
    instanceId: settings.instanceId,
    store: ownStoreOf(settings),
    directory: settings.dataDirectory,
    secretsDirectory: settings.mode === 'demo' ? null : settings.secretsDirectory,
    keys: secrets,
    witness: settings.witness,
    observer: instanceLogObserver(metrics, log),
  }).catch((error: unknown) => {
    throw error instanceof LogNotContinued ? new SettingFaults([error.message]) : error;
  });
}

/** The store of this instance's log. Only the demo brings its database up to date by itself: in production its owner does (`migrate-log`). */
export function ownStoreOf({ databaseUrl, databaseIndexUrl, dataDirectory, mode }: Settings): StoreSettings {
  return databaseUrl === null
    ? { kind: 'sqlite', directory: dataDirectory, maxPages: null }
    : {
        kind: 'postgres',
        url: databaseUrl,
        indexUrl: databaseIndexUrl,
        timeoutMs: DATABASE_LIMITS.statement.value,
        mayMigrate: mode === 'demo',
        mayOwn: mode === 'demo',
      };
}
