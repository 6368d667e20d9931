import type { IncomingMessage } from 'node:http';
import { isLoopback } from '../../config/settings/setting-formats.ts';

/**
 * The origin by which browsers reach the console, null for a request by a foreign name. Without a setting the loopback
 * address that the request names counts, since a demo may listen on any port; another site cannot take such a name.
 */
export function ownOriginOf({ headers }: IncomingMessage, origin: string | null): string | null {
  const host = headers.host ?? '';
  if (origin !== null) return new URL(origin).host === host.toLowerCase() ? origin : null;
  const own = `http://${host}`;
  return URL.canParse(own) && new URL(own).host === host && isLoopback(new URL(own).hostname) ? own : null;
}
