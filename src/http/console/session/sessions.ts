import { hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Limits } from '../../../config/limits.ts';
import { buildKeyedHash } from '../../../config/secrets/keyed-hash.ts';
import { openTextBox, sealBox } from '../../../config/secrets/sealed-box.ts';
import { CALLER_KINDS } from '../../../identity/registered-clients.ts';
import type { SessionStore } from './session-store.ts';

export const SESSION_LIMITS = {
  idle: { value: 30 * 60_000, unit: 'ms', why: 'A session that nobody uses ends.' },
  absolute: { value: 8 * 3_600_000, unit: 'ms', why: 'A working day; then people sign in again.' },
} as const satisfies Limits;

const { idle, absolute } = SESSION_LIMITS;

const sessionContent = z.strictObject({
  createdAt: z.number(),
  generation: z.string(),
  /** The keyed hash of client and account: whose sessions end together. */
  person: z.string(),
  kind: z.enum(CALLER_KINDS),
  accessToken: z.string(),
  /** Milliseconds since 1970. */
  tokenExpiresAt: z.number(),
  refreshToken: z.string().nullable(),
  idToken: z.string(),
  csrfToken: z.string(),
  displayName: z.string(),
  agency: z.string(),
  /** Audit order or complaint number under which this session asks; null where none was entered. */
  order: z.string().nullable(),
});

/** The content of a session. It never leaves the server. */
export type SessionContent = Readonly<z.infer<typeof sessionContent>>;

/** A session that is open, with the id of its cookie. */
export interface OpenSession {
  readonly id: string;
  readonly content: SessionContent;
}

/** All that a sign-in knows; the rest follows. */
export type NewSession = Omit<
  SessionContent,
  'createdAt' | 'generation' | 'person' | 'csrfToken' | 'order'
> & { readonly account: string };

/** Sessions of the console. Each method rejects where the store cannot be reached. */
export interface ConsoleSessions {
  create(given: NewSession): Promise<OpenSession>;
  /** The session of a cookie, whose idle time begins anew; null where it has ended. */
  open(id: string): Promise<OpenSession | null>;
  change(session: OpenSession, change: Partial<SessionContent>): Promise<OpenSession>;
  /** Ends all sessions of this person, on every instance. */
  endAll(session: OpenSession): Promise<void>;
}

/**
 * Builds the sessions. A session's content is sealed with a key that needs both the id in the cookie and a secret of the gateway, so
 * a copy of the store opens nothing; names in the store are keyed hashes. Every person has a generation: sessions of an
 * older one have ended.
 */
export function buildConsoleSessions(
  store: SessionStore,
  secret: Buffer,
  now: () => number = Date.now,
): ConsoleSessions {
  const keyedHash = buildKeyedHash(Buffer.from(hkdfSync('sha256', secret, '', 'console names', 32)));
  const nameOf = (id: string): string => `session:${keyedHash(`session\n${id}`)}`;
  const keyOf = (id: string): Buffer => Buffer.from(hkdfSync('sha256', secret, id, 'console session', 32));

  async function save({ id, content }: OpenSession): Promise<void> {
    const left = content.createdAt + absolute.value - now();
    const name = nameOf(id);
    const sealed = sealBox(keyOf(id), JSON.stringify(content), Buffer.from(name, 'latin1'));
    await store.set(name, sealed.toString('base64url'), Math.max(1, Math.min(idle.value, left)));
  }

  return {
    async create({ account, ...given }) {
      const person = keyedHash(`person\n${account}`);
      // The generation outlives every session of it.
      const fresh = randomBytes(16).toString('base64url');
      const generation = await store.setIfAbsent(`person:${person}`, fresh, 2 * absolute.value);
      const session: OpenSession = {
        id: randomBytes(32).toString('base64url'),
        content: {
          ...given,
          createdAt: now(),
          generation,
          person,
          csrfToken: randomBytes(32).toString('base64url'),
          order: null,
        },
      };
      await save(session);
      return session;
    },
    async open(id) {
      const name = nameOf(id);
      const sealed = await store.get(name);
      if (sealed === null) return null;
      const text = openTextBox(keyOf(id), Buffer.from(sealed, 'base64url'), Buffer.from(name, 'latin1'));
      const content = text === null ? null : readContent(text);
      if (!content || now() >= content.createdAt + absolute.value) return null;
      if ((await store.get(`person:${content.person}`)) !== content.generation) return null;
      await save({ id, content });
      return { id, content };
    },
    async change({ id, content }, change) {
      const changed = { id, content: { ...content, ...change } };
      await save(changed);
      return changed;
    },
    async endAll({ id, content }) {
      await store.delete(`person:${content.person}`);
      await store.delete(nameOf(id));
    },
  };
}

function readContent(text: string): SessionContent | null {
  try {
    return sessionContent.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
