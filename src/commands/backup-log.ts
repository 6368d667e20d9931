import { parseArgs } from 'node:util';
import { backupLogFile } from '../access-log/stores/sqlite/backup-file.ts';
import { readLogSettings } from '../config/log-settings.ts';
import { processEnvironment } from '../config/settings.ts';
import { runCommand } from './access-log/run-command.ts';
import { CommandFailure, UsageError } from './agreements/command-result.ts';

const USAGE = `Usage: backup-log --out FILE
The SQLite log of DATA_DIR in one file, also while the gateway runs. What PostgreSQL holds is backed up with pg_dump.`;

await runCommand(USAGE, async () => {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  if (values.out === undefined) throw new UsageError('Into which file?');
  const settings = readLogSettings(processEnvironment(), ['store']);
  if (settings.databaseUrl !== null) {
    throw new CommandFailure(
      "The log is in PostgreSQL: pg_dump --format=custom --exclude-table-data='access_index.*' --file=FILE --dbname=DATABASE_URL",
    );
  }
  await backupLogFile(settings.dataDirectory, values.out);
  process.stdout.write(`${JSON.stringify({ file: values.out })}\n`);
});
