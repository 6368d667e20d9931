import { readFileSync } from 'node:fs';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { exchangeToken } from './exchange-token.ts';
import { formPage, reviewPage, type OwnThings } from './form-page.ts';
import { buildGatewayClient, GatewayRefusal, type NamedParty } from './gateway-client.ts';
import { homePage, signInPage, troublePage, type DemoCitizen } from './pages.ts';
import { printedValue } from './printed-value.ts';
import { OFFERED_FORMS, type OfferedForm } from './procedures.ts';
import { cookieOf, isFormOf, Sessions, type Session } from './sessions.ts';

export interface PortalOptions {
  readonly gatewayUrl: string;
  readonly identityUrl: string;
  /** The registered client that this portal is. */
  readonly clientId: string;
  /** Citizens to sign in as, and the token that each would have from the identity provider. */
  readonly citizens: readonly DemoCitizen[];
  readonly tokenOf: (personalId: string) => string;
}

const STYLE = readFileSync(new URL('portal.css', import.meta.url), 'utf8');
/** Nothing is loaded from elsewhere, no script runs, and no other site frames a page. */
const POLICY =
  "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
const MAX_BODY_BYTES = 256 * 1024;

/** A portal's backend with its pages. It keeps no data: each page asks the gateway anew. */
export function buildPortal(options: PortalOptions): FastifyInstance {
  const { citizens, tokenOf, clientId, identityUrl } = options;
  const gateway = buildGatewayClient(options.gatewayUrl);
  const sessions = new Sessions();
  const app = fastify({ bodyLimit: MAX_BODY_BYTES });
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, new URLSearchParams(String(body))),
  );
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': POLICY,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
  });

  const sessionOf = (request: FastifyRequest): Session | null => sessions.of(request.headers.cookie);
  const send = (reply: FastifyReply, text: string, status = 200) =>
    reply.code(status).type('text/html; charset=utf-8').send(text);
  const bodyOf = (request: FastifyRequest): URLSearchParams =>
    request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
  /** The session of a form that one of its own pages sent; null for any other. */
  const senderOf = (request: FastifyRequest): Session | null => {
    const session = sessionOf(request);
    return session && isFormOf(session, bodyOf(request).get('form_key')) ? session : null;
  };
  const refuse = (reply: FastifyReply) =>
    send(reply, troublePage('Phiên đã hết', 'Xin đăng nhập lại.', null), 403);

  async function ownThings({ token, citizen }: Session): Promise<OwnThings & { readonly name: string }> {
    const own = await gateway.ownThings(token, citizen);
    return {
      name: own?.name?.full ?? '',
      parcels: (own?.landParcels ?? []).flatMap((one) =>
        one?.id ? [{ id: one.id, address: one.address ?? one.id }] : [],
      ),
      businesses: (own?.businesses ?? []).flatMap((one) =>
        one?.code ? [{ code: one.code, name: one.name?.vi ?? one.code }] : [],
      ),
    };
  }

  async function showForm(
    reply: FastifyReply,
    session: Session,
    offered: OfferedForm,
    named: readonly NamedParty[],
  ) {
    const [form, own] = await Promise.all([
      gateway.fillForm(session.token, offered.code, named),
      ownThings(session),
    ]);
    return send(reply, formPage(session, offered, form, own, named));
  }

  app.get('/portal.css', (_request, reply) => reply.type('text/css; charset=utf-8').send(STYLE));

  app.get('/', async (request, reply) => {
    const session = sessionOf(request);
    if (!session) return send(reply, signInPage(citizens));
    return send(reply, homePage(session, (await ownThings(session)).name));
  });

  app.post('/sign-in', async (request, reply) => {
    // Another site could otherwise sign the browser in as somebody of its choice.
    const site = request.headers['sec-fetch-site'];
    const citizen = citizens.find(({ personalId }) => personalId === bodyOf(request).get('citizen'));
    if (!citizen || (site !== undefined && site !== 'same-origin')) return refuse(reply);
    const { token, expiresAt } = await exchangeToken(identityUrl, clientId, tokenOf(citizen.personalId));
    const session = sessions.begin(citizen.personalId, token, expiresAt);
    return reply.header('set-cookie', cookieOf(session)).redirect('/', 303);
  });

  app.post('/sign-out', async (request, reply) => {
    const session = senderOf(request);
    if (!session) return refuse(reply);
    sessions.end(session);
    return reply.header('set-cookie', cookieOf({ ...session, id: '', expiresAt: 0 })).redirect('/', 303);
  });

  for (const offered of OFFERED_FORMS) {
    app.get(`/forms/${offered.code}`, async (request, reply) => {
      const session = sessionOf(request);
      return session ? showForm(reply, session, offered, []) : reply.redirect('/', 303);
    });
    app.post(`/forms/${offered.code}`, async (request, reply) => {
      const session = senderOf(request);
      if (!session) return refuse(reply);
      return showForm(reply, session, offered, namedIn(bodyOf(request), offered));
    });
    app.post(`/forms/${offered.code}/review`, async (request, reply) => {
      const session = senderOf(request);
      if (!session) return refuse(reply);
      // Locked values are taken from the registers again, never from what the browser sends back.
      const given = bodyOf(request);
      const form = await gateway.fillForm(session.token, offered.code, namedIn(given, offered));
      const rows = (form.fields ?? []).map(({ party, key, row, label, value, isEditable }) => {
        const isLocked = value !== null && isEditable !== true;
        const own = given.get(`${party} ${key} ${row ?? ''}`);
        return { label: label ?? '', value: isLocked ? printedValue(value) : (own ?? ''), isOwn: !isLocked };
      });
      return send(reply, reviewPage(session, offered, rows));
    });
  }

  app.setNotFoundHandler((request, reply) =>
    send(reply, troublePage('Không có trang này', 'Xin về trang đầu.', sessionOf(request)), 404),
  );
  app.setErrorHandler((error, request, reply) => {
    const isUnauthenticated = error instanceof GatewayRefusal && error.code.startsWith('TOKEN_');
    if (isUnauthenticated) return reply.redirect('/', 303);
    const advice =
      error instanceof GatewayRefusal
        ? `Cổng dữ liệu chưa trả lời được (${error.code}). Xin thử lại sau.`
        : 'Có lỗi. Xin thử lại sau.';
    return send(reply, troublePage('Chưa điền được', advice, sessionOf(request)), 503);
  });
  return app;
}

/** The parties that the citizen has named. */
function namedIn(given: URLSearchParams, { namedBy }: OfferedForm): readonly NamedParty[] {
  return namedBy.flatMap(({ role, kind }): NamedParty[] => {
    const value = given.get(role)?.trim() ?? '';
    if (value === '') return [];
    if (kind === 'person') return [{ role, personalId: value }];
    return [kind === 'parcel' ? { role, landParcelId: value } : { role, businessCode: value }];
  });
}
