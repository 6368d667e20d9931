import type { IncomingMessage } from 'node:http';
import type { Limits } from '../config/limits.ts';
import { GatewayError } from '../errors.ts';

export const BODY_LIMITS = {
  bytes: {
    value: 256 * 1_024,
    unit: 'bytes',
    why: 'One request body. A larger one is 413 with OPERATION_TOO_LARGE.',
  },
} as const satisfies Limits;

/** The body is not UTF-8, not whole, or too slow. */
export class UnreadableBody extends GatewayError {
  override readonly name = 'UnreadableBody';

  constructor() {
    super('BAD_REQUEST', { message: 'The body cannot be read.' });
  }
}

/** The body is past the limit: 413, unlike the other limits of this code. The rest of the body is not read here. */
export class BodyTooLarge extends GatewayError {
  override readonly name = 'BodyTooLarge';

  constructor() {
    super('OPERATION_TOO_LARGE', { httpStatus: 413 });
  }
}

/** Reads the whole body. Rejects with BodyTooLarge and with UnreadableBody. */
export function readBody(request: IncomingMessage): Promise<string> {
  if (Number(request.headers['content-length'] ?? 0) > BODY_LIMITS.bytes.value) {
    return Promise.reject(new BodyTooLarge());
  }
  // Gone while its token was looked at: no event will come any more.
  if (request.destroyed) return Promise.reject(new UnreadableBody());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const take = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes <= BODY_LIMITS.bytes.value) {
        chunks.push(chunk);
        return;
      }
      request.off('data', take).pause();
      chunks.length = 0;
      reject(new BodyTooLarge());
    };
    request.on('data', take);
    request.on('end', () => {
      const text = decode(chunks);
      if (text === undefined) reject(new UnreadableBody());
      else resolve(text);
    });
    request.on('error', () => reject(new UnreadableBody()));
    request.on('aborted', () => reject(new UnreadableBody()));
  });
}

// A byte order mark stays: it is part of the request's digest.
const DECODER = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(chunks: readonly Buffer[]): string | undefined {
  try {
    return DECODER.decode(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
  } catch {
    return undefined;
  }
}
