import type { IncomingMessage } from 'node:http';
import type { Limits } from '../../config/limits.ts';
import type { OutgoingAnswer } from '../../request/stages.ts';

/** Bounds of what browsers remember about other origins (Fetch, CORS protocol). */
export const CROSS_ORIGIN_LIMITS = {
  preflight: { value: 600, unit: 's', why: 'An origin that is taken out of CORS_ORIGINS ends soon.' },
} as const satisfies Limits;

const REQUEST_HEADERS =
  'Authorization, Content-Type, X-Purpose, X-Case-Id, X-Request-Id, X-Receipt, traceparent, tracestate';
const ANSWER_HEADERS = 'X-Access-Entry, X-Request-Id, X-Gateway-Mode, Retry-After, WWW-Authenticate';

/** Headers of every answer where CORS_ORIGINS is set. Other origins get none, so their scripts cannot read the answer. */
export function crossOriginHeaders(
  { headers }: IncomingMessage,
  origins: ReadonlySet<string>,
): Readonly<Record<string, string>> {
  if (origins.size === 0) return {};
  const { origin } = headers;
  if (origin === undefined || !origins.has(origin)) return { vary: 'Origin' };
  return {
    vary: 'Origin',
    'access-control-allow-origin': origin,
    'access-control-expose-headers': ANSWER_HEADERS,
  };
}

/** Answers a preflight. Credentials in cookies are never allowed: the gateway reads none. */
export function preflightAnswer(
  { headers }: IncomingMessage,
  method: string,
  origins: ReadonlySet<string>,
): OutgoingAnswer {
  const isAllowed = headers.origin !== undefined && origins.has(headers.origin);
  const allowed = {
    'access-control-allow-methods': method,
    'access-control-allow-headers': REQUEST_HEADERS,
    'access-control-max-age': String(CROSS_ORIGIN_LIMITS.preflight.value),
  };
  return { status: 204, headers: { allow: `${method}, OPTIONS`, ...(isAllowed ? allowed : {}) }, body: '' };
}
