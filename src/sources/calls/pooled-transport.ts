import { buildConnector, Pool } from 'undici';
import type { Dispatcher } from 'undici';
import { GatewayError } from '../../errors.ts';
import type { ErrorCode } from '../../errors.ts';
import type { Limits } from '../../config/limits.ts';
import { decodeText, decompress } from './decode-body.ts';
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
    value: 4 * 1_024 * 1_024,
    unit: 'bytes',
    why: 'A hundred records of 40 kilobytes; a longer answer is a fault, or an attack on memory.',
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
 * are off. A register may close an idle socket just as it is used again: a look-up changes nothing, so it is repeated
 * once, on a socket of its own.
 */
export function buildPooledTransport(options: PooledTransportOptions): Transport {
  const base = new URL(options.baseUrl);
  const prefix = base.pathname.replace(/\/+$/, '');
  const timeouts = { headersTimeout: 0, bodyTimeout: 0 };
  let connected = 0;
  const connectOptions = {
    timeout: TRANSPORT_LIMITS.connectTimeout.value,
    ...Object.fromEntries(Object.entries(options.tls ?? {}).filter(([, text]) => text !== null)),
  };
  const connect = buildConnector(connectOptions);
  const pool = new Pool(base.origin, {
    ...timeouts,
    connections: options.connections,
    pipelining: 1,
    connect: (target, callback) => {
      connect(target, (...result) => {
        connected += 1;
        callback(...result);
      });
    },
  });
  // Without pipelining a socket carries one request and is closed.
  const unpooled = new Pool(base.origin, {
    ...timeouts,
    connections: options.connections,
    pipelining: 0,
    connect: connectOptions,
  });
  return {
    send: (request, timeoutMs) =>
      new Promise((resolve, reject) => {
        const sent: Dispatcher.DispatchOptions = {
          path: prefix + request.path,
          method: request.method,
          headers: { ...request.headers, 'accept-encoding': 'identity' },
          body: request.body ?? null,
        };
        const deadline = performance.now() + timeoutMs;
        const connectedBefore = connected;
        const again = (): boolean => {
          const left = deadline - performance.now();
          if (left <= 0 || connected !== connectedBefore) return false;
          unpooled.dispatch(sent, new Exchange(resolve, reject, options.maxResponseBytes, left, null));
          return true;
        };
        pool.dispatch(sent, new Exchange(resolve, reject, options.maxResponseBytes, timeoutMs, again));
      }),
    async close() {
      await Promise.all([pool.destroy(), unpooled.destroy()]);
    },
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
  /** Sends the request once more, and tells whether it could; null for what is sent for the second time. */
  readonly #again: (() => boolean) | null;
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #coding: string | undefined;
  #bytes = 0;
  #isSettled = false;

  constructor(
    resolve: Resolve,
    reject: Reject,
    maxBytes: number,
    timeoutMs: number,
    again: (() => boolean) | null,
  ) {
    this.#again = again;
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

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    this.#status = status;
    this.#coding = headers['content-encoding']?.toString();
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.#maxBytes) this.#fail('SOURCE_UNAVAILABLE');
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    if (this.#isSettled) return;
    const body = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks, this.#bytes);
    if (body === undefined) return this.#fail('SOURCE_CONTRACT_BROKEN');
    if (this.#coding === undefined) return this.#finish(body);
    decompress(body, this.#coding, this.#maxBytes).then(
      (plain) => this.#finish(plain),
      () => this.#fail('SOURCE_CONTRACT_BROKEN'),
    );
  }

  #finish(body: Buffer | undefined): void {
    if (this.#isSettled) return;
    const text = body === undefined ? undefined : decodeText(body);
    if (text === undefined) return this.#fail('SOURCE_CONTRACT_BROKEN');
    this.#settle();
    this.#resolve({ status: this.#status, body: text });
  }

  onResponseError(): void {
    if (!this.#isSettled && this.#status === 0 && this.#again?.()) this.#settle();
    else this.#fail('SOURCE_UNAVAILABLE');
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
