import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

import type { Answer } from '../servers/answer.ts';
import { buildEndpoint, type MockEndpoint } from '../servers/endpoint.ts';
import { jsonResponse } from '../servers/exchange.ts';
import { DEMO_OFFICERS, type DemoPerson } from './demo-people.ts';
import { buildOpenIdProvider } from './openid-provider.ts';
import { exchangeToken } from './token-exchange.ts';
import { FIRST_ES256, FIRST_RS256, mintToken, type TokenRequest } from './mint-token.ts';

import type { PublishedKey } from './mint-token.ts';

/**
 * `handle` answers `GET /jwks`, whose fetches `log.calls` counts, and `POST /token` (RFC 8693), and
 * the sign-in of the console (openid-provider.ts). Over HTTP: `POST /_rotate`, `POST /_retire`.
 */
export interface IdentityProviderMock extends MockEndpoint {
  /** A new key signs from now on; the one before stays published until `retire()`. Returns the new key's id. */
  rotate(alg?: 'ES256' | 'RS256'): string;
  /** Withdraws every key but the one that signs now. */
  retire(): void;
  /** Signs with the key in force, unless `key` is given. */
  mintToken(request: TokenRequest): string;
  readonly keys: readonly PublishedKey[];
}

/** The demo's identity provider: real keys, published as a JWK set (RFC 7517). `people` may sign in. */
export function buildIdentityProvider(
  people: () => readonly DemoPerson[] = () => DEMO_OFFICERS,
): IdentityProviderMock {
  let signing = FIRST_ES256 as PublishedKey;
  let published: readonly PublishedKey[] = [signing, FIRST_RS256 as PublishedKey];
  let generation = 1;

  function answer({ method, path }: { readonly method: string; readonly path: string }): Answer {
    const contentType = 'application/json';
    if (method !== 'GET' || path !== '/jwks') {
      return { status: 404, contentType, rows: [], render: () => '{"error":"not_found"}' };
    }
    const rows = published.map((key) => ({
      kind: 'key',
      key: key.kid,
      isFound: true,
      content: JSON.stringify(publicJwk(key)),
      refused: [],
    }));
    const render: Answer['render'] = (given) => `{"keys":[${given.map(({ content }) => content).join(',')}]}`;
    return { status: 200, contentType, rows, render };
  }

  const format = {
    emptyObject: '{}',
    wrongEnvelope: '{"keys":"none"}',
    breakRecord: (content: string) =>
      JSON.stringify({ ...(JSON.parse(content) as object), kty: 7, x: null, n: null }),
    contentOf: () => undefined,
  };
  const endpoint = buildEndpoint(format, answer);
  const openId = buildOpenIdProvider({
    people,
    keys: () => published,
    mint: (asked) => provider.mintToken(asked),
  });
  const provider: IdentityProviderMock = {
    ...endpoint,
    async handle(request) {
      const signIn = openId(request);
      if (signIn) return signIn;
      switch (`${request.method} ${request.path}`) {
        case 'POST /_rotate':
          return jsonResponse(200, { kid: provider.rotate() });
        case 'POST /token':
          return exchangeToken(request.body ?? '', published, (asked) => provider.mintToken(asked));
        case 'POST /_retire':
          provider.retire();
          return { status: 204, headers: {}, body: '' };
        default:
          return endpoint.handle(request);
      }
    },
    rotate(alg = 'ES256') {
      generation += 1;
      signing = { alg, kid: `demo-${alg.toLowerCase()}-${generation}`, privateKey: newPrivateKey(alg) };
      published = [signing, ...published];
      return signing.kid;
    },
    retire() {
      published = [signing];
    },
    mintToken: (request) => mintToken({ key: signing, ...request }),
    get keys() {
      return published;
    },
  };
  return provider;
}

function newPrivateKey(alg: 'ES256' | 'RS256'): KeyObject {
  return alg === 'ES256'
    ? generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
    : generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
}

function publicJwk({ kid, alg, privateKey }: PublishedKey): object {
  return { kid, alg, use: 'sig', ...createPublicKey(privateKey).export({ format: 'jwk' }) };
}
