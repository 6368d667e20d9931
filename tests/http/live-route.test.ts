import { connect } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { liveRoutes } from '../../src/http/live-route.ts';
import { startServer, type RunningServer } from '../../src/http/server.ts';
import type { Principal } from '../../src/identity/principal.ts';
import type { StreamParts } from '../../src/request/stream/open-stream.ts';
import { LiveFrames } from '../../src/watch/live/live-frames.ts';

/** Streams that end before their reader wants: one that does not read, one whose token expires, one that is suspended. */

const START = 1_800_000_000_000;
let now = START;
let isSuspended = false;
let streams = 0;
let written = 0;
let server: RunningServer;
let frames: LiveFrames;

const client = {
  id: 'centre',
  kind: 'centre',
  name: 'Centre',
  unit: null,
  province: null,
  register: null,
} as const;
const principal: Principal = {
  client,
  kind: 'centre',
  isDelegated: false,
  subject: 'screen.one',
  officer: 'screen.one',
  officerPersonalId: null,
  unit: null,
  tokenId: 't',
  keyId: 'k',
  expiresAt: START / 1_000 + 60,
};
const nothing = (): void => undefined;
const parts = {
  identity: { identify: async () => principal, close: nothing },
  agreements: {
    current: () => ({ builtIn: new Map() }),
    isSuspended: () => isSuspended,
    assertConfirmed: nothing,
  },
  accessLog: {
    append: async () => ((written += 1), null),
    isHealthy: () => true,
    close: async () => undefined,
  },
  activity: { answered: nothing, formFilled: nothing },
  metrics: {
    liveStream: (change: number) => (streams += change),
    step: nothing,
    answer: nothing,
    unauthenticated: nothing,
  },
  log: { debug: nothing, info: nothing, warn: nothing, error: nothing, warnLimited: nothing },
  instance: 'test',
} as unknown as StreamParts;

let size = 10;
beforeEach(async () => {
  [now, isSuspended, streams, written, size] = [START, false, 0, 0, 10];
  frames = new LiveFrames(() => ({ filler: 'x'.repeat(size) }), 20);
  const routes = liveRoutes({ parts, frames, now: () => now });
  server = await startServer({ routes, headers: {} }, 0, '127.0.0.1');
});
afterEach(async () => {
  frames.close();
  await server.close(0);
});

const open = () =>
  fetch(`http://127.0.0.1:${server.port}/console/live`, { headers: { authorization: 'Bearer x' } });

test('the opening of a stream is on record before its first byte, and its end gives the place back', async () => {
  const leaving = new AbortController();
  const response = await fetch(`http://127.0.0.1:${server.port}/console/live`, { signal: leaving.signal });
  expect([response.status, written, streams]).toEqual([200, 1, 1]);
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  leaving.abort();
  await expect.poll(() => [streams, frames.readers]).toEqual([0, 0]);
});

test.each<readonly [what: string, end: () => void]>([
  ['its token expires', () => (now += 61_000)],
  ['its caller is suspended', () => (isSuspended = true)],
  ['the gateway drains', () => frames.close()],
])('a stream ends when %s', async (_what, end) => {
  const response = await open();
  await expect.poll(() => frames.readers).toBe(1);
  end();
  expect(await response.text()).toContain('event: live');
  await expect.poll(() => [streams, frames.readers]).toEqual([0, 0]);
});

test('a reader that does not read is cut off, and others go on', async () => {
  size = 300_000;
  const lazy = connect(server.port, '127.0.0.1');
  lazy.on('error', nothing);
  lazy.write('GET /console/live HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer x\r\n\r\n');
  lazy.pause();
  const eager = await open();
  const reader = eager.body?.getReader();
  let read = 0;
  const reading = (async () => {
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
      if (done) return;
      read += value?.length ?? 0;
    }
  })();
  await expect.poll(() => frames.readers, { timeout: 5_000 }).toBe(2);
  await expect.poll(() => frames.readers, { timeout: 5_000 }).toBe(1);
  const before = read;
  await expect.poll(() => read, { timeout: 5_000 }).toBeGreaterThan(before + size);
  frames.close();
  await reading;
  lazy.destroy();
});

test('nobody gets in while the log cannot be written', async () => {
  const failing = {
    ...parts,
    accessLog: { append: () => Promise.reject(new Error('down')) },
  } as unknown as StreamParts;
  const own = await startServer(
    { routes: liveRoutes({ parts: failing, frames }), headers: {} },
    0,
    '127.0.0.1',
  );
  const response = await fetch(`http://127.0.0.1:${own.port}/console/live`);
  expect([response.status, frames.readers]).toEqual([503, 0]);
  await own.close(0);
});
