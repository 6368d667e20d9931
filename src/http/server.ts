import { METHODS, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { Limits } from '../config/limits.ts';
import { GatewayError } from '../errors.ts';
import type { OutgoingAnswer } from '../request/stages.ts';
import { brokenRequestHandler, drain } from './broken-requests.ts';
import { crossOriginHeaders, preflightAnswer } from './head/cross-origin.ts';
import { faultOfHead, hostNameOf, targetPathOf } from './head/head-faults.ts';
import { refusalAnswer } from './refusal.ts';
import { requestIdOf } from './request-ids.ts';

export const SERVER_LIMITS = {
  headBytes: { value: 16 * 1_024, unit: 'bytes', why: 'A larger head is answered with 431.' },
  headMs: { value: 10_000, unit: 'ms', why: 'A client that sends its head slower is cut off.' },
  requestMs: { value: 15_000, unit: 'ms', why: 'A client that sends its whole request slower is cut off.' },
  checkEveryMs: { value: 5_000, unit: 'ms', why: 'Slow clients are looked for at this interval.' },
  keepAliveMs: { value: 65_000, unit: 'ms', why: 'Longer than the 60 s of usual load balancers.' },
  closeGraceMs: {
    value: 15_000,
    unit: 'ms',
    why: 'Longer than a request may take: none is cut off that registers have logged already.',
  },
  writeMs: {
    value: 30_000,
    unit: 'ms',
    why: 'A client that does not read its answer in this time is cut off.',
  },
  connections: {
    value: 4_096,
    unit: 'connections',
    why: 'The process has descriptors left for registers and files.',
  },
  backlog: { value: 1_024, unit: 'connections', why: 'Connections that wait to be accepted.' },
} as const satisfies Limits;

const NO_ORIGINS: ReadonlySet<string> = new Set();
const FOREIGN_HOST = 'This server is not asked by this host name.';

/** One path's handler. It reads the body itself, once it knows that the caller may send one. */
export type Handler = (request: IncomingMessage) => Promise<WrittenAnswer | StreamedAnswer>;

/** An answer, with what waits until it is written or its connection is gone. */
export type WrittenAnswer = OutgoingAnswer & { readonly whenWritten?: () => void };

/** An answer without an end: its head leaves at once, and `stream` writes the rest as it comes. */
export interface StreamedAnswer extends Omit<WrittenAnswer, 'body'> {
  readonly stream: (response: ServerResponse) => void;
}

export interface Route {
  /** A GET route answers HEAD too. */
  readonly method: 'GET' | 'POST';
  readonly handler: Handler;
  /** Answers a GET that accepts text/html, as a browser sends it; the demo's explorer alone has one. */
  readonly page?: () => OutgoingAnswer;
  /** Says what a caller that uses another method has to set. */
  readonly methodHint?: string;
  /** Origins whose scripts may read answers of this path; none by default. */
  readonly origins?: ReadonlySet<string>;
}

export interface ServerOptions {
  readonly routes: ReadonlyMap<string, Route>;
  /** These stand on every answer. */
  readonly headers: Readonly<Record<string, string>>;
  /** True for a host name by which this server may be asked; without it any name will do. */
  readonly isOwnHost?: (name: string | null) => boolean;
  /** Tests take shorter ones. */
  readonly times?: ServerTimes;
  /** Milliseconds for which an answer may wait to be read. Shorter ones are for tests. */
  readonly writeMs?: number;
}

export type ServerTimes = Readonly<Record<'head' | 'request' | 'checkEvery', number>>;

/** Milliseconds that a client may take for the head and for the whole request, and how often that is looked after. */
export const SERVER_TIMES: ServerTimes = {
  head: SERVER_LIMITS.headMs.value,
  request: SERVER_LIMITS.requestMs.value,
  checkEvery: SERVER_LIMITS.checkEveryMs.value,
};

export interface RunningServer {
  readonly port: number;
  /** From now on each answer ends its connection, so that callers come back elsewhere; new ones are still taken. */
  leave(): void;
  /** Stops accepting, lets requests under way end within the time, then closes what is left. */
  close(graceMs: number): Promise<void>;
}

/** A Fastify server that listens. Each answer is known as a whole before its head leaves. */
export async function startServer(
  options: ServerOptions,
  port: number,
  host: string,
): Promise<RunningServer> {
  let isLeaving = false;
  const app = buildApp(options, () => isLeaving);
  const sockets = new Set<Socket>();
  app.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await app.listen({ port, host, backlog: SERVER_LIMITS.backlog.value });
  return {
    port: (app.server.address() as AddressInfo).port,
    leave: () => {
      isLeaving = true;
    },
    close: async (graceMs) => {
      isLeaving = true;
      const closed = app.close();
      // Connections opened ahead of any request count as active for node:http, and would be waited for.
      for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
      const timer = setTimeout(() => app.server.closeAllConnections(), graceMs);
      await closed;
      clearTimeout(timer);
    },
  };
}

function buildApp(options: ServerOptions, isLeaving: () => boolean) {
  const { routes, headers, isOwnHost, times = SERVER_TIMES } = options;
  const writeMs = options.writeMs ?? SERVER_LIMITS.writeMs.value;
  const app = fastify({
    http: {
      maxHeaderSize: SERVER_LIMITS.headBytes.value,
      // Answered below, so that this answer too has its headers.
      requireHostHeader: false,
      headersTimeout: times.head,
      connectionsCheckingInterval: times.checkEvery,
    },
    requestTimeout: times.request,
    keepAliveTimeout: SERVER_LIMITS.keepAliveMs.value,
    return503OnClosing: false,
    exposeHeadRoutes: false,
    clientErrorHandler: brokenRequestHandler(headers),
    rewriteUrl: ({ url = '/' }) => targetPathOf(url),
    frameworkErrors: (_error, request, reply) => refuse(new GatewayError('BAD_REQUEST'), request, reply),
  });
  function send(answer: WrittenAnswer, request: FastifyRequest, reply: FastifyReply): void {
    const { raw } = request;
    const cutOff = setTimeout(() => raw.socket.destroy(), writeMs);
    reply.raw.once('close', () => {
      clearTimeout(cutOff);
      answer.whenWritten?.();
    });
    const [path = ''] = (raw.url ?? '').split('?');
    const { origins = NO_ORIGINS } = routes.get(path) ?? {};
    void reply
      .code(answer.status)
      .headers({ 'x-request-id': requestIdOf(textOf(raw.headers['x-request-id'])), ...answer.headers })
      .headers({ ...headers, ...crossOriginHeaders(raw, origins), 'cache-control': 'no-store' })
      .headers(isLeaving() ? { connection: 'close' } : {})
      .send(Buffer.from(answer.body, 'utf8'));
    if (!raw.complete) drain(raw);
  }
  function sendStream(answer: StreamedAnswer, { raw }: FastifyRequest, reply: FastifyReply): void {
    reply.hijack();
    if (raw.socket.destroyed) return answer.whenWritten?.();
    reply.raw.once('close', () => answer.whenWritten?.());
    reply.raw.writeHead(answer.status, { ...answer.headers, ...headers, 'cache-control': 'no-store' });
    if (raw.method === 'HEAD') reply.raw.end();
    else answer.stream(reply.raw);
  }
  function refuse(error: GatewayError, request: FastifyRequest, reply: FastifyReply): void {
    send(refusalAnswer(error, request.headers.accept), request, reply);
  }
  app.server.maxConnections = SERVER_LIMITS.connections.value;
  acceptAllMethods(app);
  app.addHook('onRequest', async (request, reply) => {
    const fault = faultOfHead(request.raw);
    if (fault) return refuse(fault, request, reply);
    // A page of another site could name a host that leads here (DNS rebinding); RFC 9110 15.5.20.
    if (isOwnHost?.(hostNameOf(request.raw, request.originalUrl)) === false) {
      refuse(new GatewayError('BAD_REQUEST', { httpStatus: 421, message: FOREIGN_HOST }), request, reply);
    }
  });
  app.setErrorHandler((_error, request, reply) => refuse(new GatewayError('INTERNAL_ERROR'), request, reply));
  app.setNotFoundHandler((request, reply) =>
    refuse(
      new GatewayError('BAD_REQUEST', { httpStatus: 404, message: 'There is nothing here.' }),
      request,
      reply,
    ),
  );
  for (const [url, route] of routes) {
    app.route({
      method: app.supportedMethods,
      url,
      // The request is answered in this hook, since Fastify would read the body before the handler.
      onRequest: async (request, reply) => {
        const answer = await answerOf(route, request);
        if ('stream' in answer) sendStream(answer, request, reply);
        else send(answer, request, reply);
      },
      handler: () => Promise.reject(new Error('answered in onRequest')),
    });
  }
  return app;
}

/** A method that a path does not have is answered by the path, and says which it has. */
function acceptAllMethods(app: FastifyInstance): void {
  for (const method of METHODS) {
    if (!app.supportedMethods.includes(method)) app.addHttpMethod(method);
  }
  app.server.on('checkExpectation', (request, response) => app.routing(request, response));
}

async function answerOf(route: Route, { raw }: FastifyRequest): Promise<WrittenAnswer | StreamedAnswer> {
  const { origins = NO_ORIGINS, methodHint, page } = route;
  const method = raw.method === 'HEAD' ? 'GET' : raw.method;
  if (method === route.method) return route.handler(raw);
  if (page && method === 'GET' && /\btext\/html\b/i.test(raw.headers.accept ?? '')) return page();
  if (method === 'OPTIONS' && origins.size > 0) return preflightAnswer(raw, route.method, origins);
  const message = [`Only ${route.method} is answered here.`, ...(methodHint ? [methodHint] : [])].join(' ');
  const refusal = refusalAnswer(
    new GatewayError('BAD_REQUEST', { httpStatus: 405, message }),
    raw.headers.accept,
  );
  return { ...refusal, headers: { ...refusal.headers, allow: route.method } };
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header;
}
