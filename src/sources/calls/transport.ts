/** A request to a register, independent of any HTTP library, so that tests can answer it in-process. */
export interface WireRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query, starting with `/`, relative to the register's base URL. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface WireResponse {
  readonly status: number;
  readonly body: string;
}

/**
 * Sends one request. Rejects with `GatewayError` SOURCE_TIMEOUT when `timeoutMs` passes before the whole body is
 * there, and SOURCE_UNAVAILABLE when there is no answer or one too large.
 */
export interface Transport {
  send(request: WireRequest, timeoutMs: number): Promise<WireResponse>;
  close(): Promise<void>;
}
