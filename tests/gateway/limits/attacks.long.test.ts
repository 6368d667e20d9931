import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillEnvironment } from '../../../mocks/demo.ts';
import { mintToken } from '../../../mocks/identity/mint-token.ts';
import { startMocks, type RunningMocks } from '../../../mocks/servers/servers.ts';
import { country } from '../../support/gateway.ts';
import { CITIZENS } from '../../support/selections.ts';
import { startGatewayProcess, type GatewayProcess } from '../../support/servers/gateway-process.ts';
import { rawConnection, type RawConnection } from '../../support/servers/raw-http.ts';

/**
 * Attacks on a gateway in a process of its own, and what others notice of each. The times are printed; promised is that others are
 * answered, none of them later than in seconds, and that memory stays below a bound.
 */
const LATEST_MS = 5_000;
const MOST_MEMORY_KB = 2_000_000;

const folder = mkdtempSync(join(tmpdir(), 'ndg-attacks-'));
let mocks: RunningMocks;
let gateway: GatewayProcess;
/** The land register of this gateway: a reply of its own, where one is set. */
let land: Server;
let landReply: string | null = null;
const ids: string[] = [];
const open: RawConnection[] = [];

beforeAll(async () => {
  mocks = await startMocks({ country });
  land = createServer((_request, response) => response.end(landReply ?? '{}'));
  await new Promise<void>((resolve) => land.listen(0, '127.0.0.1', resolve));
  const environment = await fillEnvironment(
    { DATA_DIR: join(folder, 'data'), SECRETS_DIR: join(folder, 'secrets') },
    mocks.urls,
  );
  const set = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  gateway = await startGatewayProcess({ args: ['--demo'], environment: Object.fromEntries(set) });
  for (const { personalId } of country.people({ with: ['marriage'] }))
    if (ids.push(personalId) === 100) break;
  await measure('warm', 2_000);
});

afterAll(async () => {
  await gateway.kill('SIGTERM');
  land.close();
  await mocks.close();
  rmSync(folder, { recursive: true, force: true });
});

interface Asked {
  readonly query: string;
  readonly variables?: object;
  readonly client?: string;
  readonly officer?: string;
  readonly purpose?: string;
  readonly token?: string;
}

const tokens = new Map<string, string>();

function tokenOf(client: string, officer: string): string {
  const name = `${client} ${officer}`;
  const token = tokens.get(name) ?? mintToken({ clientId: client, sub: officer });
  tokens.set(name, token);
  return token;
}

async function ask(asked: Asked): Promise<number> {
  const {
    query,
    variables = {},
    client = 'inspectorate',
    officer = 'officer.one',
    purpose = 'inspection',
  } = asked;
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${asked.token ?? tokenOf(client, officer)}`,
      'content-type': 'application/json',
      'x-purpose': purpose,
      'x-case-id': 'H26-261121-0001',
    },
    body: JSON.stringify({ query, variables }),
  });
  await response.arrayBuffer();
  return response.status;
}

/** What others noticed: latest answer in milliseconds; memory in kilobytes. */
interface Noticed {
  readonly statuses: readonly number[];
  readonly latest: number;
  readonly memory: number;
}

/** Another client asks for a name, ten times a second from each of five callers, while the attack runs. */
async function measure(name: string, attack: number | (() => Promise<unknown>)): Promise<Noticed> {
  const over = new AbortController();
  const times: number[] = [];
  const statuses = new Set<number>();
  let next = 0;
  const other = async (): Promise<void> => {
    while (!over.signal.aborted) {
      const query = `{ citizen(personalId: "${ids[next++ % ids.length]}") { name { full } } }`;
      const startedAt = performance.now();
      statuses.add(
        await ask({ query, client: 'dvc-portal', officer: 'dvc.portal', purpose: 'form-prefill' }),
      );
      times.push(performance.now() - startedAt);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  const others = Promise.all(Array.from({ length: 5 }, other));
  if (typeof attack === 'number') await new Promise((resolve) => setTimeout(resolve, attack));
  else await attack();
  over.abort();
  await others;
  const sorted = times.toSorted((a, b) => a - b);
  const at = (part: number): string => (sorted[Math.floor((sorted.length - 1) * part)] ?? 0).toFixed(0);
  const memory = Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${gateway.pid}/status`, 'utf8'))?.[1]);
  console.log(
    `${name}: others' p50 ${at(0.5)} ms, p99 ${at(0.99)} ms of ${times.length}; ${Math.round(memory / 1_000)} MB`,
  );
  return { statuses: [...statuses], latest: Math.max(...times), memory };
}

const names = (count: number, field: string): string =>
  Array.from({ length: count }, (_, index) => `f${index}: ${field}`).join(' ');
const LARGE = {
  query: `query ($ids: [ID!]!) { citizens(personalIds: $ids) { citizen { household { members { person { ...P } } } } } }
    fragment P on Citizen { ${names(300, 'name { full }')} }`,
};
const NAME = (id: string | undefined): string => `{ citizen(personalId: "${id}") { name { full } } }`;
const LAND = (id: string | undefined): string => `{ citizen(personalId: "${id}") { landParcels { id } } }`;
const port = (): number => Number(new URL(gateway.url).port);

/** All at once, as often as given; statuses other than these are faults. */
async function flood(count: number, of: (n: number) => Asked, wanted: readonly number[]): Promise<void> {
  const statuses = new Set(await Promise.all(Array.from({ length: count }, (_, n) => ask(of(n)))));
  expect(wanted).toEqual(expect.arrayContaining([...statuses]));
}

