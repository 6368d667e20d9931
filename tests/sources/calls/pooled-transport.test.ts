import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { buildPooledTransport } from '../../../src/sources/calls/pooled-transport.ts';
import type { Transport, WireRequest } from '../../../src/sources/calls/transport.ts';
import { codeOf } from '../fixtures/register-fixture.ts';

const REQUEST: WireRequest = {
  method: 'POST',
  path: '/tra?x=1',
  headers: { authorization: 'Bearer s' },
  body: 'câu hỏi',
};
const cleanUps: (() => Promise<unknown> | void)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).toReversed()) await cleanUp();
});

async function listen(server: Server): Promise<number> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUps.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return (server.address() as AddressInfo).port;
}

function transportTo(
  port: number,
  changes: { path?: string; connections?: number; maxResponseBytes?: number } = {},
): Transport {
  const transport = buildPooledTransport({
    baseUrl: `http://127.0.0.1:${port}${changes.path ?? ''}`,
    connections: changes.connections ?? 4,
    maxResponseBytes: changes.maxResponseBytes ?? 1_000,
  });
  cleanUps.push(() => transport.close());
  return transport;
}

async function httpServer(
  answer: (request: IncomingMessage, response: ServerResponse, body: string) => void,
) {
  return listen(
    createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => answer(request, response, Buffer.concat(chunks).toString()));
    }),
  );
}

test('sends method, path behind the base path, headers and body; gives status and whole body', async () => {
  const port = await httpServer((request, response, body) => {
    response.statusCode = 203;
    response.write('một ');
    setTimeout(() => {
      response.end(`${request.method} ${request.url} ${request.headers['authorization']} ${body}`);
    }, 10);
  });
  const transport = transportTo(port, { path: '/adapter/' });
  expect(await transport.send(REQUEST, 2_000)).toEqual({
    status: 203,
    body: 'một POST /adapter/tra?x=1 Bearer s câu hỏi',
  });
});

test('keeps sockets alive, no more of them than allowed', async () => {
  const sockets = new Set<Socket>();
  const port = await httpServer((request, response) => {
    sockets.add(request.socket);
    setTimeout(() => response.end('x'), 2);
  });
  const transport = transportTo(port, { connections: 2 });
  await Promise.all(Array.from({ length: 20 }, () => transport.send(REQUEST, 2_000)));
  await transport.send(REQUEST, 2_000);
  expect(sockets.size).toBe(2);
});

test.each([
  ['headers', () => {}],
  [
    'body',
    (response: ServerResponse) => {
      response.write('x');
    },
  ],
])('one deadline: %s never come, and the socket is given up', async (_name, answer) => {
  let closed: (() => void) | undefined;
  const isClosed = new Promise<void>((resolve) => (closed = resolve));
  const port = await httpServer((request, response) => {
    request.socket.on('close', () => closed?.());
    answer(response);
  });
  const transport = transportTo(port);
  expect(await codeOf(transport.send(REQUEST, 50))).toBe('SOURCE_TIMEOUT');
  await isClosed;
});

test('one deadline: a body that drips does not prolong it', async () => {
  const port = await httpServer((_request, response) => {
    const timer = setInterval(() => response.write('x'), 10);
    response.on('close', () => clearInterval(timer));
  });
  const started = performance.now();
  expect(await codeOf(transportTo(port).send(REQUEST, 100))).toBe('SOURCE_TIMEOUT');
  expect(performance.now() - started).toBeGreaterThanOrEqual(99);
});

test('one deadline: what waited too long for a socket is not sent any more', async () => {
  const seen: string[] = [];
  const port = await httpServer((request, response) => {
    seen.push(request.url ?? '');
    setTimeout(() => response.end('x'), 100);
  });
  const transport = transportTo(port, { connections: 1 });
  const first = transport.send({ ...REQUEST, path: '/first' }, 2_000);
  expect(await codeOf(transport.send({ ...REQUEST, path: '/second' }, 20))).toBe('SOURCE_TIMEOUT');
  await first;
  await transport.send({ ...REQUEST, path: '/third' }, 2_000);
  expect(seen).toEqual(['/first', '/third']);
});

test.each([
  ['announced', (response: ServerResponse) => response.end('x'.repeat(1_001))],
  [
    'in chunks',
    (response: ServerResponse) => {
      response.write('x'.repeat(600));
      response.end('x'.repeat(600));
    },
  ],
])('refuses an answer that is too large, %s', async (_name, answer) => {
  const port = await httpServer((_request, response) => void answer(response));
  const transport = transportTo(port);
  expect(await codeOf(transport.send(REQUEST, 2_000))).toBe('SOURCE_UNAVAILABLE');
});

test('takes an answer of exactly the limit', async () => {
  const port = await httpServer((_request, response) => response.end('x'.repeat(1_000)));
  expect((await transportTo(port).send(REQUEST, 2_000)).body).toHaveLength(1_000);
});

