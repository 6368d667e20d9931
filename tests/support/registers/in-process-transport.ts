import { GatewayError } from '../../../src/errors.ts';
import type { Transport, WireRequest, WireResponse } from '../../../src/sources/calls/transport.ts';

export type WireHandler = (request: WireRequest) => Promise<WireResponse>;

/** A register's handler called directly, with a socket's failures: a deadline, and SOURCE_UNAVAILABLE where it throws. */
export function buildInProcessTransport(handler: WireHandler): Transport {
  return {
    send: (request, timeoutMs) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new GatewayError('SOURCE_TIMEOUT')), timeoutMs);
        const answer = Promise.resolve(request).then(handler);
        answer.then(resolve, (cause: unknown) => reject(new GatewayError('SOURCE_UNAVAILABLE', { cause })));
        answer.then(
          () => clearTimeout(timer),
          () => clearTimeout(timer),
        );
      }),
    close: () => Promise.resolve(),
  };
}
