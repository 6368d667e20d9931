import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { sentBody } from './body-shapes.ts';
import { ConnectionDropped, type Handler } from './exchange.ts';

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
    void serve(handle, request, response);
  });
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    close: () => closed(server),
  };
}

async function serve(handle: Handler, request: IncomingMessage, response: ServerResponse): Promise<void> {
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
    response.writeHead(answer.status, { ...sentHeaders, 'content-length': bytes.length });
    response.end(bytes);
  } catch (error) {
    if (error instanceof ConnectionDropped || response.headersSent) request.socket.destroy();
    // Only for a test's mistake, such as a fault that does not fit the answer: say which.
    else response.writeHead(500).end(error instanceof Error ? error.message : 'The mock failed.');
  }
}

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
  const done = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await done;
}
