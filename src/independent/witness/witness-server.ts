import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { ADD_CHECKPOINT_LIMITS } from '../../log-format/notes/add-checkpoint-body.ts';
import { addCheckpoint, type Witness } from './add-checkpoint.ts';

const PATH = '/add-checkpoint';
export const WITNESS_SERVER_LIMITS = {
  request: { value: 10_000, unit: 'ms', why: 'A sender that is slower holds a connection for nothing.' },
  keepAlive: { value: 60_000, unit: 'ms', why: 'A log asks again within seconds over the same connection.' },
  connections: { value: 256, unit: 'connections', why: 'Each log needs one connection.' },
} as const;

const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Builds the server, which does not listen yet. `onFault` gets each error that was answered with 500, e.g. of a full
 * disk.
 */
export function buildWitnessServer(witness: Witness, onFault: (fault: unknown) => void): Server {
  const server = createServer(
    {
      requestTimeout: WITNESS_SERVER_LIMITS.request.value,
      headersTimeout: WITNESS_SERVER_LIMITS.request.value,
      keepAliveTimeout: WITNESS_SERVER_LIMITS.keepAlive.value,
      connectionsCheckingInterval: 1_000,
      maxHeaderSize: 8 * 1_024,
    },
    (request, response) => {
      answer(request, response, witness).catch((fault: unknown) => {
        onFault(fault);
        if (!response.headersSent) send(response, 500, 'text/plain; charset=utf-8', 'failed\n');
      });
    },
  );
  server.maxConnections = WITNESS_SERVER_LIMITS.connections.value;
  return server;
}

async function answer(request: IncomingMessage, response: ServerResponse, witness: Witness): Promise<void> {
  if (request.url !== PATH) return refuse(request, response, 404, 'no such path');
  if (request.method !== 'POST') return refuse(request, response, 405, 'POST alone');
  const bytes = await readBytes(request);
  if (bytes === 'too-large') return refuse(request, response, 413, 'too large');
  if (bytes === 'cut') return;
  const { status, contentType, body } = addCheckpoint(decode(bytes), witness);
  send(response, status, contentType, body);
}

/** The rest of the body is not read: the connection ends with the answer. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number, text: string): void {
  if (status === 405) response.setHeader('allow', 'POST');
  response.setHeader('connection', 'close');
  request.resume();
  send(response, status, 'text/plain; charset=utf-8', `${text}\n`);
}

function send(response: ServerResponse, status: number, contentType: string, body: string): void {
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(body) });
  response.end(body);
}

async function readBytes(request: IncomingMessage): Promise<Buffer | 'too-large' | 'cut'> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > ADD_CHECKPOINT_LIMITS.body.value) return 'too-large';
      chunks.push(chunk);
    }
  } catch {
    return 'cut';
  }
  return Buffer.concat(chunks);
}

/** Decodes a body. Bytes that are not UTF-8 become the empty text, which is malformed too. */
function decode(bytes: Buffer): string {
  try {
    return DECODER.decode(bytes);
  } catch {
    return '';
  }
}
