import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { sentBody } from './body-shapes.ts';
import { setTimeout as wait } from 'node:timers/promises';
import { ConnectionDropped, type Handler, type SentHow, ServiceOut } from './exchange.ts';

/** The largest request body: a hundred items with many askers each still fit. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;

export interface Socket {
  /** The base URL, without a trailing slash. */
  readonly url: string;
  /** Closes the socket, and with it answers that a fault keeps open for ever. */
  close(): Promise<void>;
}

/** Puts a handler on a socket. Rejects with the system's error (`EADDRINUSE`) where the port is taken; port 0 is any. */
export async function listen(handle: Handler, host: string, port: number): Promise<Socket> {
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    void serve(handle, request, response, (ms) => void pauseListening(server, host, ms));
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    close: () => closed(server),
  };
}

async function serve(
  handle: Handler,
  request: IncomingMessage,
  response: ServerResponse,
  goOut: (ms: number) => void,
): Promise<void> {
  try {
    const body = await bodyOf(request);
    if (body === undefined) {
      response.writeHead(413, { connection: 'close' }).end();
      return;
    }
    const { method = '', url: path = '/', headers } = request;
    const answer = await handle({ method, path, headers, body });
    if (response.destroyed) return;
    const { headers: sentHeaders, bytes } = sentBody(answer);
    const written = answer.sent?.how === 'charset' ? Buffer.from(answer.body, 'latin1') : bytes;
    response.writeHead(answer.status, { ...sentHeaders, 'content-length': written.length });
    if (answer.sent) await sendSpoilt(response, written, answer.sent);
    else response.end(written);
  } catch (error) {
    if (error instanceof ServiceOut) goOut(error.ms);
    else if (error instanceof ConnectionDropped || response.headersSent) request.socket.destroy();
    // Only for a test's mistake, such as a fault that does not fit the answer: say which.
    else response.writeHead(500).end(error instanceof Error ? error.message : 'The mock failed.');
  }
}

/** Pieces of a body that drips. */
const PIECES = 20;

async function sendSpoilt(response: ServerResponse, body: Buffer, sent: SentHow): Promise<void> {
  if (sent.how === 'charset') response.end(body);
  else if (sent.how === 'reset') {
    response.write(body.subarray(0, body.length / 2), () => response.socket?.resetAndDestroy());
  } else if (sent.how === 'drip') {
    const size = Math.ceil(body.length / PIECES);
    for (let from = 0; from < body.length && !response.destroyed; from += size) {
      response.write(body.subarray(from, from + size));
      await wait(sent.ms / PIECES, undefined, { ref: false });
    }
    response.end();
  }
}

/** Refuses connections for a while, on the same port again afterwards. */
async function pauseListening(server: Server, host: string, ms: number): Promise<void> {
  const address = server.address();
  if (address === null || typeof address === 'string') return;
  server.close();
  server.closeAllConnections();
  await wait(ms, undefined, { ref: false });
  // A test that has ended, or another outage, may have been quicker.
  if (!stopped.has(server) && !server.listening) server.listen(address.port, host);
}

/** Servers that were closed for good. */
const stopped = new WeakSet<Server>();

/** The whole body, or undefined where it is too large. */
function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MAX_BODY_BYTES) {
        request.removeAllListeners('data').resume();
        resolve(undefined);
      } else chunks.push(chunk);
    });
    request.on('end', () => {
      const [only, ...others] = chunks;
      resolve(
        only === undefined ? '' : (others.length === 0 ? only : Buffer.concat(chunks)).toString('utf8'),
      );
    });
    request.on('error', reject);
    request.on('close', () => {
      reject(new ConnectionDropped());
    });
  });
}

async function closed(server: Server): Promise<void> {
  stopped.add(server);
  if (!server.listening) return;
  const done = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await done;
}
