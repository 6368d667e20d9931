import jwt from 'jsonwebtoken';
import type { Limits } from '../config/limits.ts';
import { GatewayError } from '../errors.ts';
import { KeySetUnavailable, type KeySet, type VerificationKey } from './key-set.ts';
import { hasDoubledKeys } from './doubled-keys.ts';

/** Claims of an access token (RFC 9068), checked for shape, signature, issuer, audience and time. */
export interface AccessTokenClaims {
  readonly clientId: string;
  readonly subject: string;
  readonly scope: readonly string[];
  readonly officerPersonalId: string | null;
  readonly unit: string | null;
  readonly tokenId: string;
  readonly keyId: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** Issuer, audience, keys and clock by which a token is checked. */
export interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  readonly keys: KeySet;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

/** Bounds of an access token. */
export const ACCESS_TOKEN_LIMITS = {
  clockSkew: { value: 60, unit: 's', why: 'The clocks of issuer and gateway differ a little.' },
  lifetime: { value: 3_600, unit: 's', why: 'A stolen token must end soon.' },
  length: {
    value: 8_192,
    unit: 'characters',
    why: 'A longer header costs memory before anybody is verified.',
  },
} as const satisfies Limits;

const { clockSkew, lifetime, length: maxLength } = ACCESS_TOKEN_LIMITS;
const HEADER_NAMES: ReadonlySet<string> = new Set(['alg', 'typ', 'kid']);

/**
 * Verifies an access token. Rejects with UNAUTHENTICATED, TOKEN_EXPIRED or KEY_SET_UNAVAILABLE, and never says which
 * check failed.
 */
export async function verifyAccessToken(token: string, rules: TokenRules): Promise<AccessTokenClaims> {
  const header = readHeader(token);
  let key: VerificationKey | undefined;
  try {
    key = await rules.keys.keyFor(header.kid);
  } catch (error) {
    throw new GatewayError(error instanceof KeySetUnavailable ? 'KEY_SET_UNAVAILABLE' : 'UNAUTHENTICATED');
  }
  // The key fixes the algorithm, never the token (RFC 8725 3.1).
  if (!key || key.algorithm !== header.alg) throw unauthenticated();
  const now = Math.floor((rules.now?.() ?? Date.now()) / 1_000);
  const payload = verifySignature(token, key, rules);
  return readClaims(payload, header.kid, now);
}

function readHeader(token: string): { readonly alg: string; readonly kid: string } {
  const parts = token.split('.');
  const [head = '', body = ''] = parts;
  if (parts.length !== 3 || token.length > maxLength.value) throw unauthenticated();
  const headerText = decode(head);
  // Of two members with one name, two readers may take different ones; jsonwebtoken takes the last.
  if (hasDoubledKeys(headerText) || hasDoubledKeys(decode(body))) throw unauthenticated();
  const header = parseObject(headerText);
  // jsonwebtoken ignores `crit`, `b64` and whatever else it does not know: only what is known may stand there.
  if (Object.keys(header).some((name) => !HEADER_NAMES.has(name))) throw unauthenticated();
  const { alg, typ, kid } = header;
  const isAccessToken =
    typeof typ === 'string' && ['at+jwt', 'application/at+jwt'].includes(typ.toLowerCase());
  if (!isAccessToken || typeof alg !== 'string' || typeof kid !== 'string' || kid === '')
    throw unauthenticated();
  return { alg, kid };
}

function verifySignature(token: string, key: VerificationKey, rules: TokenRules): Record<string, unknown> {
  try {
    const payload = jwt.verify(token, key.key, {
      algorithms: [key.algorithm],
      issuer: rules.issuer,
      audience: rules.audience,
      // Times are checked below: jsonwebtoken accepts tokens without `exp` and knows no bound on it.
      ignoreExpiration: true,
      ignoreNotBefore: true,
    });
    if (typeof payload === 'object') return payload;
  } catch {
    throw unauthenticated();
  }
  throw unauthenticated();
}

function readClaims(payload: Record<string, unknown>, keyId: string, now: number): AccessTokenClaims {
  const { exp, iat, nbf, jti, sub, client_id: clientId, scope, officer_personal_id, unit } = payload;
  if (!isTime(exp) || !isTime(iat) || (nbf !== undefined && !isTime(nbf))) throw unauthenticated();
  if (exp <= iat || exp - iat > lifetime.value) throw unauthenticated();
  if (iat > now + clockSkew.value || (isTime(nbf) && nbf > now + clockSkew.value)) throw unauthenticated();
  if (!isName(jti) || !isName(sub) || !isName(clientId)) throw unauthenticated();
  if (scope !== undefined && typeof scope !== 'string') throw unauthenticated();
  const officerPersonalId = optional(officer_personal_id, /^\d{12}$/);
  const communeCode = optional(unit, /^\d{5}$/);
  // This check is the last one, so that only a token that was once good is told that it has expired.
  if (exp <= now) throw new GatewayError('TOKEN_EXPIRED');
  return {
    clientId,
    subject: sub,
    scope: (scope ?? '').split(' ').filter((word) => word !== ''),
    officerPersonalId,
    unit: communeCode,
    tokenId: jti,
    keyId,
    expiresAt: exp,
  };
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** Names are written to the log and sent to registers, so they must be short and printable and have no spaces. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]{1,128}$/.test(value);
}

function optional(value: unknown, pattern: RegExp): string | null {
  if (value === undefined) return null;
  if (typeof value !== 'string' || !pattern.test(value)) throw unauthenticated();
  return value;
}

function decode(part: string): string {
  if (!/^[A-Za-z0-9_-]+$/.test(part)) throw unauthenticated();
  return Buffer.from(part, 'base64url').toString('utf8');
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // Unreadable JSON is refused below.
  }
  throw unauthenticated();
}

function unauthenticated(): GatewayError {
  return new GatewayError('UNAUTHENTICATED');
}
