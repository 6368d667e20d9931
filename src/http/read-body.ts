import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../errors.ts';

/** Bytes of one request body at most. */
export const MAX_BODY_BYTES = 256 * 1_024;

/** The body was not UTF-8, not whole, or too slow. */
export class UnreadableBody extends Error {
  constructor() {
    super('The body cannot be read.');
    this.name = 'UnreadableBody';
  }
}

/** Reads the whole body. Rejects with OPERATION_TOO_LARGE past the limit, and with UnreadableBody. */
export function readBody(request: IncomingMessage): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) {
    return Promise.reject(new GatewayError('OPERATION_TOO_LARGE'));
  }
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) {
        request.pause();
        reject(new GatewayError('OPERATION_TOO_LARGE'));
      } else chunks.push(chunk);
    });
    request.on('end', () => {
      try {
        resolve(DECODER.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
      } catch {
        reject(new UnreadableBody());
      }
    });
    request.on('error', () => reject(new UnreadableBody()));
    request.on('aborted', () => reject(new UnreadableBody()));
  });
}

const DECODER = new TextDecoder('utf-8', { fatal: true });
