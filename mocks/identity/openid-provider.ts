import { createHash, createPublicKey, randomBytes } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { headerOf, jsonResponse, type MockRequest, type MockResponse } from '../servers/exchange.ts';
import type { DemoPerson } from './demo-people.ts';
import { choicePage } from './choice-page.ts';
import { DEMO_CONSOLE_CLIENT, DEMO_CONSOLE_SECRET } from './demo-identity.ts';
import type { PublishedKey, TokenRequest } from './mint-token.ts';

const CODE_SECONDS = 60;
const TOKEN_SECONDS = 3_600;
const MOST_PENDING = 1_000;
const VERIFIER = /^[\w.~-]{43,128}$/;

interface Grant {
  readonly person: DemoPerson;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string;
  readonly expiresAt: number;
}

export interface OpenIdParts {
  readonly people: () => readonly DemoPerson[];
  readonly keys: () => readonly PublishedKey[];
  readonly mint: (request: TokenRequest) => string;
}

/** Answers a path of OpenID Connect, or undefined for any other. */
export type OpenIdProvider = (request: MockRequest) => MockResponse | undefined;

/**
 * OpenID Connect Core 1.0 with the code flow, PKCE (RFC 7636, S256 alone) and the console's client secret; RP-Initiated
 * Logout 1.0. The page of sign-in asks for no password: it lists the demo's people.
 */
export function buildOpenIdProvider({ people, keys, mint }: OpenIdParts): OpenIdProvider {
  const codes = new Map<string, Grant>();
  const refreshable = new Map<string, DemoPerson>();

  function authorize(asked: URLSearchParams): MockResponse {
    const redirectUri = asked.get('redirect_uri') ?? '';
    if (
      asked.get('client_id') !== DEMO_CONSOLE_CLIENT ||
      !isConsoleAddress(redirectUri, '/console/callback')
    ) {
      return jsonResponse(400, { error: 'invalid_request' });
    }
    const challenge = asked.get('code_challenge') ?? '';
    const isWhole =
      asked.get('response_type') === 'code' &&
      asked.get('code_challenge_method') === 'S256' &&
      /^[\w-]{43}$/.test(challenge) &&
      (asked.get('scope') ?? '').split(' ').includes('openid');
    if (!isWhole) return redirect(redirectUri, { error: 'invalid_request', state: asked.get('state') });
    const account = asked.get('account');
    const person = people().find((one) => one.account === account);
    if (!person) return choicePage(people(), asked);
    const code = randomBytes(32).toString('base64url');
    remember(codes, code, {
      person,
      redirectUri,
      challenge,
      nonce: asked.get('nonce') ?? '',
      expiresAt: Date.now() + CODE_SECONDS * 1_000,
    });
    return redirect(redirectUri, { code, state: asked.get('state') });
  }

  function token(request: MockRequest): MockResponse | undefined {
    const asked = new URLSearchParams(request.body ?? '');
    const kind = asked.get('grant_type');
    if (kind !== 'authorization_code' && kind !== 'refresh_token') return undefined;
    if (!isConsole(request, asked)) return jsonResponse(401, { error: 'invalid_client' });
    if (kind === 'refresh_token') {
      const person = refreshable.get(asked.get('refresh_token') ?? '');
      return person ? tokens(person, {}) : jsonResponse(400, { error: 'invalid_grant' });
    }
    const code = asked.get('code') ?? '';
    const grant = codes.get(code);
    // A code is good once (RFC 6749 4.1.2).
    codes.delete(code);
    const verifier = asked.get('code_verifier') ?? '';
    const isGood =
      grant !== undefined &&
      Date.now() < grant.expiresAt &&
      grant.redirectUri === asked.get('redirect_uri') &&
      VERIFIER.test(verifier) &&
      createHash('sha256').update(verifier).digest('base64url') === grant.challenge;
    if (!isGood) return jsonResponse(400, { error: 'invalid_grant' });
    const refreshToken = randomBytes(32).toString('base64url');
    remember(refreshable, refreshToken, grant.person);
    return tokens(grant.person, {
      refresh_token: refreshToken,
      id_token: idToken(grant, issuerOf(request)),
    });
  }

  function tokens(person: DemoPerson, more: object): MockResponse {
    return jsonResponse(200, {
      access_token: mint({ ...person.token, ttlSeconds: TOKEN_SECONDS }),
      token_type: 'Bearer',
      expires_in: TOKEN_SECONDS,
      ...more,
    });
  }

  function idToken({ person, nonce }: Grant, issuer: string): string {
    const [key] = keys();
    if (!key) throw new Error('the provider has a key');
    const { sub = person.account } = person.token;
    return jwt.sign({ nonce, name: person.name }, key.privateKey, {
      algorithm: key.alg,
      keyid: key.kid,
      issuer,
      audience: DEMO_CONSOLE_CLIENT,
      subject: sub,
      expiresIn: TOKEN_SECONDS,
    });
  }

  function endSession(asked: URLSearchParams): MockResponse {
    const back = asked.get('post_logout_redirect_uri') ?? '';
    const isKnown = isOwnIdToken(asked.get('id_token_hint') ?? '', keys());
    if (!isKnown || !isConsoleAddress(back, '/console/signed-out')) {
      return jsonResponse(400, { error: 'invalid_request' });
    }
    return redirect(back, { state: asked.get('state') });
  }

  return (request) => {
    const [path = '', query = ''] = request.path.split('?');
    switch (`${request.method} ${path}`) {
      case 'GET /.well-known/openid-configuration':
        return jsonResponse(200, discovery(issuerOf(request)));
      case 'GET /authorize':
        return authorize(new URLSearchParams(query));
      case 'GET /end_session':
        return endSession(new URLSearchParams(query));
      case 'POST /token':
        return token(request);
      default:
        return undefined;
    }
  };
}