async function openSockets(count: number, text: string): Promise<void> {
  open.push(...(await Promise.all(Array.from({ length: count }, () => rawConnection(port())))));
  for (const { write } of open) write(text);
}

function rawHead(length: number, officer: string): string {
  return (
    `POST /graphql HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer ${tokenOf('inspectorate', officer)}\r\n` +
    `X-Purpose: inspection\r\nX-Case-Id: H26-261121-0001\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`
  );
}

const ATTACKS: readonly (readonly [string, () => Promise<unknown>])[] = [
  ['nothing', () => new Promise((resolve) => setTimeout(resolve, 3_000))],
  [
    'a flood by forty officers of one client',
    async () => {
      for (let round = 0; round < 5; round++) {
        await flood(
          800,
          (n) => ({ query: NAME(ids[n % 100]), officer: `officer.${n % 40}` }),
          [200, 429, 503],
        );
      }
    },
  ],
  ['the largest answers', () => flood(40, () => ({ ...LARGE, variables: { ids } }), [200, 429])],
  [
    'the largest answers, of forty officers',
    () => flood(40, (n) => ({ ...LARGE, variables: { ids }, officer: `officer.${n}` }), [200, 429]),
  ],
  [
    'a hundred batches',
    () => flood(100, () => ({ query: CITIZENS, variables: { personalIds: ids } }), [200, 429]),
  ],
  [
    'a hundred long texts, each another',
    () =>
      flood(
        100,
        (n) => ({
          query: `{ citizen(personalId: "${ids[n]}") { ${names(300, 'birthDate').replaceAll('f', `t${n}_`)} } }`,
        }),
        [200, 429],
      ),
  ],
  [
    'arguments of 240 kB',
    () =>
      flood(
        40,
        (n) => ({
          query: `query ($ids: [ID!]!, $f: String!) { citizens(personalIds: $ids) { citizen { ${names(140, 'matches(fullName: $f, birthDate: "1975")')} } } }`,
          variables: { ids, f: 'x'.repeat(240_000) },
          officer: `officer.${n}`,
        }),
        [200, 400, 429],
      ),
  ],
  [
    'callers that never read',
    async () => {
      const body = JSON.stringify({ ...LARGE, variables: { ids } });
      await openSockets(100, rawHead(Buffer.byteLength(body), 'officer.three') + body);
      for (const { socket } of open) socket.pause();
      await new Promise((resolve) => setTimeout(resolve, 5_000));
    },
  ],
  [
    'bodies that never end',
    async () => {
      await openSockets(900, `${rawHead(100, 'officer.four')}{`);
      await new Promise((resolve) => setTimeout(resolve, 3_000));
    },
  ],
  [
    'a register that hangs',
    async () => {
      mocks.registers['land']?.faults.set({ fault: 'hang' });
      await flood(
        1_200,
        (n) => ({ query: LAND(ids[n % 100]), officer: `officer.${n % 40}` }),
        [200, 429, 503],
      );
      mocks.registers['land']?.faults.clear();
    },
  ],
  [
    'a key server that hangs, and invented keys',
    async () => {
      mocks.identityProvider.faults.set({ fault: 'hang' });
      const [, ...rest] = tokenOf('inspectorate', 'officer.one').split('.');
      const forged = (n: number): string =>
        [
          Buffer.from(JSON.stringify({ alg: 'ES256', typ: 'at+jwt', kid: `k${n}` })).toString('base64url'),
          ...rest,
        ].join('.');
      await flood(1_300, (n) => ({ query: NAME(ids[0]), token: forged(n) }), [401, 503]);
      mocks.identityProvider.faults.clear();
    },
  ],
];

test.each(ATTACKS)('%s', async (name, attack) => {
  try {
    const { statuses, latest, memory } = await measure(name, attack);
    expect(statuses).toEqual([200]);
    expect(latest).toBeLessThan(LATEST_MS);
    expect(memory).toBeLessThan(MOST_MEMORY_KB);
  } finally {
    for (const { socket } of open.splice(0)) socket.destroy();
  }
});

test('replies of millions of elements', async () => {
  const environment = await fillEnvironment(
    {
      DATA_DIR: join(folder, 'data-2'),
      SECRETS_DIR: join(folder, 'secrets'),
      LAND_URL: `http://127.0.0.1:${(land.address() as AddressInfo).port}`,
    },
    mocks.urls,
  );
  const before = gateway;
  const set = Object.entries(environment).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value]],
  );
  const second = await startGatewayProcess({ args: ['--demo'], environment: Object.fromEntries(set) });
  gateway = second;
  try {
    await measure('warm', 2_000);
    for (const piece of ['{},', '[],', '1,', '"",']) {
      landReply = `{"KETQUA":[${piece.repeat(Math.floor(4_000_000 / piece.length))}null]}`;
      const { statuses, latest, memory } = await measure(`a land register that answers ${piece}`, () =>
        flood(20, (n) => ({ query: LAND(ids[n]), officer: `officer.${n}` }), [200]),
      );
      expect(statuses).toEqual([200]);
      expect(latest).toBeLessThan(LATEST_MS);
      expect(memory).toBeLessThan(MOST_MEMORY_KB);
    }
  } finally {
    gateway = before;
    await second.kill('SIGTERM');
  }
});
