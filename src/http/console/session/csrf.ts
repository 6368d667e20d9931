import type { IncomingMessage } from 'node:http';
import { isSameSecret } from '../../../log-format/crypto.ts';

/** The header in which the console's own pages send the session's token back. */
export const CSRF_HEADER = 'x-console-token';

/**
 * Whether a request that acts for a session comes from the console's own pages: its origin is ours (a browser always sends
 * it with POST), and it carries the session's token, which another site's page can neither read nor send.
 */
export function isFromOwnPage({ headers }: IncomingMessage, origin: string, csrfToken: string): boolean {
  const given = headers[CSRF_HEADER];
  const site = headers['sec-fetch-site'];
  return (
    headers.origin === origin &&
    (site === undefined || site === 'same-origin') &&
    typeof given === 'string' &&
    isSameSecret(given, csrfToken)
  );
}
