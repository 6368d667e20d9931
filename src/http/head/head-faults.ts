import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../../errors.ts';

/** Two parts of the way could each take another of two different values (request smuggling). */
const SINGLE_HEADERS = ['host', 'authorization', 'content-type'] as const;
const ABSOLUTE_FORM = /^https?:\/\/([^/?#]*)([^#]*)/i;
/** RFC 3986 3.2: host and port; an empty one is a valid field of RFC 9112 3.2. */
const AUTHORITY = /^(?:\[[0-9a-f:.]+\]|[\w.~!$&'()*+,;=%-]*)(?::\d*)?$/i;

/** The path and query of a request's target. A client may send the absolute form to any server (RFC 9112 3.2.2). */
export function targetPathOf(target: string): string {
  const [, , path] = ABSOLUTE_FORM.exec(target) ?? [];
  if (path === undefined) return target;
  return path.startsWith('/') ? path : `/${path}`;
}

/** The host that a request names, without its port; null where it names none. The absolute form wins over Host. */
export function hostNameOf({ headers }: IncomingMessage, target: string): string | null {
  const [, authority = headers.host] = ABSOLUTE_FORM.exec(target) ?? [];
  return authority === undefined ? null : authority.replace(/:\d*$/, '').toLowerCase();
}

/** A fault of the head by RFC 9112 3.2 and RFC 9110 10.1.1, or null. */
export function faultOfHead({ headers, rawHeaders, httpVersion }: IncomingMessage): GatewayError | null {
  const { host, expect } = headers;
  if ((host === undefined && httpVersion === '1.1') || !AUTHORITY.test(host ?? '')) {
    return new GatewayError('BAD_REQUEST', { message: 'The Host header is missing or not valid.' });
  }
  const doubled = SINGLE_HEADERS.find((name) => isDoubled(rawHeaders, name));
  if (doubled !== undefined) {
    return new GatewayError('BAD_REQUEST', { message: `The header ${doubled} must come once.` });
  }
  const isKnown = expect === undefined || expect.toLowerCase() === '100-continue';
  if (isKnown) return null;
  return new GatewayError('BAD_REQUEST', {
    httpStatus: 417,
    message: 'This expectation cannot be met.',
  });
}

/** A second Host is refused in any case (RFC 9112 3.2); of the others one that differs. */
function isDoubled(rawHeaders: readonly string[], name: (typeof SINGLE_HEADERS)[number]): boolean {
  let first: string | undefined;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() !== name) continue;
    const value = rawHeaders[index + 1] ?? '';
    if (first !== undefined && (name === 'host' || first !== value)) return true;
    first ??= value;
  }
  return false;
}
