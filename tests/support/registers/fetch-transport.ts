import { GatewayError } from '../../../src/errors.ts';
import { decodeText } from '../../../src/sources/calls/decode-body.ts';
import type { Transport } from '../../../src/sources/calls/transport.ts';

/** Exchanges by the built-in fetch, which MSW intercepts; too slow for production (three times a pooled socket's CPU). */
export function buildFetchTransport(baseUrl: string): Transport {
  return {
    async send({ method, path, headers, body }, timeoutMs) {
      try {
        const response = await fetch(baseUrl + path, {
          method,
          headers,
          signal: AbortSignal.timeout(timeoutMs),
          ...(body === undefined ? {} : { body }),
        });
        // Some registers send UTF-16, which `text()` would read as UTF-8.
        const text = decodeText(Buffer.from(await response.arrayBuffer()));
        if (text === undefined) throw new GatewayError('SOURCE_CONTRACT_BROKEN');
        return { status: response.status, body: text };
      } catch (error) {
        const isLate = error instanceof Error && error.name === 'TimeoutError';
        throw new GatewayError(isLate ? 'SOURCE_TIMEOUT' : 'SOURCE_UNAVAILABLE', { cause: error });
      }
    },
    close: () => Promise.resolve(),
  };
}
