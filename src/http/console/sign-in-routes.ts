import { hkdfSync } from 'node:crypto';
import { z } from 'zod';
import type { Limits } from '../../config/limits.ts';
import { openTextBox, sealBox } from '../../config/secrets/sealed-box.ts';
import { GatewayError } from '../../errors.ts';
import type { Identity } from '../../identity/principal.ts';
import type { OutgoingAnswer } from '../../request/stages.ts';
import type { Log } from '../../telemetry/log.ts';
import { redirectTo, type ConsoleHandler } from './console-answer.ts';
import { SESSION_COOKIE } from './console-caller.ts';
import { cookieOf, setCookieLine } from './session/cookies.ts';
import type { IdentityProvider, ProviderTokens } from './identity-provider.ts';
import { PLAIN_PAGES, plainPageAnswer, type PageLook, type PlainPage } from './plain-page.ts';
import type { ConsoleSessions } from './session/sessions.ts';

export const SIGN_IN_LIMITS = {
  time: { value: 600, unit: 's', why: 'From leaving for the identity provider to coming back.' },
} as const satisfies Limits;

const SIGN_IN_COOKIE = 'ndg-sign-in';
const CALLBACK = '/console/callback';
const BOUND = Buffer.from('console sign-in', 'latin1');

const pendingSignIn = z.strictObject({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  returnTo: z.string(),
  /** Milliseconds since 1970. */
  expiresAt: z.number(),
});

export interface SignInParts {
  readonly provider: IdentityProvider;
  readonly sessions: ConsoleSessions;
  readonly identity: Identity;
  /** Paths to which a sign-in may lead back; an open redirect would lend our name to others. */
  readonly isOwnPage: (path: string) => boolean;
  readonly secret: Buffer;
  readonly look: PageLook;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Handlers of the sign-in: leaving for the identity provider, and coming back. The browser holds the pending one, sealed. */
export function buildSignIn(parts: SignInParts): Readonly<Record<'start' | 'callback', ConsoleHandler>> {
  const { provider, sessions, identity, look, log, now = Date.now } = parts;
  const sealKey = Buffer.from(hkdfSync('sha256', parts.secret, '', 'console sign-in', 32));
  const page = (shown: PlainPage): OutgoingAnswer => plainPageAnswer(shown, look);

  return {
    async start(request, { origin, isSecure }) {
      const asked = new URL(request.url ?? '/', origin).searchParams.get('to') ?? '';
      const begun = await provider.begin(`${origin}${CALLBACK}`).catch(() => null);
      if (!begun) {
        log.warnLimited('console.provider-unavailable', { setting: 'OIDC_ISSUER' });
        return page(PLAIN_PAGES.providerGone);
      }
      const pending: z.infer<typeof pendingSignIn> = {
        ...begun.secrets,
        returnTo: parts.isOwnPage(asked.split('?')[0] ?? '') ? asked : '/console',
        expiresAt: now() + SIGN_IN_LIMITS.time.value * 1_000,
      };
      const value = sealBox(sealKey, JSON.stringify(pending), BOUND).toString('base64url');
      const cookie = { name: SIGN_IN_COOKIE, value, maxAgeSeconds: SIGN_IN_LIMITS.time.value };
      return redirectTo(begun.url, { 'set-cookie': setCookieLine(cookie, isSecure) });
    },

    async callback(request, { origin, isSecure }) {
      const sealed = cookieOf(request, SIGN_IN_COOKIE, isSecure);
      const pending = sealed === undefined ? null : readPending(sealKey, sealed);
      if (!pending || now() >= pending.expiresAt) return page(PLAIN_PAGES.signInFailed);
      let tokens: ProviderTokens;
      try {
        tokens = await provider.complete(new URL(request.url ?? '/', origin), pending);
      } catch {
        log.warnLimited('console.sign-in-failed', { setting: 'OIDC_ISSUER' });
        return page(PLAIN_PAGES.signInFailed);
      }
      // The kind of caller comes from the token that the gateway itself has verified.
      const principal = await identity
        .identify(`Bearer ${tokens.accessToken}`)
        .catch((error: unknown) => (error instanceof GatewayError ? null : Promise.reject(error)));
      if (!principal) return page(PLAIN_PAGES.accountRefused);
      const { accessToken, refreshToken, idToken, displayName } = tokens;
      const session = await sessions.create({
        account: `${principal.client.id}\n${principal.subject}`,
        kind: principal.kind,
        agency: principal.client.name,
        tokenExpiresAt: principal.expiresAt * 1_000,
        accessToken,
        refreshToken,
        idToken,
        displayName,
      });
      const cookie = { name: SESSION_COOKIE, value: session.id, maxAgeSeconds: null };
      return redirectTo(pending.returnTo, { 'set-cookie': setCookieLine(cookie, isSecure) });
    },
  };
}

function readPending(sealKey: Buffer, sealed: string): z.infer<typeof pendingSignIn> | null {
  const text = openTextBox(sealKey, Buffer.from(sealed, 'base64url'), BOUND);
  try {
    return text === null ? null : (pendingSignIn.safeParse(JSON.parse(text)).data ?? null);
  } catch {
    return null;
  }
}
