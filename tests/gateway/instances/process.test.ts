import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { mintToken } from '../../../mocks/identity/mint-token.ts';
import { startChild, type ChildGateway } from '../../support/servers/child-gateway.ts';
import { rawConnection } from '../../support/servers/raw-http.ts';

let folder = '';
const children: ChildGateway[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndg-process-'));
});

afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.process.exitCode === null) child.process.kill('SIGKILL');
    await child.ended;
  }
  rmSync(folder, { recursive: true, force: true });
});

function start(
  parameters: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): ChildGateway {
  const child = startChild(parameters, environment);
  children.push(child);
  return child;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

const demoEnvironment = async (): Promise<Record<string, string>> => ({
  PORT: String(await freePort()),
  DATA_DIR: join(folder, 'data'),
  SECRETS_DIR: join(folder, 'secrets'),
});

describe('production', () => {
  it('without settings ends with every fault, and listens nowhere', async () => {
    const port = String(await freePort());
    const child = start([], { PORT: port });
    expect(await child.ended).toBe(1);
    for (const name of [
      'ADMIN_PORT',
      'DATA_DIR',
      'SECRETS_DIR',
      'INSTANCE_ID',
      'AGREEMENTS_DIR',
      'POPULATION_URL',
      'BUSINESS_URL',
      'LAND_URL',
      'CIVIL_STATUS_URL',
      'DOSSIER_URL',
      'TOKEN_ISSUER',
      'TOKEN_AUDIENCE',
      'TOKEN_JWKS_URL',
    ]) {
      expect(child.stderr()).toContain(`${name} is not set`);
    }
    expect(child.stderr()).not.toContain('    at ');
    expect(child.stdout()).toBe('');
  });

  it('makes and mocks nothing: no secrets, no agreements, no demo issuer', async () => {
    const secrets = join(folder, 'secrets');
    mkdirSync(secrets, { mode: 0o700 });
    const child = start([], {
      PORT: '0',
      ADMIN_PORT: '0',
      DATA_DIR: join(folder, 'data'),
      SECRETS_DIR: secrets,
      INSTANCE_ID: 'one',
      AGREEMENTS_DIR: join(folder, 'agreements'),
      POPULATION_URL: 'http://127.0.0.1:9',
      BUSINESS_URL: 'http://127.0.0.1:9',
      LAND_URL: 'http://127.0.0.1:9',
      CIVIL_STATUS_URL: 'http://127.0.0.1:9',
      DOSSIER_URL: 'http://127.0.0.1:9',
      TOKEN_ISSUER: 'https://idp.example/',
      TOKEN_AUDIENCE: 'a',
      TOKEN_JWKS_URL: 'https://idp.example/jwks',
    });
    expect(await child.ended).toBe(1);
    expect(child.stderr()).toContain('SECRETS_DIR: no cache-mac.<id>.key');
    expect(child.stderr()).toContain('SECRETS_DIR: no register-credentials.<id>.json');
    expect(child.stderr()).toContain('SECRETS_DIR: no owner-keys.<id>.json');
    expect(child.stderr()).toContain('AGREEMENTS_DIR: the folder cannot be read');
    expect(readdirSync(secrets)).toEqual([]);
  });
});

describe('the demo', () => {
  it('with half of the token settings ends and names the others', async () => {
    const child = start(['--demo'], { ...(await demoEnvironment()), TOKEN_AUDIENCE: 'x' });
    expect(await child.ended).toBe(1);
    expect(child.stderr()).toContain('TOKEN_ISSUER is not set');
    expect(child.stderr()).toContain('TOKEN_JWKS_URL is not set');
    expect(child.stderr()).not.toContain('TOKEN_AUDIENCE is not set');
  });

  it('says that its port is taken', async () => {
    const environment = await demoEnvironment();
    const taken = createServer().listen(Number(environment['PORT']), '127.0.0.1');
    await once(taken, 'listening');
    const child = start(['--demo'], environment);
    expect(await child.ended).toBe(1);
    expect(child.stderr()).toContain('a port is taken. Set PORT');
    taken.close();
  });

  it.each([
    ['SIGTERM', 'SIGTERM'],
    ['a Ctrl-C that npm passes on once more', 'SIGINT', 'SIGINT'],
  ] as const)(
    'starts with nothing, answers, and on %s answers what is under way and ends well',
    async (_name, signal, echo?: NodeJS.Signals) => {
      const environment = await demoEnvironment();
      const child = start(['--demo'], environment);
      const [, origin = '', port = ''] = await child.printed(/(http:\/\/127\.0\.0\.1:(\d+))\/graphql/);
      await child.printed(/-d '(.*)'/);
      const [, body = ''] = await child.printed(/-d '(.*)'/);
      expect(port).toBe(environment['PORT']);
      expect(statSync(environment['SECRETS_DIR'] ?? '').mode & 0o777).toBe(0o700);

      const headers = {
        authorization: `Bearer ${mintToken({ clientId: 'inspectorate' })}`,
        'x-purpose': 'inspection',
        'x-case-id': 'H26-261121-0001',
        'content-type': 'application/json',
      };
      const first = await fetch(`${origin}/graphql`, { method: 'POST', headers, body });
      expect(first.status).toBe(200);
      const answer = (await first.json()) as { data: { citizen: { name: unknown } }; errors?: unknown };
      expect(answer.errors).toBeUndefined();
      expect(answer.data.citizen.name).toEqual({ full: expect.stringMatching(/\S/) });

      // A request whose body is still under way when the signal comes.
      const underWay = await rawConnection(Number(port));
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      underWay.write(
        `POST /graphql HTTP/1.1\r\nHost: g\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${lines.join('')}\r\n`,
      );
      underWay.write(body.slice(0, 10));
      await new Promise((resolve) => setTimeout(resolve, 100));
      child.process.kill(signal);
      await child.printed(/gateway\.closing/);
      if (echo) {
        // Once the first is dealt with: signals that come together are one.
        await new Promise((resolve) => setTimeout(resolve, 100));
        child.process.kill(echo);
      }
      await vi.waitFor(async () => {
        await expect(rawConnection(Number(port))).rejects.toThrow('ECONNREFUSED');
      });
      underWay.write(Buffer.from(body).subarray(10));
      const late = await underWay.ended;
      expect(late).toMatch(/^HTTP\/1.1 200 /);
      expect(late).toMatch(/connection: close/i);
      expect(late).toContain('"citizen"');
      expect(await child.ended).toBe(0);
      expect(child.stderr()).toBe('');
    },
  );
});
