import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';

import { afterEach, expect, test } from 'vitest';

import { sixPorts } from '../six-ports.ts';

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
});

function run(port: string) {
  const child = spawn(process.execPath, ['src/commands/ndg.ts', 'mocks'], {
    env: { ...process.env, MOCKS_PORT: port },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  return child;
}

test.each(['SIGTERM', 'SIGINT'] as const)(
  'prints the settings of a gateway and ends on %s',
  async (signal) => {
    const port = await sixPorts();
    const child = run(String(port));
    const settings: Record<string, string> = {};
    for await (const line of createInterface({ input: child.stdout })) {
      const [name = '', ...value] = line.split('=');
      settings[name] = value.join('=');
      if (name === 'TOKEN_JWKS_URL') break;
    }
    const at = (offset: number) => `http://127.0.0.1:${port + offset}`;
    expect(settings).toEqual({
      POPULATION_URL: at(0),
      BUSINESS_URL: at(1),
      LAND_URL: at(2),
      CIVIL_STATUS_URL: at(3),
      DOSSIER_URL: at(5),
      TOKEN_ISSUER: 'https://idp.demo.invalid/',
      TOKEN_AUDIENCE: 'national-data-gateway',
      TOKEN_JWKS_URL: `${at(4)}/jwks`,
    });
    expect((await fetch(`${at(4)}/jwks`)).status).toBe(200);
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
  },
);

test('a taken port is a clear message and exit 1', async () => {
  const port = await sixPorts();
  const occupant = createServer().listen(port + 2, '127.0.0.1');
  await once(occupant, 'listening');
  const outcome = await failure(String(port));
  occupant.close();
  expect(outcome).toBe(`Port ${port + 2} is taken: set MOCKS_PORT to the first of six free ports.\n`);
});

test.each(['soon', '0', '65531'])('MOCKS_PORT=%s is a clear message and exit 1', async (port) => {
  expect(await failure(port)).toBe('MOCKS_PORT is not a port between 1 and 65530.\n');
});

/** What a run that must fail says. */
async function failure(port: string): Promise<string> {
  const child = run(port);
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  expect(await once(child, 'close')).toEqual([1, null]);
  return stderr;
}
