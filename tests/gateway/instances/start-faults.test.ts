import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { isPostgresMissing, postgresUrl } from '../../access-log/support/test-stores.ts';
import { runLogCommand } from '../../commands/log-command.ts';
import { runGatewayProcess, startGatewayProcess } from '../../support/servers/gateway-process.ts';
import { createDatabase } from '../../support/servers/postgres.ts';

function ownFolders() {
  const top = mkdtempSync(join(tmpdir(), 'gateway-start-'));
  onTestFinished(() => rmSync(top, { recursive: true, force: true }));
  return { top, environment: { DATA_DIR: top, SECRETS_DIR: `${top}-secrets` } };
}

test('a fault of the log stops the start with its code and with what to do, and without a trace', async () => {
  const { top, environment } = ownFolders();
  onTestFinished(() => rmSync(environment.SECRETS_DIR, { recursive: true, force: true }));
  writeFileSync(join(top, 'access-log.sqlite'), 'x'.repeat(8_192));
  const { code, output } = await runGatewayProcess({ environment, args: ['--demo'] });
  expect(code).toBe(1);
  expect(output.trimEnd().split('\n').slice(-2)).toEqual([
    'the access log cannot be opened: sqlite-26',
    expect.stringMatching(/^The log’s file in DATA_DIR is no database: .*\.$/),
  ]);
  expect(output).not.toContain('    at ');
});

test.skipIf(isPostgresMissing)('the demo starts as the login that migrate-log granted its part', async () => {
  const { environment } = ownFolders();
  onTestFinished(() => rmSync(environment.SECRETS_DIR, { recursive: true, force: true }));
  const database = await createDatabase(await postgresUrl());
  const login = new URL(database.url).pathname.slice(1);
  onTestFinished(() => database.drop());
  await database.sql(`CREATE ROLE ${login} LOGIN`);
  onTestFinished(async () => {
    await database.sql(`DROP ROLE ${login}`);
  });
  const granted = runLogCommand('migrate-log', ['--grant', login], { DATABASE_OWNER_URL: database.url });
  expect(granted.status).toBe(0);
  const DATABASE_URL = database.urlOf(login);
  const gateway = await startGatewayProcess({
    environment: { ...environment, DATABASE_URL },
    args: ['--demo'],
  });
  expect(await gateway.kill('SIGTERM')).toBe(0);
});
