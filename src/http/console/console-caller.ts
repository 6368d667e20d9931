import type { IncomingMessage } from 'node:http';
import type { Limits } from '../../config/limits.ts';
import type { Identity } from '../../identity/principal.ts';
import type { RequestHead } from '../../request/stages.ts';
import { cookieOf } from './session/cookies.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { ownOriginOf } from './own-origin.ts';
import type { ConsoleSessions, OpenSession } from './session/sessions.ts';

export const CONSOLE_CALLER_LIMITS = {
  refreshBefore: {
    value: 5 * 60_000,
    unit: 'ms',
    why: 'An access token is replaced so long before its end, so that no request meets its last moment.',
  },
} as const satisfies Limits;

/** The cookie of a session. */
export const SESSION_COOKIE = 'ndg-console';

/** A request of a browser: the origin by which it came, and the session that its cookie opens, if any. */
export interface ConsoleCall {
  readonly origin: string;
  readonly isSecure: boolean;
  readonly session: OpenSession | null;
}

export interface ConsoleCallerParts {
  readonly origin: string | null;
  readonly sessions: ConsoleSessions;
  readonly provider: IdentityProvider;
  readonly identity: Identity;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Reads who asks; null for a request by a foreign host name. Rejects where the store cannot be reached. */
export type ReadConsoleCall = (request: IncomingMessage) => Promise<ConsoleCall | null>;

/** Builds the reader of a browser's call. A token that ends soon is replaced, once for all requests that wait for it. */
export function buildConsoleCaller(parts: ConsoleCallerParts): ReadConsoleCall {
  const { sessions, provider, identity, now = Date.now } = parts;
  const renewals = new Map<string, Promise<OpenSession>>();

  async function renew(session: OpenSession, refreshToken: string): Promise<OpenSession> {
    const tokens = await provider.refresh(refreshToken);
    const principal = await identity.identify(`Bearer ${tokens.accessToken}`);
    return sessions.change(session, { ...tokens, tokenExpiresAt: principal.expiresAt * 1_000 });
  }

  async function fresh(session: OpenSession): Promise<OpenSession | null> {
    const { tokenExpiresAt, refreshToken } = session.content;
    if (now() < tokenExpiresAt - CONSOLE_CALLER_LIMITS.refreshBefore.value) return session;
    if (refreshToken === null) return now() < tokenExpiresAt ? session : null;
    const renewal =
      renewals.get(session.id) ?? renew(session, refreshToken).finally(() => renewals.delete(session.id));
    renewals.set(session.id, renewal);
    // A provider that is gone for a while ends no session whose token is still good.
    return renewal.catch(() => (now() < tokenExpiresAt ? session : null));
  }

  return async (request) => {
    const origin = ownOriginOf(request, parts.origin);
    if (origin === null) return null;
    const isSecure = origin.startsWith('https:');
    const id = cookieOf(request, SESSION_COOKIE, isSecure);
    const session = id === undefined ? null : await sessions.open(id);
    return { origin, isSecure, session: session && (await fresh(session)) };
  };
}

/** A request's head as the pipeline takes it: the session's token stands for the browser, which holds none. */
export function headOfSession(head: RequestHead, { content }: OpenSession): RequestHead {
  return {
    ...head,
    authorization: `Bearer ${content.accessToken}`,
    purpose: undefined,
    caseId: content.order ?? undefined,
    contentType: 'application/json',
    accept: 'application/json',
    wantsReceipt: false,
  };
}
