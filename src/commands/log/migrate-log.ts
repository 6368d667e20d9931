import type { Limits } from '../../config/limits.ts';
import { StoreFault } from '../../access-log/stores/log-store.ts';
import { connect } from '../../access-log/stores/postgres/connection.ts';
import { grantIndexer, grantRoles, migrate } from '../../access-log/stores/postgres/migrate.ts';
import { NEWEST_VERSION } from '../../access-log/stores/postgres/migrations.ts';
import { readLogSettings } from '../../config/settings/log-settings.ts';
import { readEnvironment } from '../../config/settings/read-environment.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { endOfLogError } from './end-of-log-error.ts';
import { CommandFailure } from '../command-line/command-failure.ts';

/** Bounds of a migration. */
export const MIGRATION_LIMITS = {
  statement: { value: 3_600_000, unit: 'ms', why: 'One SQL statement, which may have to rebuild a table.' },
} as const satisfies Limits;
const NO_SUCH_ROLE = 'pg-42704';

export const migrateLogCommand = buildSubcommand({
  details: `Creates or updates the tables of the access log in PostgreSQL. The command connects as their owner: DATABASE_OWNER_URL,
else DATABASE_URL.`,
  options: {
    grant: {
      value: 'LOGIN',
      meaning:
        "a login, such as DATABASE_URL's, that may add to the log and read it, and do nothing else with it",
      repeats: true,
    },
    'grant-index': {
      value: 'LOGIN',
      meaning:
        "a login, DATABASE_INDEX_URL's, that alone may fill the log's search index; without it those of --grant may",
      repeats: true,
    },
  },
  endOf: endOfLogError,
  run: async (values) => {
    const { databaseOwnerUrl } = readLogSettings(readEnvironment(), []);
    if (databaseOwnerUrl === null) throw new CommandFailure('DATABASE_OWNER_URL is not set');
    const owner = await connect({ url: databaseOwnerUrl, timeoutMs: MIGRATION_LIMITS.statement.value }, null);
    try {
      const versions = await migrate(owner);
      for (const version of versions) print(`version ${version}: migrated`);
      if (versions.length === 0) print(`version ${NEWEST_VERSION}: nothing to do`);
      const indexers = values['grant-index'];
      for (const login of values.grant) {
        const isIndexer = indexers.length === 0;
        await grant(login, () => grantRoles(owner, login, isIndexer));
        print(`${login}: may write and read the log${isIndexer ? ' and fill its index' : ''}`);
      }
      for (const login of indexers) {
        await grant(login, () => grantIndexer(owner, login));
        print(`${login}: may fill the log’s index`);
      }
    } finally {
      await owner.close();
    }
  },
});

async function grant(login: string, give: () => Promise<void>): Promise<void> {
  try {
    await give();
  } catch (error) {
    const isUnknown = error instanceof StoreFault && error.code === NO_SUCH_ROLE;
    throw isUnknown ? new CommandFailure(`There is no login ${login}.`) : error;
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
