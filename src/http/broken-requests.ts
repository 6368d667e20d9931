import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Limits } from '../config/limits.ts';
import { GatewayError } from '../errors.ts';
import { refusalAnswer } from './refusal.ts';
import { requestIdOf } from './request-ids.ts';

export const DRAIN_LIMITS = {
  bytes: {
    value: 8 * 1_024 * 1_024,
    unit: 'bytes',
    why: 'So much of a body is read and dropped after its answer, since most clients read no answer before they have sent all.',
  },
  lingerMs: {
    value: 2_000,
    unit: 'ms',
    why: 'A client that still sends then has so long to read the answer, before the connection is reset.',
  },
} as const satisfies Limits;

const answeredEarly = new WeakSet<Duplex>();

/**
 * Reads on, and drops, a body that was answered before its end. Closing at once would make the system reset the
 * connection while the client still sends, and the client would lose the answer (RFC 9112 9.6): past the limit nothing more is
 * read, our side of the connection ends, and only then is it closed. Time is bounded by the server's time for a whole request.
 */
export function drain(request: IncomingMessage): void {
  const { socket } = request;
  let bytes = 0;
  answeredEarly.add(socket);
  request.on('end', () => answeredEarly.delete(socket));
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= DRAIN_LIMITS.bytes.value) return;
    request.pause();
    socket.end();
    setTimeout(() => socket.destroy(), DRAIN_LIMITS.lingerMs.value).unref();
  });
  request.resume();
}

/**
 * Answers what never becomes a request (no HTTP, a head too large, too slow) as node:http would, with the headers
 * of every other answer, and closes.
 */
export function brokenRequestHandler(headers: Readonly<Record<string, string>>) {
  return (error: NodeJS.ErrnoException, socket: Duplex): void => {
    // A second answer to one request would be taken for the answer to the next.
    if (!socket.writable || error.code === 'ECONNRESET' || answeredEarly.has(socket)) {
      socket.destroy();
      return;
    }
    const [status, reason] = statusOf(error.code);
    const refusal = new GatewayError('BAD_REQUEST', { message: `${reason}.`, httpStatus: status });
    const { body, headers: own } = refusalAnswer(refusal, undefined);
    const all = {
      ...own,
      ...headers,
      'cache-control': 'no-store',
      'x-request-id': requestIdOf(undefined),
      'content-length': String(Buffer.byteLength(body)),
      connection: 'close',
    };
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status} ${reason}\r\n${lines.join('')}\r\n${body}`, () => socket.destroy());
  };
}

function statusOf(code: string | undefined): readonly [status: number, reason: string] {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return [431, 'Request Header Fields Too Large'];
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return [413, 'Content Too Large'];
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return [408, 'Request Timeout'];
    default:
      return [400, 'Bad Request'];
  }
}
