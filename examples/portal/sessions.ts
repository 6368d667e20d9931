import { randomBytes, timingSafeEqual } from 'node:crypto';

const COOKIE = 'portal_session';
/** More citizens than one sample serves at once; the oldest session ends. */
const MAX_SESSIONS = 1_000;

/** One signed-in citizen. The token stays here: the browser gets a random name for it. */
export interface Session {
  readonly id: string;
  readonly citizen: string;
  readonly token: string;
  readonly expiresAt: number;
  /** Stands in each form of the session, so that no other site can send one (CSRF). */
  readonly formKey: string;
}

export class Sessions {
  readonly #sessions = new Map<string, Session>();

  begin(citizen: string, token: string, expiresAt: number): Session {
    const session = { id: randomName(), citizen, token, expiresAt, formKey: randomName() };
    const [oldest] = this.#sessions.keys();
    if (oldest !== undefined && this.#sessions.size >= MAX_SESSIONS) this.#sessions.delete(oldest);
    this.#sessions.set(session.id, session);
    return session;
  }

  /** The session of a `Cookie` header; null where there is none, or it has ended. */
  of(cookies: string | undefined): Session | null {
    const pair = cookies?.split(/;\s*/).find((one) => one.startsWith(`${COOKIE}=`));
    const session = this.#sessions.get(pair?.slice(COOKIE.length + 1) ?? '');
    return session && session.expiresAt > Date.now() ? session : null;
  }

  end({ id }: Session): void {
    this.#sessions.delete(id);
  }
}

/** `Set-Cookie` of a session: no script reads it, and no other site makes the browser send it. */
export function cookieOf({ id, expiresAt }: Session): string {
  const seconds = Math.max(0, Math.floor((expiresAt - Date.now()) / 1_000));
  return `${COOKIE}=${id}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${seconds}`;
}

export function isFormOf({ formKey }: Session, given: string | null): boolean {
  const [own, other] = [Buffer.from(formKey), Buffer.from(given ?? '')];
  return own.length === other.length && timingSafeEqual(own, other);
}

function randomName(): string {
  return randomBytes(24).toString('base64url');
}
