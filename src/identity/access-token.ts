import jwt from 'jsonwebtoken';
import type { Limits } from '../config/limits.ts';
import { GatewayError } from '../errors.ts';
import { KeySetUnavailable, type KeySet, type VerificationKey } from './key-set.ts';
import { hasDoubledKeys } from './doubled-keys.ts';
import { TokenRefused } from './token-refused.ts';

/** Claims of an access token (RFC 9068), checked for shape, signature, issuer, audience and time. */
export interface AccessTokenClaims {
  readonly clientId: string;
  readonly subject: string;
  readonly scope: readonly string[];
  readonly officerPersonalId: string | null;
  readonly unit: string | null;
  /** Claim `act.sub` (RFC 8693 4.1): the portal that acts for the subject; null where nobody does, empty where it is not understood. */
  readonly actor: string | null;
  readonly tokenId: string;
  readonly keyId: string;
  /** Seconds since 1970; may have a fraction (RFC 7519 2, NumericDate). */
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

/**
 * Verifies an access token. Rejects with TokenRefused or KEY_SET_UNAVAILABLE. The caller is never told which check
 * failed; the operator is.
 */
export async function verifyAccessToken(token: string, rules: TokenRules): Promise<AccessTokenClaims> {
  const header = readHeader(token);
  let key: VerificationKey | undefined;
  try {
    key = await rules.keys.keyFor(header.kid);
  } catch (error) {
    if (error instanceof KeySetUnavailable) throw new GatewayError('KEY_SET_UNAVAILABLE');
    throw new TokenRefused('key-unknown');
  }
  if (!key) throw new TokenRefused('key-unknown');
  // The key fixes the algorithm, never the token (RFC 8725 3.1).
  if (key.algorithm !== header.alg) throw new TokenRefused('algorithm');
  const payload = verifySignature(token, key);
  checkParties(payload, rules);
  return readClaims(payload, header.kid, (rules.now?.() ?? Date.now()) / 1_000);
}

function readHeader(token: string): { readonly alg: string; readonly kid: string } {
  const parts = token.split('.');
  const [head = '', body = ''] = parts;
  if (parts.length !== 3 || token.length > maxLength.value) throw new TokenRefused('malformed');
  const headerText = decode(head);
  // Two readers may take different ones of two members with the same name; jsonwebtoken takes the last.
  if (hasDoubledKeys(headerText) || hasDoubledKeys(decode(body))) throw new TokenRefused('malformed');
  const header = parseObject(headerText);
  // RFC 7515 4.1.11: the gateway understands no extension, so each one that must be understood refuses the token.
  // Members beside it (`x5t`, `jku`) are ignored: they never choose the key.
  if (Object.hasOwn(header, 'crit')) throw new TokenRefused('critical-header');
  const { alg, typ, kid } = header;
  const isAccessToken =
    typeof typ === 'string' && ['at+jwt', 'application/at+jwt'].includes(typ.toLowerCase());
  if (!isAccessToken) throw new TokenRefused('type');
  if (typeof alg !== 'string' || typeof kid !== 'string' || kid === '') throw new TokenRefused('header');
  return { alg, kid };
}

function verifySignature(token: string, key: VerificationKey): Record<string, unknown> {
  try {
    const payload = jwt.verify(token, key.key, {
      algorithms: [key.algorithm],
      // Times are checked below: jsonwebtoken accepts tokens without `exp` and knows no bound on it.
      ignoreExpiration: true,
      ignoreNotBefore: true,
    });
    if (typeof payload === 'object' && !Array.isArray(payload)) return payload;
  } catch {
    throw new TokenRefused('signature');
  }
  throw new TokenRefused('claims');
}

/** RFC 9068 4: the issuer must be ours, and we must be one of its audiences. */
function checkParties({ iss, aud }: Record<string, unknown>, { issuer, audience }: TokenRules): void {
  if (iss !== issuer) throw new TokenRefused('issuer');
  const audiences: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  if (!audiences.includes(audience)) throw new TokenRefused('audience');
}

function readClaims(payload: Record<string, unknown>, keyId: string, now: number): AccessTokenClaims {
  const { exp, iat, nbf, jti, sub, client_id: clientId, scope, officer_personal_id, unit, act } = payload;
  if (!isTime(exp) || !isTime(iat) || (nbf !== undefined && !isTime(nbf))) throw new TokenRefused('time');
  if (exp <= iat || exp - iat > lifetime.value) throw new TokenRefused('lifetime');
  const latest = now + clockSkew.value;
  if (iat > latest || (isTime(nbf) && nbf > latest)) throw new TokenRefused('not-yet-valid');
  if (!isName(jti) || !isName(sub) || !isName(clientId)) throw new TokenRefused('claims');
  if (scope !== undefined && typeof scope !== 'string') throw new TokenRefused('claims');
  const officerPersonalId = optional(officer_personal_id, /^\d{12}$/);
  const communeCode = optional(unit, /^\d{5}$/);
  // This check is the last one, so that only a token that was once good is told that it has expired.
  if (exp <= now) throw new TokenRefused('expired');
  return {
    clientId,
    subject: sub,
    scope: (scope ?? '').split(' ').filter((word) => word !== ''),
    officerPersonalId,
    unit: communeCode,
    actor: act === undefined ? null : readActor(act),
    tokenId: jti,
    keyId,
    expiresAt: exp,
  };
}

/** The actor of the claim, empty for one that is not understood: a chain of actors (RFC 8693 4.1) is none of a portal. */
function readActor(act: unknown): string {
  const members = typeof act === 'object' && act !== null ? Object.entries(act) : [];
  const [[name, sub] = []] = members;
  return members.length === 1 && name === 'sub' && isName(sub) ? sub : '';
}

/** A NumericDate of RFC 7519 2, which may have a fraction. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= Number.MAX_SAFE_INTEGER;
}

/** Names are written to the log and sent to registers, so they must be short and printable and have no spaces. */
function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[\x21-\x7e]{1,128}$/.test(value);
}

function optional(value: unknown, pattern: RegExp): string | null {
  if (value === undefined) return null;
  if (typeof value !== 'string' || !pattern.test(value)) throw new TokenRefused('claims');
  return value;
}

function decode(part: string): string {
  if (!/^[A-Za-z0-9_-]+$/.test(part)) throw new TokenRefused('malformed');
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
  throw new TokenRefused('malformed');
}
