/**
 * A request to a mock, independent of any HTTP library: tests call handlers in-process, servers.ts puts them on
 * sockets.
 */
export interface MockRequest {
  readonly method: string;
  /** Path and query, starting with `/`. */
  readonly path: string;
  /** Names in any case. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body?: string;
}

/** How a socket spoils a body on its way. `drip`: over so many milliseconds. */
export type SentHow =
  { readonly how: 'reset' } | { readonly how: 'charset' } | { readonly how: 'drip'; readonly ms: number };

/** How services in front of a register write the same body (WIRE.md). */
export type BodyShape = 'mark' | 'utf-16' | 'gzip' | 'trailer';

export interface MockResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How a socket writes the body; plain UTF-8 without it. */
  readonly shape?: BodyShape;
  readonly sent?: SentHow;
}

/** Rejects with `ConnectionDropped` where the peer is to see a closed socket; never settles for a hanging service. */
export type Handler = (request: MockRequest) => Promise<MockResponse>;

export class ConnectionDropped extends Error {
  constructor() {
    super('The mock drops the connection.');
    this.name = 'ConnectionDropped';
  }
}

/** The service stops listening for so long. */
export class ServiceOut extends Error {
  readonly ms: number;

  constructor(ms: number) {
    super('The mock is out.');
    this.name = 'ServiceOut';
    this.ms = ms;
  }
}

/** A header's value, or the empty string; a repeated header counts as absent. */
export function headerOf(request: MockRequest, name: string): string {
  const exact = request.headers[name];
  if (exact !== undefined) return typeof exact === 'string' ? exact : '';
  for (const [key, value] of Object.entries(request.headers)) {
    if (key.toLowerCase() === name) return typeof value === 'string' ? value : '';
  }
  return '';
}

export function jsonResponse(status: number, body: unknown): MockResponse {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: JSON.stringify(body),
  };
}
