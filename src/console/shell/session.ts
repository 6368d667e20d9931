import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { CallerKind } from '../../identity/registered-clients.ts';

/** The session as the server tells it to the pages. No token is in it. */
export interface PageSession {
  readonly displayName: string;
  readonly agency: string;
  readonly kind: CallerKind;
  /** Audit order or complaint number in force; null where none was entered. */
  readonly order: string | null;
  readonly csrfToken: string;
  /** Paths of the pages that this kind of caller may see. */
  readonly pages: readonly string[];
  /** Public keys (vkey) of the access log. */
  readonly logKeys: readonly string[];
  readonly mode: string;
}

/** The session with the way to change it. */
export interface SessionInUse {
  readonly session: PageSession;
  readonly setOrder: (order: string | null) => Promise<boolean>;
  readonly signOut: () => Promise<void>;
}

export const SessionContext = createContext<SessionInUse | null>(null);

/** The session; pages are shown only where there is one. */
export function useSession(): SessionInUse {
  const session = useContext(SessionContext);
  if (!session) throw new Error('there is no session');
  return session;
}

/** Reads the session; leaves for the sign-in where there is none. */
export async function readSession(): Promise<PageSession | null> {
  const response = await fetch('/console/session', { headers: { accept: 'application/json' } });
  if (response.status === 401) {
    leaveForSignIn();
    return null;
  }
  if (!response.ok) throw new Error('the session cannot be read');
  return (await response.json()) as PageSession;
}

/** Sends JSON for this session, with the token that only our own pages can read. */
export async function post(csrfToken: string, path: string, body: unknown): Promise<Response> {
  const response = await fetch(path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      'x-console-token': csrfToken,
    },
    body: JSON.stringify(body),
  });
  if (response.status === 401) leaveForSignIn();
  return response;
}

function leaveForSignIn(): void {
  const here = `${location.pathname}${location.search}`;
  location.assign(`/console/sign-in?to=${encodeURIComponent(here)}`);
}
