import { fastify, type FastifyInstance, type FastifyReply } from 'fastify';
import { ADD_CHECKPOINT_LIMITS } from '../../log-format/notes/add-checkpoint-body.ts';
import { addCheckpoint, type Witness } from './add-checkpoint.ts';

const PATH = '/add-checkpoint';
export const WITNESS_SERVER_LIMITS = {
  request: { value: 10_000, unit: 'ms', why: 'A sender that is slower holds a connection for nothing.' },
  keepAlive: { value: 60_000, unit: 'ms', why: 'A log asks again within seconds over the same connection.' },
  connections: { value: 256, unit: 'connections', why: 'Each log needs one connection.' },
  headBytes: { value: 8 * 1_024, unit: 'bytes', why: 'A log sends a few headers.' },
} as const;

const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Builds the server (C2SP tlog-witness), which does not listen yet. `onFault` gets each error that was answered with 500,
 * e.g. of a full disk.
 */
export function buildWitnessServer(witness: Witness, onFault: (fault: unknown) => void): FastifyInstance {
  const app = fastify({
    http: {
      headersTimeout: WITNESS_SERVER_LIMITS.request.value,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: WITNESS_SERVER_LIMITS.headBytes.value,
    },
    requestTimeout: WITNESS_SERVER_LIMITS.request.value,
    keepAliveTimeout: WITNESS_SERVER_LIMITS.keepAlive.value,
    bodyLimit: ADD_CHECKPOINT_LIMITS.body.value,
    return503OnClosing: false,
    exposeHeadRoutes: false,
  });
  app.server.maxConnections = WITNESS_SERVER_LIMITS.connections.value;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.setErrorHandler((error: { readonly statusCode?: number }, _request, reply) => {
    if (error.statusCode === 413) return refuse(reply, 413, 'too large');
    if (error.statusCode !== undefined && error.statusCode < 500) return refuse(reply, 400, 'malformed');
    onFault(error);
    return refuse(reply, 500, 'failed');
  });
  app.setNotFoundHandler((_request, reply) => refuse(reply, 404, 'no such path'));
  app.route({
    method: app.supportedMethods,
    url: PATH,
    handler: async (request, reply) => {
      if (request.raw.url !== PATH) return refuse(reply, 404, 'no such path');
      if (request.method !== 'POST') return refuse(reply.header('allow', 'POST'), 405, 'POST alone');
      const { status, contentType, body } = addCheckpoint(decode(request.body), witness);
      return reply.code(status).type(contentType).send(body);
    },
  });
  return app;
}

/** The connection ends with the answer, so that the rest of a body is not read. */
function refuse(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).header('connection', 'close').type('text/plain; charset=utf-8').send(`${text}\n`);
}

/** Bytes that are not UTF-8 are no request: the empty text is malformed too. */
function decode(body: unknown): string {
  try {
    return body instanceof Uint8Array ? DECODER.decode(body) : '';
  } catch {
    return '';
  }
}
