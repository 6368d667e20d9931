import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { GatewayError } from '../../src/errors.ts';
import { buildIdentity } from '../../src/identity/build-identity.ts';
import type { Identity } from '../../src/identity/principal.ts';
import type { RegisteredClient, RegisteredClients } from '../../src/identity/registered-clients.ts';
import { DEMO_AUDIENCE, DEMO_ISSUER } from '../../mocks/identity/demo-identity.ts';
import { FIRST_ES256, FIRST_RS256, type SigningKey } from '../../mocks/identity/mint-token.ts';

/** A fixed moment, on a whole second: 2026-11-21 09:00 in Viet Nam. */
export const NOON = Date.UTC(2026, 10, 21, 2);
export const NOON_SECONDS = NOON / 1_000;

const CLIENTS: readonly RegisteredClient[] = [
  { id: 'inspectorate', kind: 'agency', name: 'I', unit: null, province: null, register: null },
  { id: 'hn-hoankiem-civil', kind: 'agency', name: 'C', unit: '00070', province: null, register: null },
  { id: 'vneid', kind: 'citizen', name: 'V', unit: null, province: null, register: null },
  { id: 'auditor', kind: 'auditor', name: 'A', unit: null, province: null, register: null },
  { id: 'population-owner', kind: 'owner', name: 'P', unit: null, province: null, register: null },
];

const REGISTERED: RegisteredClients = new Map(CLIENTS.map((client) => [client.id, client]));

/** Published, but not for signatures of access tokens. */
export const ENCRYPTION_KEY = newKey('for-encryption');
export const DERIVING_KEY = newKey('for-deriving');

export function newKey(kid: string): SigningKey & { readonly alg: 'ES256' } {
  return { alg: 'ES256', kid, privateKey: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey };
}

/** The public JWK of a signing key, with whatever is put over it. */
export function jwkOf(key: SigningKey, over: object = {}): object {
  if (!('privateKey' in key)) throw new Error('no key pair');
  const jwk = createPublicKey(key.privateKey).export({ format: 'jwk' });
  return { kid: key.kid, alg: key.alg, use: 'sig', ...jwk, ...over };
}

export function keySetText(...keys: readonly object[]): string {
  return JSON.stringify({ keys });
}

const PUBLISHED = keySetText(
  jwkOf(FIRST_ES256),
  jwkOf(FIRST_RS256),
  jwkOf(ENCRYPTION_KEY, { use: 'enc' }),
  jwkOf(DERIVING_KEY, { use: undefined, key_ops: ['deriveKey'] }),
);

/** An identity step with a clock that the test sets, in milliseconds. */
export function identityAt(
  clock: { now: number },
  fetchKeys = async () => PUBLISHED,
  clients: () => RegisteredClients = () => REGISTERED,
): Identity {
  return buildIdentity({
    issuer: DEMO_ISSUER,
    audience: DEMO_AUDIENCE,
    jwksUrl: 'http://127.0.0.1:9/jwks',
    clients,
    fetchKeys,
    now: () => clock.now,
  });
}

/** `OK`, or the code of the refusal; whatever is no GatewayError fails the test. */
export async function codeOf(identity: Identity, authorization: string | undefined): Promise<string> {
  try {
    await identity.identify(authorization);
    return 'OK';
  } catch (error) {
    if (error instanceof GatewayError) return error.code;
    throw error;
  }
}
