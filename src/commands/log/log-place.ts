import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Limits } from '../../config/limits.ts';
import { logNameOf } from '../../access-log/entry/log-name.ts';
import { LOG_FILE } from '../../access-log/stores/sqlite/log-schema.ts';
import type { LogRows } from '../../access-log/stores/log-rows.ts';
import type { StoreSettings } from '../../access-log/stores/open-store.ts';
import type { LogSettings } from '../../config/settings/log-settings.ts';
import { CommandFailure } from '../command-line/command-failure.ts';

/** Bounds of the log's commands. */
export const LOG_COMMAND_LIMITS = {
  statement: { value: 600_000, unit: 'ms', why: 'One SQL statement of a command; no request waits for it.' },
} as const satisfies Limits;

/** Finds the store in which a gateway with these settings keeps its log. Throws CommandFailure where the file is not there. */
export function storeOf({ databaseUrl, dataDirectory }: LogSettings): StoreSettings {
  if (databaseUrl !== null) {
    return {
      kind: 'postgres',
      url: databaseUrl,
      // The owner's login, or one that the owner gave every role.
      indexUrl: null,
      timeoutMs: LOG_COMMAND_LIMITS.statement.value,
      mayMigrate: false,
      mayOwn: true,
    };
  }
  if (!existsSync(join(dataDirectory, LOG_FILE))) throw new CommandFailure(`DATA_DIR has no ${LOG_FILE}.`);
  return { kind: 'sqlite', directory: dataDirectory, maxPages: null };
}

/** Chooses the log that is named, else INSTANCE_ID's, else the only one. Rejects with CommandFailure. */
export async function chooseLog(
  rows: LogRows,
  named: string | undefined,
  { instanceId }: LogSettings,
): Promise<string> {
  const logs = await rows.logs();
  const wanted = named ?? (instanceId === '' ? undefined : logNameOf(instanceId));
  const [only, ...others] = logs;
  if (wanted === undefined && only !== undefined && others.length === 0) return only;
  if (wanted !== undefined && logs.includes(wanted)) return wanted;
  const known = logs.length === 0 ? 'none' : logs.join(', ');
  throw new CommandFailure(
    wanted === undefined
      ? `The store holds several logs. Name one by --log NAME. There are: ${known}`
      : `No log ${wanted}. There are: ${known}`,
  );
}
