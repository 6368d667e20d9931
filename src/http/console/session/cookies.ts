import type { IncomingMessage } from 'node:http';

/** A cookie of the console. */
export interface ConsoleCookie {
  readonly name: string;
  readonly value: string;
  /** Seconds until the browser forgets it; 0 removes it, null keeps it until the browser closes. */
  readonly maxAgeSeconds: number | null;
}

/** RFC 6265bis 4.1.3.2: the prefix binds a cookie to this very host; it needs https. */
export function cookieName(name: string, isSecure: boolean): string {
  return isSecure ? `__Host-${name}` : name;
}

/**
 * A Set-Cookie line. No script reads the cookie. `Lax` and not `Strict`: the way back from the identity provider is a
 * navigation that another site began. Requests that change anything are held by their own checks (csrf.ts).
 */
export function setCookieLine({ name, value, maxAgeSeconds }: ConsoleCookie, isSecure: boolean): string {
  return [
    `${cookieName(name, isSecure)}=${value}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    ...(isSecure ? ['Secure'] : []),
    ...(maxAgeSeconds === null ? [] : [`Max-Age=${maxAgeSeconds}`]),
  ].join('; ');
}

/** The value of a cookie that the request carries; undefined where it is absent, doubled or has other characters. */
export function cookieOf({ headers }: IncomingMessage, name: string, isSecure: boolean): string | undefined {
  const wanted = cookieName(name, isSecure);
  const found = (headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${wanted}=`))
    .map((pair) => pair.slice(wanted.length + 1));
  const [value] = found;
  return found.length === 1 && value !== undefined && /^[\w-]+$/.test(value) ? value : undefined;
}
