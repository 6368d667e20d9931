import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LogNotContinued, openInstanceLog } from '../../../src/access-log/continuity/instance-log.ts';
import { KEYS } from '../support/example-record.ts';
import { ownDirectory } from '../support/fixtures.ts';

/** An emptied DATA_DIR must not begin the same log again under the same key. */
async function begin() {
  const folder = await ownDirectory();
  const [data, secrets] = [join(folder, 'data'), join(folder, 'secrets')];
  mkdirSync(secrets, { mode: 0o700 });
  const open = async (secretsDirectory: string | null = secrets) => {
    const opened = await openInstanceLog({
      instanceId: 'gateway-1',
      store: { kind: 'sqlite', directory: data, maxPages: null },
      directory: data,
      secretsDirectory,
      keys: {
        logSeal: KEYS.sealKeys,
        logSearch: [{ id: 's1', key: Buffer.alloc(32, 7) }],
        checkpoint: KEYS.checkpointKeys,
      },
      witness: null,
      observer: { onWitnessTrouble() {}, onWitnessRecovery() {} },
    });
    await opened.close();
  };
  return { data, mark: join(secrets, 'log-begun-gateway-1'), open };
}

test('a log goes on where it is, and not where it was lost, until somebody takes the mark away', async () => {
  const { data, mark, open } = await begin();
  await open();
  expect(statSync(mark).mode & 0o777).toBe(0o600);
  await open();
  rmSync(data, { recursive: true });
  for (let time = 0; time < 2; time++) {
    await expect(open()).rejects.toThrow(LogNotContinued);
    await expect(open()).rejects.toThrow('take SECRETS_DIR/log-begun-gateway-1 away');
  }
  rmSync(mark);
  await open();
  expect(existsSync(mark)).toBe(true);
});

test('a log of before there were marks gets one; the demo needs none', async () => {
  const { data, mark, open } = await begin();
  await open(null);
  rmSync(data, { recursive: true });
  await open(null);
  expect(existsSync(mark)).toBe(false);
  await open();
  expect(existsSync(mark)).toBe(true);
});
