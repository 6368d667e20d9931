import { afterEach, describe, expect, it } from 'vitest';
import { SERVER_TIMES, startServer, type Route, type RunningServer } from '../../src/http/server.ts';
import { readBody } from '../../src/http/read-body.ts';
import { rawConnection, rawExchange } from '../support/servers/raw-http.ts';

const running: RunningServer[] = [];
const held: PromiseWithResolvers<void>[] = [];

afterEach(async () => {
  for (const one of held.splice(0)) one.resolve();
  await Promise.all(running.splice(0).map((server) => server.close(0)));
});

const OK = { status: 200, headers: { 'content-type': 'text/plain' }, body: 'fine' };
const ROUTES = new Map<string, Route>([
  ['/early', { method: 'POST', handler: async () => OK }],
  ['/echo', { method: 'POST', handler: async (request) => ({ ...OK, body: await readBody(request) }) }],
  ['/broken', { method: 'GET', handler: () => Promise.reject(new Error('secret text')) }],
  ['/fine', { method: 'GET', handler: async () => OK }],
  [
    '/held',
    {
      method: 'GET',
      handler: async () => {
        const gate = Promise.withResolvers<void>();
        held.push(gate);
        await gate.promise;
        return OK;
      },
    },
  ],
]);

async function start(times?: typeof SERVER_TIMES): Promise<RunningServer> {
  const options = { routes: ROUTES, headers: { 'x-gateway-mode': 'demo' }, ...(times ? { times } : {}) };
  const server = await startServer(options, 0, '127.0.0.1');
  running.push(server);
  return server;
}

const QUICK = { head: 200, request: 400, checkEvery: 50 };
const post = (path: string, more: string): string => `POST ${path} HTTP/1.1\r\nHost: g\r\n${more}`;
const isMarked = (answer: string): boolean =>
  /x-gateway-mode: demo\r\n/i.test(answer) && /cache-control: no-store\r\n/i.test(answer);

describe('what is here', () => {
  it.each([
    ['GET', '/fine', 200, null],
    ['GET', '/fine?x=1', 200, null],
    ['HEAD', '/fine', 200, null],
    ['POST', '/fine', 405, 'GET'],
    ['GET', '/early', 405, 'POST'],
    ['HEAD', '/early', 405, 'POST'],
    ['OPTIONS', '/early', 405, 'POST'],
    ['PUT', '/early', 405, 'POST'],
    ['DELETE', '/early', 405, 'POST'],
    ['QUERY', '/early', 405, 'POST'],
    ['GET', '/', 404, null],
    ['POST', '/early/', 404, null],
    ['POST', '/EARLY', 404, null],
    ['POST', '/x/../early', 404, null],
    ['GET', '/constructor', 404, null],
    ['GET', '/broken', 500, null],
  ])('%s %s: %i', async (method, path, status, allow) => {
    const { port } = await start();
    const answer = await rawExchange(
      port,
      `${method} ${path} HTTP/1.1\r\nHost: g\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`,
    );
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(/allow: (\w+)/i.exec(answer)?.[1] ?? null).toBe(allow);
    expect(isMarked(answer)).toBe(true);
    expect(answer).not.toContain('secret');
    expect(answer.endsWith('\r\n\r\n')).toBe(method === 'HEAD');
  });
});

describe('what is no request', () => {
  it.each([
    ['no HTTP', 'EHLO there\r\n\r\n', 400],
    ['two lengths', post('/echo', 'Content-Length: 1\r\nContent-Length: 2\r\n\r\nab'), 400],
    [
      'length and chunks (request smuggling)',
      post('/echo', 'Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n'),
      400,
    ],
    ['a bad chunk', post('/echo', 'Transfer-Encoding: chunked\r\n\r\nzz\r\n'), 400],
    ['a name with a space', post('/echo', 'X-Purpose : a\r\nContent-Length: 0\r\n\r\n'), 400],
    ['a folded header', post('/echo', 'X-Purpose: a\r\n b\r\nContent-Length: 0\r\n\r\n'), 400],
    ['no host', 'POST /early HTTP/1.1\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', 400],
    ['an expectation', post('/early', 'Expect: tea\r\nConnection: close\r\nContent-Length: 0\r\n\r\n'), 417],
    ['a head of over 16 KB', post('/echo', `X-Long: ${'x'.repeat(17_000)}\r\n\r\n`), 431],
  ])('%s', async (_name, text, status) => {
    const { port } = await start();
    const answer = await rawExchange(port, text);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(isMarked(answer)).toBe(true);
  });

  it('a client that waits for leave to send its body gets it', async () => {
    const { port } = await start();
    const connection = await rawConnection(port);
    connection.write(post('/echo', 'Expect: 100-continue\r\nConnection: close\r\nContent-Length: 4\r\n\r\n'));
    await connection.until('100 Continue');
    connection.write('body');
    expect((await connection.ended).endsWith('body')).toBe(true);
  });

  it('a head just under 16 KB is one', async () => {
    const { port } = await start();
    const answer = await rawExchange(
      port,
      post('/early', `X-Long: ${'x'.repeat(16_000)}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`),
    );
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
  });
});

