import { isUtf8 } from 'node:buffer';
import { Pool } from 'undici';
import type { Dispatcher } from 'undici';
import { GatewayError } from '../../errors.ts';
import type { ErrorCode } from '../../errors.ts';
import type { Limits } from '../../config/limits.ts';
import type { Transport, WireResponse } from './transport.ts';

export interface PooledTransportOptions {
  /** `http:` or `https:`; a path in it stands before the path of each request. */
  readonly baseUrl: string;
  /** The largest number of sockets; each carries one request at a time. */
  readonly connections: number;
  readonly maxResponseBytes: number;
  /** Texts in PEM: authorities, and the gateway's own certificate with its key. */
  readonly tls?: TransportTls;
}

/** Certificates of a connection; null where the system's authorities count, or no certificate is shown. */
export interface TransportTls {
  readonly ca: string | null;
  readonly cert: string | null;
  readonly key: string | null;
}

/** Sockets and sizes of the transport to one register, or to the dossier service. */
export const TRANSPORT_LIMITS = {
  sockets: {
    value: 64,
    unit: 'sockets',
    why: 'One call at a time travels on each; more calls at once would only queue inside the register.',
  },
  answerSize: {
    value: 16 * 1_024 * 1_024,
    unit: 'bytes',
    why: 'Far more than a hundred records need; a longer answer is a fault, or an attack on memory.',
  },
  connectTimeout: {
    value: 5_000,
    unit: 'ms',
    why: 'An exchange gives up on its own deadline; this ends the attempt that nobody waits for any more.',
  },
} as const satisfies Limits;

/** The transport of production, to a register or to the dossier service. */
export function buildRegisterTransport(baseUrl: string, tls?: TransportTls): Transport {
  return buildPooledTransport({
    baseUrl,
    ...(tls ? { tls } : {}),
    connections: TRANSPORT_LIMITS.sockets.value,
    maxResponseBytes: TRANSPORT_LIMITS.answerSize.value,
  });
}

/**
 * A transport over sockets that are kept alive. The only deadline is the exchange's own; undici's separate ones
 * are off.
 */
export function buildPooledTransport(options: PooledTransportOptions): Transport {
  const base = new URL(options.baseUrl);
  const prefix = base.pathname.replace(/\/+$/, '');
  const pool = new Pool(base.origin, {
    connections: options.connections,
    pipelining: 1,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: {
      timeout: TRANSPORT_LIMITS.connectTimeout.value,
      ...Object.fromEntries(Object.entries(options.tls ?? {}).filter(([, text]) => text !== null)),
    },
  });
  return {
    send: (request, timeoutMs) =>
      new Promise((resolve, reject) => {
        const exchange = new Exchange(resolve, reject, options.maxResponseBytes, timeoutMs);
        pool.dispatch(
          {
            path: prefix + request.path,
            method: request.method,
            headers: request.headers,
            body: request.body ?? null,
          },
          exchange,
        );
      }),
    close: () => pool.destroy(),
  };
}

type Resolve = (response: WireResponse) => void;
type Reject = (error: GatewayError) => void;

/** An exchange is undici's handler itself, so that a call costs this object, a promise and a timer. */
class Exchange implements Dispatcher.DispatchHandler {
  readonly #resolve: Resolve;
  readonly #reject: Reject;
  readonly #maxBytes: number;
  readonly #timer: NodeJS.Timeout;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #bytes = 0;
  #isSettled = false;

  constructor(resolve: Resolve, reject: Reject, maxBytes: number, timeoutMs: number) {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#maxBytes = maxBytes;
    this.#timer = setTimeout(() => this.#fail('SOURCE_TIMEOUT'), timeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    // Its deadline passed while it waited for a socket.
    if (this.#isSettled) controller.abort(new GatewayError('SOURCE_TIMEOUT'));
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
    this.#status = status;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#maxBytes) this.#fail('SOURCE_UNAVAILABLE');
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#isSettled) return;
    const body = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks, this.#bytes);
    // Decoding would put replacement characters into names, silently.
    if (body === undefined || !isUtf8(body)) return this.#fail('SOURCE_CONTRACT_BROKEN');
    this.#settle();
    this.#resolve({ status: this.#status, body: body.toString('utf8') });
  }

  onResponseError(): void {
    this.#fail('SOURCE_UNAVAILABLE');
  }

  #fail(code: ErrorCode): void {
    if (this.#isSettled) return;
    this.#settle();
    // undici's errors name addresses: none becomes a cause.
    const error = new GatewayError(code);
    this.#reject(error);
    this.#controller?.abort(error);
  }

  #settle(): void {
    this.#isSettled = true;
    clearTimeout(this.#timer);
  }
}