function discovery(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    end_session_endpoint: `${issuer}/end_session`,
    jwks_uri: `${issuer}/jwks`,
    response_types_supported: ['code'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256', 'RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  };
}

function issuerOf(request: MockRequest): string {
  return `http://${headerOf(request, 'host')}`;
}

/** The console's registered addresses: any loopback port, since a demo may listen on any. */
function isConsoleAddress(text: string, path: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, pathname } = new URL(text);
  return protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname) && pathname === path;
}

function isConsole(request: MockRequest, asked: URLSearchParams): boolean {
  const [, basic = ''] = /^Basic (\S+)$/i.exec(headerOf(request, 'authorization')) ?? [];
  const [id, secret] =
    basic === ''
      ? [asked.get('client_id'), asked.get('client_secret')]
      : Buffer.from(basic, 'base64').toString('utf8').split(':').map(decodeURIComponent);
  return id === DEMO_CONSOLE_CLIENT && secret === DEMO_CONSOLE_SECRET;
}

function isOwnIdToken(token: string, keys: readonly PublishedKey[]): boolean {
  try {
    const kid = jwt.decode(token, { complete: true })?.header.kid;
    const key = keys.find((one) => one.kid === kid);
    // An ID token that has expired still tells whose session ends (RP-Initiated Logout 1.0 section 2).
    const rules = { ignoreExpiration: true, audience: DEMO_CONSOLE_CLIENT };
    if (!key) return false;
    jwt.verify(token, createPublicKey(key.privateKey), { algorithms: [key.alg], ...rules });
    return true;
  } catch {
    return false;
  }
}

function redirect(to: string, parameters: Readonly<Record<string, string | null>>): MockResponse {
  const url = new URL(to);
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null) url.searchParams.set(name, value);
  }
  return { status: 302, headers: { location: url.href }, body: '' };
}

/** Keeps the newest. */
function remember<Value>(map: Map<string, Value>, key: string, value: Value): void {
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MOST_PENDING && oldest !== undefined) map.delete(oldest);
}
