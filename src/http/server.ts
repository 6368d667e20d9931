import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { answerBrokenRequests, drain } from './broken-requests.ts';
import { refusalAnswer, type HttpAnswer } from './refusal.ts';

/** One path's handler; it answers every method that it is given. */
export type Handler = (request: IncomingMessage) => Promise<HttpAnswer>;

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly handler: Handler;
}

export interface ServerOptions {
  readonly routes: ReadonlyMap<string, Route>;
  /** On every answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** Shorter ones are for tests. */
  readonly times?: typeof SERVER_TIMES;
}

/** Milliseconds that a client may take for the head and for the whole request, looked after every so often. */
export const SERVER_TIMES: Readonly<Record<'head' | 'request' | 'checkEvery', number>> = {
  head: 10_000,
  request: 15_000,
  checkEvery: 5_000,
};

export interface RunningServer {
  readonly port: number;
  /** From now on each answer ends its connection, so that callers come back elsewhere; new ones are still taken. */
  leave(): void;
  /** Stops accepting, lets requests under way end within the time, then closes what is left. */
  close(graceMs: number): Promise<void>;
}

/** Plain node:http: the whole answer is known before the head leaves. */
export async function startServer(
  options: ServerOptions,
  port: number,
  host: string,
): Promise<RunningServer> {
  let isClosing = false;
  const times = options.times ?? SERVER_TIMES;
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    void serve(options, request, response, () => isClosing);
  };
  const server = createServer(
    {
      maxHeaderSize: 16 * 1_024,
      // Answered by route(), so that this answer too has its headers.
      requireHostHeader: false,
      headersTimeout: times.head,
      requestTimeout: times.request,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: times.checkEvery,
    },
    onRequest,
  );
  server.on('checkExpectation', onRequest);
  server.maxRequestsPerSocket = 0;
  answerBrokenRequests(server, options.headers);
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await listen(server, port, host);
  return {
    port: (server.address() as AddressInfo).port,
    leave: () => {
      isClosing = true;
    },
    close: (graceMs) => {
      isClosing = true;
      const closed = close(server, graceMs);
      // Connections opened ahead of any request count as active for node:http, and would be waited for.
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
      return closed;
    },
  };
}

async function serve(
  { routes, headers }: ServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
  isClosing: () => boolean,
): Promise<void> {
  const answer = await route(routes, request).catch(() => refusalAnswer('INTERNAL_ERROR'));
  const body = Buffer.from(answer.body, 'utf8');
  response.writeHead(answer.status, {
    ...answer.headers,
    ...headers,
    'cache-control': 'no-store',
    'content-length': body.length,
    ...(isClosing() ? { connection: 'close' } : {}),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
  if (!request.complete) drain(request);
}

async function route(routes: ReadonlyMap<string, Route>, request: IncomingMessage): Promise<HttpAnswer> {
  const { host, expect } = request.headers;
  // RFC 9112 3.2 and RFC 9110 10.1.1.
  if (host === undefined && request.httpVersion === '1.1')
    return refusalAnswer('BAD_REQUEST', undefined, 400);
  if (expect !== undefined && expect.toLowerCase() !== '100-continue') {
    return refusalAnswer('BAD_REQUEST', 'This expectation cannot be met.', 417);
  }
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const found = routes.get(path);
  if (!found) return refusalAnswer('BAD_REQUEST', 'There is nothing here.', 404);
  const method = request.method === 'HEAD' ? 'GET' : request.method;
  if (method !== found.method) {
    const refusal = refusalAnswer('BAD_REQUEST', `Only ${found.method} is answered here.`, 405);
    return { ...refusal, headers: { ...refusal.headers, allow: found.method } };
  }
  return found.handler(request);
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, 1_024, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function close(server: Server, graceMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(timer);
}