test('refuses bytes that are not UTF-8 instead of putting marks into names', async () => {
  const port = await httpServer((_request, response) => response.end(Buffer.from([0x4e, 0xe1, 0x6e])));
  expect(await codeOf(transportTo(port).send(REQUEST, 2_000))).toBe('SOURCE_CONTRACT_BROKEN');
});

const BROKEN_PEERS: readonly (readonly [string, (socket: Socket) => void])[] = [
  ['closes at once', (socket) => socket.destroy()],
  ['closes without an answer', (socket) => socket.once('data', () => socket.end())],
  ['resets', (socket) => socket.once('data', () => socket.resetAndDestroy())],
  ['speaks no HTTP', (socket) => socket.once('data', () => socket.end('SSH-2.0-x\r\n'))],
  [
    'cuts the body',
    (socket) => socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf')),
  ],
  [
    'cuts a chunk',
    (socket) =>
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhalf')),
  ],
];
test.each(BROKEN_PEERS)('a peer that %s is not available, then works again', async (_name, breakOff) => {
  let isBroken = true;
  const port = await listen(
    createTcpServer((socket) => {
      socket.on('error', () => {});
      if (isBroken) breakOff(socket);
      else socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok'));
    }),
  );
  const transport = transportTo(port);
  expect(await codeOf(transport.send(REQUEST, 2_000))).toBe('SOURCE_UNAVAILABLE');
  isBroken = false;
  expect(await transport.send(REQUEST, 2_000)).toEqual({ status: 200, body: 'ok' });
});

test('nobody listens: not available, and the error says nothing of where', async () => {
  const server = createTcpServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  const error: unknown = await transportTo(port)
    .send(REQUEST, 2_000)
    .catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'SOURCE_UNAVAILABLE', message: 'The register is not available.' });
  expect((error as Error).cause).toBeUndefined();
  expect((error as Error).stack).not.toContain(String(port));
});

test('an interim 103 is not the answer', async () => {
  const port = await httpServer((_request, response) => {
    response.writeEarlyHints({ link: '</x>; rel=preload' });
    response.end('final');
  });
  expect(await transportTo(port).send(REQUEST, 2_000)).toEqual({ status: 200, body: 'final' });
});

test('closing fails what is under way', async () => {
  const port = await httpServer(() => {});
  const transport = transportTo(port);
  const sent = codeOf(transport.send(REQUEST, 5_000));
  await new Promise((resolve) => setTimeout(resolve, 20));
  await transport.close();
  expect(await sent).toBe('SOURCE_UNAVAILABLE');
  expect(await codeOf(transport.send(REQUEST, 5_000))).toBe('SOURCE_UNAVAILABLE');
});

test('asks for no content coding, and reads one that comes unasked', async () => {
  const accepted: (string | undefined)[] = [];
  const port = await listen(
    createServer((request, response) => {
      accepted.push(request.headers['accept-encoding']);
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync('{"a":"Đào"}'));
    }),
  );
  const transport = transportTo(port, { maxResponseBytes: 1_000 });
  expect(await transport.send(REQUEST, 2_000)).toEqual({ status: 200, body: '{"a":"Đào"}' });
  expect(accepted).toEqual(['identity']);
});

test('a coded answer is held to the same size', async () => {
  const port = await listen(
    createServer((_request, response) => {
      response.setHeader('content-encoding', 'gzip');
      response.end(gzipSync('x'.repeat(100_000)));
    }),
  );
  const transport = transportTo(port, { maxResponseBytes: 1_000 });
  expect(await codeOf(transport.send(REQUEST, 2_000))).toBe('SOURCE_CONTRACT_BROKEN');
});

/** Answers the first request on a socket, and closes the socket at the second. */
async function closeOnReuse(): Promise<{ port: number; sockets: () => number }> {
  let sockets = 0;
  const port = await listen(
    createTcpServer((socket) => {
      sockets += 1;
      let requests = 0;
      socket.on('error', () => undefined);
      socket.on('data', () => {
        requests += 1;
        if (requests > 1) socket.destroy();
        else socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: keep-alive\r\n\r\nok');
      });
    }),
  );
  return { port, sockets: () => sockets };
}

test('a look-up on a socket that the register closes at its reuse is repeated once, on a fresh one', async () => {
  const { port, sockets } = await closeOnReuse();
  const transport = transportTo(port, { connections: 1 });
  for (let round = 0; round < 4; round++) {
    expect(await transport.send({ ...REQUEST, body: 'a' }, 2_000)).toEqual({ status: 200, body: 'ok' });
  }
  expect(sockets()).toBeGreaterThan(1);
});

test('a look-up on a fresh socket is not repeated', async () => {
  let sockets = 0;
  const port = await listen(
    createTcpServer((socket) => {
      sockets += 1;
      socket.on('error', () => undefined);
      socket.on('data', () => socket.destroy());
    }),
  );
  expect(await codeOf(transportTo(port).send(REQUEST, 2_000))).toBe('SOURCE_UNAVAILABLE');
  expect(sockets).toBe(1);
});
