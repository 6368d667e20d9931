import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { Limits } from '../config/limits.ts';

/** A key of the identity provider, bound to one algorithm. */
export interface VerificationKey {
  readonly kid: string;
  readonly algorithm: 'RS256' | 'ES256';
  readonly key: KeyObject;
}

export interface KeySet {
  /** Undefined for a key id that the provider does not publish. Rejects with KEY_SET_UNAVAILABLE. */
  keyFor(kid: string): Promise<VerificationKey | undefined>;
  close(): void;
}

/** Fetches the text of a JWK set (RFC 7517); rejects where there is none. */
export type FetchKeySet = () => Promise<string>;

const jwks = z.object({ keys: z.array(z.unknown()) });
const jwkHead = z.looseObject({ kid: z.string().min(1), kty: z.string() });

/**
 * Keys that may sign access tokens: RSA of 2048 bits or more for RS256, P-256 for ES256; `alg` and `use` must say so
 * where present. A key id that stands twice is ambiguous and dropped; so is a private or symmetric key. What is no such
 * key is passed over (RFC 7517 5): one odd entry must not cost the provider's good keys.
 */
export function readKeySet(text: string): ReadonlyMap<string, VerificationKey> | undefined {
  let parsed;
  try {
    parsed = jwks.safeParse(JSON.parse(text));
  } catch {
    return undefined;
  }
  if (!parsed.success) return undefined;
  const keys = new Map<string, VerificationKey>();
  const doubled = new Set<string>();
  for (const jwk of parsed.data.keys) {
    const key = readKey(jwk);
    if (!key) continue;
    if (keys.has(key.kid)) doubled.add(key.kid);
    keys.set(key.kid, key);
  }
  for (const kid of doubled) keys.delete(kid);
  return keys.size > 0 ? keys : undefined;
}

function readKey(entry: unknown): VerificationKey | undefined {
  const head = jwkHead.safeParse(entry);
  if (!head.success) return undefined;
  const jwk = head.data;
  const algorithm = jwk.kty === 'RSA' ? 'RS256' : jwk.kty === 'EC' ? 'ES256' : undefined;
  if (!algorithm) return undefined;
  if (jwk['alg'] !== undefined && jwk['alg'] !== algorithm) return undefined;
  // Keys marked for encryption must not verify (RFC 7517 4.2, 4.3).
  if (jwk['use'] !== undefined && jwk['use'] !== 'sig') return undefined;
  const operations = jwk['key_ops'];
  if (operations !== undefined && !(Array.isArray(operations) && operations.includes('verify')))
    return undefined;
  if (jwk['d'] !== undefined) return undefined;
  try {
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const details = key.asymmetricKeyDetails;
    if (algorithm === 'RS256' && (details?.modulusLength ?? 0) < KEY_SET_LIMITS.rsaBits.value)
      return undefined;
    if (algorithm === 'ES256' && details?.namedCurve !== 'prime256v1') return undefined;
    return { kid: jwk.kid, algorithm, key };
  } catch {
    return undefined;
  }
}

export interface KeySetOptions {
  readonly fetch: FetchKeySet;
  /** Monotonic milliseconds. */
  readonly now?: () => number;
  /** At most one fetch in so long, whatever key ids callers invent. */
  readonly minIntervalMs?: number;
  /** A set older than this is fetched anew in the background. */
  readonly refreshAfterMs?: number;
  /** A set older than this is no longer believed: a withdrawn key must end. */
  readonly maxAgeMs?: number;
}

/** Bounds of keeping the key set. */
export const KEY_SET_LIMITS = {
  interval: {
    value: 10_000,
    unit: 'ms',
    why: 'Invented key ids cannot make the gateway flood the key server.',
  },
  firstRetry: {
    value: 250,
    unit: 'ms',
    why: 'Without any key set nobody gets in; it doubles with each failure.',
  },
  refreshAge: {
    value: 300_000,
    unit: 'ms',
    why: 'New keys are learnt in the background before they are used.',
  },
  age: { value: 3_600_000, unit: 'ms', why: 'A key that the issuer withdrew must end.' },
  rsaBits: { value: 2_048, unit: 'bits', why: 'RFC 7518 3.3 requires it of keys for RS256.' },
} as const satisfies Limits;

/** Remembers the key set; an unknown key id asks again, but cannot make us flood the key server. */
export function buildKeySet(options: KeySetOptions): KeySet {
  const now = options.now ?? (() => performance.now());
  const minIntervalMs = options.minIntervalMs ?? KEY_SET_LIMITS.interval.value;
  const refreshAfterMs = options.refreshAfterMs ?? KEY_SET_LIMITS.refreshAge.value;
  const maxAgeMs = options.maxAgeMs ?? KEY_SET_LIMITS.age.value;
  let held: { readonly keys: ReadonlyMap<string, VerificationKey>; readonly at: number } | null = null;
  let triedAt = Number.NEGATIVE_INFINITY;
  let failures = 0;
  let fetching: Promise<void> | null = null;

  const fetchOnce = async (): Promise<void> => {
    try {
      const keys = readKeySet(await options.fetch());
      if (!keys) throw new Error('no key set');
      held = { keys, at: now() };
      failures = 0;
    } catch {
      failures += 1;
    }
  };
  const refresh = (): Promise<void> => {
    triedAt = now();
    fetching ??= fetchOnce().finally(() => {
      fetching = null;
    });
    return fetching;
  };
  /** Without any key set nobody gets in, so that first fetch is retried sooner. */
  const mayFetch = (): boolean =>
    now() - triedAt >=
    (held ? minIntervalMs : Math.min(minIntervalMs, KEY_SET_LIMITS.firstRetry.value * 2 ** failures));

  return {
    async keyFor(kid) {
      if (held && now() - held.at > maxAgeMs) held = null;
      const known = held?.keys.get(kid);
      if (known) {
        if (held && now() - held.at > refreshAfterMs && !fetching && mayFetch()) void refresh();
        return known;
      }
      if (fetching) await fetching;
      else if (mayFetch()) await refresh();
      if (!held) throw new KeySetUnavailable();
      return held.keys.get(kid);
    },
    close() {
      fetching = null;
    },
  };
}

/** No valid key set is held, and none could be fetched. */
export class KeySetUnavailable extends Error {}
