import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { verifierKeys } from '../access-log/continuity/instance-log.ts';
import { logNameOf } from '../access-log/entry/log-name.ts';
import { openRowsAndIndex } from '../access-log/read/open-reader.ts';
import { archiveLog } from '../access-log/retention/archive-log.ts';
import { buildPostgresRemover } from '../access-log/stores/postgres/remove-entries.ts';
import { buildSqliteRemover, vacuumLogFile } from '../access-log/stores/sqlite/remove-entries.ts';
import { readCheckpointKeys, readLogSettings, readSealKeys } from '../config/log-settings.ts';
import { processEnvironment } from '../config/settings.ts';
import { storeOf } from './access-log/log-place.ts';
import { runCommand } from './access-log/run-command.ts';
import { verifyArchive } from './access-log/verify-archive.ts';
import { UsageError } from './agreements/command-result.ts';

const USAGE = `Usage: archive-log --archive DIR [--dry-run] [--vacuum]
Moves months older than LOG_SEARCHABLE_MONTHS (24) into DIR/<log>/<yyyy-mm>/, and deletes archives older than
LOG_ARCHIVE_MONTHS (60); both on record in the log. As the owner of the store: DATABASE_OWNER_URL, or the file in DATA_DIR.
The gateway may run; --vacuum gives back the SQLite file's room, while it does not.`;

await runCommand(USAGE, async () => {
  const { values } = parseArgs({
    options: {
      archive: { type: 'string' },
      'dry-run': { type: 'boolean', default: false },
      vacuum: { type: 'boolean', default: false },
    },
  });
  if (values.archive === undefined) throw new UsageError('Into which folder?');
  const settings = readLogSettings(processEnvironment(), ['store', 'INSTANCE_ID', 'SECRETS_DIR']);
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
});
