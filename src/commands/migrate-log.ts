import { parseArgs } from 'node:util';
import { StoreFault } from '../access-log/stores/log-store.ts';
import { connect, type Connection } from '../access-log/stores/postgres/connection.ts';
import { grantRoles, migrate } from '../access-log/stores/postgres/migrate.ts';
import { NEWEST_VERSION } from '../access-log/stores/postgres/migrations.ts';
import { readLogSettings } from '../config/log-settings.ts';
import { processEnvironment } from '../config/settings.ts';
import { runCommand } from './access-log/run-command.ts';
import { CommandFailure } from './agreements/command-result.ts';

const USAGE = `Usage: migrate-log [--grant LOGIN]...
As the owner of the log's tables: DATABASE_OWNER_URL, else DATABASE_URL. --grant: DATABASE_URL's login, which may then
add to the log and read it, and do nothing else with it.`;

/** A migration may have to rebuild what is there. */
const STATEMENT_MS = 3_600_000;
const NO_SUCH_ROLE = 'pg-42704';

await runCommand(USAGE, async () => {
  const { values } = parseArgs({ options: { grant: { type: 'string', multiple: true, default: [] } } });
  const { databaseOwnerUrl } = readLogSettings(processEnvironment(), []);
  if (databaseOwnerUrl === null) throw new CommandFailure('DATABASE_OWNER_URL is not set');
  const owner = await connect({ url: databaseOwnerUrl, timeoutMs: STATEMENT_MS }, null);
  try {
    const versions = await migrate(owner);
    for (const version of versions) print(`version ${version}: migrated`);
    if (versions.length === 0) print(`version ${NEWEST_VERSION}: nothing to do`);
    for (const login of values.grant) await grant(owner, login);
  } finally {
    await owner.close();
  }
});

async function grant(owner: Connection, login: string): Promise<void> {
  try {
    await grantRoles(owner, login);
  } catch (error) {
    const isUnknown = error instanceof StoreFault && error.code === NO_SUCH_ROLE;
    throw isUnknown ? new CommandFailure(`There is no login ${login}.`) : error;
  }
  print(`${login}: may write and read the log`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
