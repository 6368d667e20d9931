import { KeyObject } from 'node:crypto';
import { createLocalJWKSet, type JWK } from 'jose';
import { z } from 'zod';
import type { Limits } from '../config/limits.ts';

/** A key of the identity provider, bound to one algorithm. */
export interface VerificationKey {
  readonly kid: string;
  readonly algorithm: 'RS256' | 'ES256';
  readonly key: KeyObject;
}

/** The provider's keys as they are known now. */
export interface KeySet {
  /** Undefined for a key id that the provider does not publish. Rejects with KeySetUnavailable. */
  keyFor(kid: string): Promise<VerificationKey | undefined>;
  close(): void;
}

/** Fetches the text of a JWK set (RFC 7517); rejects where there is none. */
export type FetchKeySet = () => Promise<string>;

const keySetShape = z.object({ keys: z.array(z.unknown()) });
const keyShape = z.looseObject({ kid: z.string().min(1), kty: z.enum(['RSA', 'EC']) });

/** The algorithm follows from the key's type, so that no token can choose it (RFC 8725 3.1). */
const ALGORITHMS = { RSA: 'RS256', EC: 'ES256' } as const;

/**
 * Keys that may sign access tokens: RSA of 2048 bits or more for RS256, P-256 for ES256; `alg`, `use` and `key_ops` must allow it
 * where present. A key id that stands twice is ambiguous and dropped; so is a private or symmetric key. Other entries are passed
 * over (RFC 7517 5): one odd entry must not cost the provider's good keys.
 */
export async function readKeySet(text: string): Promise<ReadonlyMap<string, VerificationKey> | undefined> {
  const entries = entriesOf(text);
  if (!entries) return undefined;
  const keys = new Map<string, VerificationKey>();
  const doubled = new Set<string>();
  for (const key of await Promise.all(entries.map(readKey))) {
    if (!key) continue;
    if (keys.has(key.kid)) doubled.add(key.kid);
    keys.set(key.kid, key);
  }
  for (const kid of doubled) keys.delete(kid);
  return keys.size > 0 ? keys : undefined;
}

function entriesOf(text: string): readonly unknown[] | undefined {
  try {
    // RFC 8259 8.1: a byte order mark before the text may be ignored.
    const keys = keySetShape.safeParse(JSON.parse(text.replace(/^\uFEFF/, ''))).data?.keys;
    return keys && keys.length > KEY_SET_LIMITS.keys.value ? undefined : keys;
  } catch {
    return undefined;
  }
}

/** jose checks type, curve, `alg`, `use`, `key_ops` and that the key is public; it does not look at an RSA key's length here. */
async function readKey(entry: unknown): Promise<VerificationKey | undefined> {
  const jwk = keyShape.safeParse(entry).data;
  if (!jwk) return undefined;
  const algorithm = ALGORITHMS[jwk.kty];
  try {
    const find = createLocalJWKSet({ keys: [jwk as JWK] });
    const key = KeyObject.from(await find({ alg: algorithm, kid: jwk.kid }));
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
    if (algorithm === 'RS256' && bits < KEY_SET_LIMITS.rsaBits.value) return undefined;
    return { kid: jwk.kid, algorithm, key };
  } catch {
    return undefined;
  }
}

/** Tells the operator of fetches that failed, long before the keys that are held become too old. */
export interface KeySetObserver {
  /** `hasKeys`: whether a set that is young enough is still held. */
  onFailure(hasKeys: boolean): void;
  /** Called where a fetch succeeds after one that failed. */
  onRecovery(): void;
}

/** Fetching and clock of a key set; times are KEY_SET_LIMITS by default. */
export interface KeySetOptions {
  readonly fetch: FetchKeySet;
  readonly observer?: KeySetObserver;
  /** Monotonic milliseconds. */
  readonly now?: () => number;
  /** The least time between two fetches, even where callers invent key ids. */
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
  waiting: {
    value: 200,
    unit: 'requests',
    why: 'With an unknown key id, that wait for a fetch; half of the places of requests that are not verified yet.',
  },
  keys: {
    value: 100,
    unit: 'keys',
    why: 'A provider publishes a handful; each is checked with cryptography before one is used.',
  },
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
  let waiting = 0;

  const fetchOnce = async (): Promise<void> => {
    try {
      const keys = await readKeySet(await options.fetch());
      if (!keys) throw new Error('no key set');
      held = { keys, at: now() };
      if (failures > 0) options.observer?.onRecovery();
      failures = 0;
    } catch {
      failures += 1;
      options.observer?.onFailure(held !== null && now() - held.at <= maxAgeMs);
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
      if (fetching || mayFetch()) {
        // While the key server hangs, invented key ids must not take the places of tokens whose key is held.
        if (held && waiting >= KEY_SET_LIMITS.waiting.value) return undefined;
        waiting += 1;
        await (fetching ?? refresh());
        waiting -= 1;
      }
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
