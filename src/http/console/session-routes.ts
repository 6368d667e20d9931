import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { GatewayError } from '../../errors.ts';
import { isAuditNumber } from '../../policy/case/case.ts';
import { readBody } from '../read-body.ts';
import { refusalAnswer } from '../refusal.ts';
import { jsonAnswer, type ConsoleHandler } from './console-answer.ts';
import { SESSION_COOKIE } from './console-caller.ts';
import type { ConsolePageRow } from './console-pages.ts';
import { setCookieLine } from './session/cookies.ts';
import { isFromOwnPage } from './session/csrf.ts';
import type { IdentityProvider } from './identity-provider.ts';
import type { ConsoleSessions, OpenSession } from './session/sessions.ts';

const orderBody = z.strictObject({ order: z.string().max(64).nullable() });

export interface SessionRouteParts {
  readonly sessions: ConsoleSessions;
  readonly provider: IdentityProvider;
  readonly pages: readonly ConsolePageRow[];
  /** Public keys (vkey) by which the pages check proofs. */
  readonly logKeys: readonly string[];
  readonly mode: string;
}

/** Handlers about the session itself: what the pages may know of it, the order in force, signing out everywhere. */
export function buildSessionRoutes(
  parts: SessionRouteParts,
): Readonly<Record<'read' | 'order' | 'signOut', ConsoleHandler>> {
  const { sessions, provider, pages, logKeys, mode } = parts;
  return {
    async read(request, { session }) {
      if (!session) return unauthenticated(request);
      const { displayName, agency, kind, order, csrfToken } = session.content;
      const mine = pages.filter(({ kinds }) => kinds.includes(kind)).map(({ path }) => path);
      return jsonAnswer(200, { displayName, agency, kind, order, csrfToken, pages: mine, logKeys, mode });
    },

    async order(request, { session, origin }) {
      const refusal = refusalOf(request, session, origin);
      if (refusal || !session) return refusal ?? unauthenticated(request);
      const given = orderBody.safeParse(parsed(await readBody(request).catch(() => '')));
      const order = given.data?.order ?? null;
      if (!given.success || (order !== null && !isAuditNumber(order))) {
        return refusalAnswer(new GatewayError('CASE_NOT_VALID', { httpStatus: 400 }), request.headers.accept);
      }
      await sessions.change(session, { order });
      return jsonAnswer(200, { order });
    },

    async signOut(request, { session, origin, isSecure }) {
      const refusal = refusalOf(request, session, origin);
      if (refusal || !session) return refusal ?? unauthenticated(request);
      await sessions.endAll(session);
      const back = `${origin}/console/signed-out`;
      // The sessions here have ended already, whether or not the provider answers.
      const to = await provider.endSessionUrl(session.content.idToken, back).catch(() => null);
      const answer = jsonAnswer(200, { to: to ?? back });
      const cookie = setCookieLine({ name: SESSION_COOKIE, value: '', maxAgeSeconds: 0 }, isSecure);
      return { ...answer, headers: { ...answer.headers, 'set-cookie': cookie } };
    },
  };
}

/** The refusal of a request that acts for a session and did not come from the console's own pages; null where it may go on. */
export function refusalOf(
  request: IncomingMessage,
  session: OpenSession | null,
  origin: string,
): ReturnType<typeof refusalAnswer> | null {
  if (!session) return unauthenticated(request);
  if (isFromOwnPage(request, origin, session.content.csrfToken)) return null;
  const message = 'The request did not come from the console’s own page.';
  return refusalAnswer(new GatewayError('BAD_REQUEST', { httpStatus: 403, message }), request.headers.accept);
}

function unauthenticated({ headers }: IncomingMessage): ReturnType<typeof refusalAnswer> {
  const message = 'The session has ended. Sign in again.';
  return refusalAnswer(new GatewayError('UNAUTHENTICATED', { message }), headers.accept);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