describe('slow clients', () => {
  it('have ten seconds for the head and fifteen for the request', () => {
    expect(SERVER_TIMES).toEqual({ head: 10_000, request: 15_000, checkEvery: 5_000 });
  });

  it.each([
    ['say nothing', ''],
    ['stop in the head', 'POST /echo HTTP/1.1\r\nHost: g\r\n'],
    ['stop in the body', post('/echo', 'Content-Length: 10\r\n\r\n{"q"')],
    ['stop in a chunk', post('/echo', 'Transfer-Encoding: chunked\r\n\r\nff\r\n{"q"')],
  ])('that %s are cut off', async (_name, text) => {
    const { port } = await start(QUICK);
    const startedAt = performance.now();
    const answer = await rawExchange(port, text);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(answer === '' || /^HTTP\/1.1 408 /.test(answer)).toBe(true);
  });

  it('that drip a header at a time are cut off too (slowloris)', async () => {
    const { port } = await start(QUICK);
    const connection = await rawConnection(port);
    connection.write('POST /echo HTTP/1.1\r\nHost: g\r\n');
    const timer = setInterval(() => connection.write('X-A: b\r\n'), 20);
    const startedAt = performance.now();
    await connection.ended;
    clearInterval(timer);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('answered before their body ends are cut off without a second answer', async () => {
    const { port } = await start(QUICK);
    const answer = await rawExchange(port, post('/early', 'Content-Length: 10\r\n\r\n{"q"'));
    expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1);
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
  });
});

describe('an answer before the end of the body', () => {
  it('reaches a client that goes on sending, and the connection stays of use', async () => {
    const { port } = await start();
    const connection = await rawConnection(port);
    connection.write(post('/early', 'Content-Length: 200000\r\n\r\n'));
    await connection.until('fine');
    connection.write(Buffer.alloc(200_000, ' '));
    connection.write(post('/echo', 'Content-Length: 6\r\nConnection: close\r\n\r\nsecond'));
    const all = await connection.ended;
    expect(all.match(/HTTP\/1\.1 200/g)).toHaveLength(2);
    expect(all.endsWith('second')).toBe(true);
  });

  it('is the last one where the body never ends', async () => {
    const { port } = await start();
    const connection = await rawConnection(port);
    connection.write(post('/early', 'Content-Length: 90000000\r\n\r\n'));
    await connection.until('fine');
    for (let sent = 0; sent < 40 && !connection.socket.destroyed; sent++) {
      connection.write(Buffer.alloc(65_536, ' '));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await connection.ended).match(/HTTP\/1\.1/g)).toHaveLength(1);
  });
});

describe('closing', () => {
  it('answers what is under way, refuses what is new, and ends', async () => {
    const server = await start();
    const under = await rawConnection(server.port);
    under.write('GET /held HTTP/1.1\r\nHost: g\r\n\r\n');
    const idle = await rawConnection(server.port);
    idle.write('GET /fine HTTP/1.1\r\nHost: g\r\n\r\n');
    await idle.until('fine');
    const silent = await rawConnection(server.port);
    const closed = server.close(5_000);
    expect(await silent.ended).toBe('');
    await idle.ended;
    await expect(rawConnection(server.port)).rejects.toThrow('ECONNREFUSED');
    held.splice(0).forEach((gate) => gate.resolve());
    const answer = await under.ended;
    expect(answer).toMatch(/^HTTP\/1.1 200 /);
    expect(answer).toMatch(/connection: close/i);
    await closed;
  });

  it('does not wait longer than it was told', async () => {
    const server = await start();
    const under = await rawConnection(server.port);
    under.write('GET /held HTTP/1.1\r\nHost: g\r\n\r\n');
    while (held.length === 0) await new Promise((resolve) => setImmediate(resolve));
    const startedAt = performance.now();
    await server.close(100);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(await under.ended).toBe('');
  });
});

describe('a client that never reads', () => {
  it('is cut off, and what waited for its answer is told', async () => {
    const written = Promise.withResolvers<void>();
    const big = { ...OK, body: 'x'.repeat(32 * 1_024 * 1_024), whenWritten: () => written.resolve() };
    const server = await startServer(
      {
        routes: new Map<string, Route>([['/big', { method: 'GET', handler: async () => big }]]),
        headers: {},
        writeMs: 300,
      },
      0,
      '127.0.0.1',
    );
    running.push(server);
    const connection = await rawConnection(server.port);
    connection.socket.pause();
    connection.write('GET /big HTTP/1.1\r\nHost: g\r\n\r\n');
    const startedAt = performance.now();
    await written.promise;
    const waited = performance.now() - startedAt;
    expect(waited).toBeGreaterThan(200);
    expect(waited).toBeLessThan(5_000);
  });
});
