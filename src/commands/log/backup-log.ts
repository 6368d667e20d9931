import { backupLogFile } from '../../access-log/stores/sqlite/backup-file.ts';
import { readLogSettings } from '../../config/settings/log-settings.ts';
import { readEnvironment } from '../../config/settings/read-environment.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { endOfLogError } from './end-of-log-error.ts';
import { CommandFailure, UsageError } from '../command-line/command-failure.ts';

export const backupLogCommand = buildSubcommand({
  details: `Copies the SQLite log of DATA_DIR into one file, also while the gateway runs. A log in PostgreSQL is backed up with pg_dump.`,
  options: { out: { value: 'FILE', meaning: 'the file that is written; it must not exist' } },
  endOf: endOfLogError,
  run: async (values) => {
    if (values.out === undefined) throw new UsageError('--out FILE is missing: the file to write.');
    const settings = readLogSettings(readEnvironment(), ['store']);
    if (settings.databaseUrl !== null) {
      throw new CommandFailure(
        "The log is in PostgreSQL. Back it up with: pg_dump --format=custom --exclude-table-data='access_index.*' --file=FILE --dbname=DATABASE_URL",
      );
    }
    await backupLogFile(settings.dataDirectory, values.out);
    process.stdout.write(`${JSON.stringify({ file: values.out })}\n`);
  },
});
