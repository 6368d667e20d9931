import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { verifierKeys } from '../../access-log/continuity/instance-log.ts';
import { logNameOf } from '../../access-log/entry/log-name.ts';
import { openRowsAndIndex } from '../../access-log/read/open-reader.ts';
import { archiveLog } from '../../access-log/retention/archive-log.ts';
import { buildPostgresRemover } from '../../access-log/stores/postgres/remove-entries.ts';
import { buildSqliteRemover, vacuumLogFile } from '../../access-log/stores/sqlite/remove-entries.ts';
import { readCheckpointKeys, readLogSettings, readSealKeys } from '../../config/settings/log-settings.ts';
import { readEnvironment } from '../../config/settings/read-environment.ts';
import { storeOf } from './log-place.ts';
import { verifyArchive } from './verify-archive.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { endOfLogError } from './end-of-log-error.ts';
import { UsageError } from '../command-line/command-failure.ts';

export const archiveLogCommand = buildSubcommand({
  details: `Archives months older than LOG_SEARCHABLE_MONTHS (24) into DIR/<log>/<yyyy-mm>/. A later run removes from the store what an
earlier one archived, and a run after that deletes archives older than LOG_ARCHIVE_MONTHS (60): no run does two of these about one
month. Both acts are put on record in the log. The command connects as the owner of the store
(DATABASE_OWNER_URL), or uses the file in DATA_DIR. The gateway may run, but not while --vacuum works.`,
  options: {
    archive: { value: 'DIR', meaning: 'the folder of the archives' },
    'dry-run': { meaning: 'prints what would be done, and does nothing' },
    vacuum: { meaning: 'gives the freed room of the SQLite file back to the disk; stop the gateway first' },
  },
  endOf: endOfLogError,
  run: async (values) => {
    if (values.archive === undefined)
      throw new UsageError('--archive DIR is missing: the folder of the archives.');
    const settings = readLogSettings(readEnvironment(), ['store', 'INSTANCE_ID', 'SECRETS_DIR']);
    const log = logNameOf(settings.instanceId);
    const sealKeys = readSealKeys(settings);
    const checkpointKeys = readCheckpointKeys(settings);
    const store = storeOf(settings);
    const folder = resolve(values.archive);
    if (!values['dry-run']) mkdirSync(folder, { recursive: true, mode: 0o700 });
    const { rows, index } = openRowsAndIndex(store);
    try {
      const result = await archiveLog({
        archive: {
          rows,
          log,
          keys: verifierKeys(log, checkpointKeys),
          sealKeys,
          verify: verifyArchive,
          folder,
        },
        index,
        writer: { store, log, instanceId: settings.instanceId, sealKeys, checkpointKeys },
        remover:
          store.kind === 'sqlite'
            ? buildSqliteRemover(store.directory, log)
            : buildPostgresRemover({ ...store, url: settings.databaseOwnerUrl ?? store.url }),
        retention: settings.retention,
        now: Date.now(),
        isDryRun: values['dry-run'],
      });
      process.stdout.write(`${JSON.stringify(result)}\n`);
    } finally {
      await index.close();
      await rows.close();
    }
    if (values.vacuum && store.kind === 'sqlite') vacuumLogFile(store.directory, log);
  },
});
