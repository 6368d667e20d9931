import { createHmac, createPrivateKey, type KeyObject, randomUUID, sign } from 'node:crypto';

import { demoClient } from './demo-clients.ts';
import { DEMO_AUDIENCE, DEMO_ISSUER } from './demo-identity.ts';
import { DEMO_ES256_KEY, DEMO_RS256_KEY } from './demo-keys.ts';

/** HS256 and `none` are here for forged tokens only. */
export type SigningKey =
  | { readonly alg: 'ES256' | 'RS256'; readonly kid: string; readonly privateKey: KeyObject }
  | { readonly alg: 'HS256'; readonly kid: string; readonly secret: string | Buffer }
  | { readonly alg: 'none'; readonly kid: string };

/** A key that the identity provider publishes. */
export type PublishedKey = Extract<SigningKey, { readonly privateKey: KeyObject }>;

export interface TokenRequest {
  readonly clientId: string;
  /** Officer account, the system itself (the default), or a citizen's personal id. */
  readonly sub?: string;
  readonly officerPersonalId?: string;
  /** Commune code. */
  readonly unit?: string;
  /** The client's kind unless given; null leaves the claim out. */
  readonly scope?: string | null;
  /** 3600 unless given. */
  readonly ttlSeconds?: number;
  /** Put over the honest claims and header; undefined removes one. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  /** The exact JSON text to sign instead, for what no object can say (doubled names, `[]`, no JSON at all). */
  readonly payloadText?: string;
  readonly headerText?: string;
  readonly key?: SigningKey;
  /** Milliseconds; the clock unless given. */
  readonly now?: number;
}

export const FIRST_ES256: SigningKey = {
  alg: 'ES256',
  kid: DEMO_ES256_KEY.kid,
  privateKey: createPrivateKey({ format: 'jwk', key: DEMO_ES256_KEY }),
};

export const FIRST_RS256: SigningKey = {
  alg: 'RS256',
  kid: DEMO_RS256_KEY.kid,
  privateKey: createPrivateKey({ format: 'jwk', key: DEMO_RS256_KEY }),
};

/** An access token by RFC 9068 (`typ: at+jwt`), signed with the demo's first key unless told otherwise. */
export function mintToken(request: TokenRequest): string {
  const key = request.key ?? FIRST_ES256;
  const issuedAt = Math.floor((request.now ?? Date.now()) / 1000);
  const header = { typ: 'at+jwt', alg: key.alg, kid: key.kid, ...request.header };
  const scope = request.scope === undefined ? demoClient(request.clientId)?.kind : request.scope;
  const claims = {
    iss: DEMO_ISSUER,
    aud: DEMO_AUDIENCE,
    iat: issuedAt,
    exp: issuedAt + (request.ttlSeconds ?? 3600),
    jti: randomUUID(),
    client_id: request.clientId,
    sub: request.sub ?? request.clientId,
    scope: scope ?? undefined,
    officer_personal_id: request.officerPersonalId,
    unit: request.unit,
    ...request.claims,
  };
  const signed = [request.headerText ?? JSON.stringify(header), request.payloadText ?? JSON.stringify(claims)]
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
  return `${signed}.${signatureOf(signed, key)}`;
}

/** A token by which a portal acts for a citizen (RFC 8693 4.1): `sub` the citizen, `act.sub` the portal. */
export function exchangedToken(portal: string, personalId: string, ttlSeconds = 600): TokenRequest {
  return {
    clientId: portal,
    sub: personalId,
    ttlSeconds,
    scope: 'citizen',
    claims: { act: { sub: portal } },
  };
}

function signatureOf(signed: string, key: SigningKey): string {
  switch (key.alg) {
    case 'ES256':
      // JOSE wants r and s side by side, not DER (RFC 7518 3.4).
      return sign('sha256', Buffer.from(signed), { key: key.privateKey, dsaEncoding: 'ieee-p1363' }).toString(
        'base64url',
      );
    case 'RS256':
      return sign('sha256', Buffer.from(signed), key.privateKey).toString('base64url');
    case 'HS256':
      return createHmac('sha256', key.secret).update(signed).digest('base64url');
    case 'none':
      return '';
  }
}
