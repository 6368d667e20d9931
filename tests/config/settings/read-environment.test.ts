import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readEnvironment } from '../../../src/config/settings/read-environment.ts';

function fileWith(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ndg-env-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, '.env'), text);
  return join(folder, '.env');
}

test('the file fills in what the environment does not set', () => {
  const ENV_FILE = fileWith('# of the office\nPORT=8080\nHOST="::1"\nLOG_LEVEL=warn\nDATA_DIR=/from-file\n');
  expect(readEnvironment({ ENV_FILE, PORT: '4000', DATA_DIR: ' ' })).toEqual({
    ENV_FILE,
    PORT: '4000',
    HOST: '::1',
    LOG_LEVEL: 'warn',
    DATA_DIR: '/from-file',
  });
});

test('without a file the environment is all there is', () => {
  expect(readEnvironment({ ENV_FILE: 'off', PORT: '1' })).toEqual({ ENV_FILE: 'off', PORT: '1' });
});

test('a file that is named must be there', () => {
  expect(() => readEnvironment({ ENV_FILE: '/nowhere/.env' })).toThrow('/nowhere/.env cannot be read');
});
