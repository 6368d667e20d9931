import { timingSafeEqual } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Limits } from '../../config/limits.ts';
import { buildKeyedHash } from '../../config/keyed-hash.ts';
import type { KeyRing } from '../../config/key-rings.ts';
import { fingerprintOf, firstConnection } from './shared-redis.ts';
import type { SharedState, SharedWithdrawals } from './shared-withdrawals.ts';
import { suspensionsOf, type Withdrawals } from './withdrawals.ts';

/** One hash for all instances: a field an entry and key, which never expires. */
const PLACE = 'ndg:agreements:withdrawn';
/** Bounds of exchanging withdrawals. */
export const SHARED_WITHDRAWAL_LIMITS = {
  firstConnection: {
    value: 500,
    unit: 'ms',
    why: 'The start waits for Redis, so that suspensions elsewhere are known before the first request.',
  },
} as const satisfies Limits;

/** Entries are numbered: the higher number counts, and an older value put back is not believed. */
interface Told {
  readonly number: number;
  readonly isLifted: boolean;
  /** `agreement ID@VERSION`; empty for a suspension, of which Redis holds a keyed hash only. */
  readonly agreement: string;
  /** As it stands in Redis, or should. */
  readonly value: string;
}

/** An entry as one key of the ring writes it. */
interface Scribe {
  readonly fingerprint: string;
  readonly hash: (message: string) => string;
}

/**
 * Instances tell each other what their folders withdraw. Each value carries an HMAC of the cache's keys, so that whoever can
 * write to Redis can neither invent nor lift an entry; what was once learnt stays in force here, and is put back where it was
 * deleted. An entry is lifted by the instance in whose folder it stood and no longer stands.
 */
export function buildRedisWithdrawals(options: {
  readonly redis: Redis;
  /** The first and all others write, so that instances on either side of a rotation understand each other. */
  readonly macKeys: KeyRing;
  readonly onForged?: () => void;
}): SharedWithdrawals {
  const { redis } = options;
  const scribes: readonly Scribe[] = options.macKeys.map(({ key }) => ({
    fingerprint: fingerprintOf(key),
    hash: buildKeyedHash(key),
  }));
  const told = new Map<string, Told>();
  let published: ReadonlySet<string> = new Set();

  const learn = (fields: Readonly<Record<string, string>>): void => {
    for (const [field, value] of Object.entries(fields)) {
      const known = told.get(field);
      const scribe = scribes.find(({ fingerprint }) => field.startsWith(`${fingerprint}:`));
      if (!scribe || known?.value === value) continue;
      const read = openEntry(scribe, field, value);
      if (!read) options.onForged?.();
      // Of two with one number the stricter counts.
      else if (!known || read.number > known.number || (read.number === known.number && known.isLifted)) {
        told.set(field, read);
      }
    }
  };

  /** Has an entry stand, or lifts it. */
  const settle = (entry: string, isLifted: boolean): void => {
    const agreement = entry.startsWith('agreement ') ? entry : '';
    for (const scribe of scribes) {
      const field = fieldOf(scribe, entry);
      const known = told.get(field);
      if ((known?.isLifted ?? true) === isLifted) continue;
      const number = (known?.number ?? 0) + 1;
      told.set(field, sealEntry(scribe, field, { number, isLifted, agreement }));
    }
  };

  return {
    async exchange(own: Withdrawals): Promise<SharedState> {
      await firstConnection(redis, SHARED_WITHDRAWAL_LIMITS.firstConnection.value);
      const present = await redis.hgetall(PLACE);
      learn(present);
      const entries = own.agreements.union(own.suspensions);
      for (const entry of entries) settle(entry, false);
      for (const entry of published.difference(entries)) settle(entry, true);
      const due = [...told].filter(([field, { value }]) => present[field] !== value);
      if (due.length > 0) {
        await redis.hset(PLACE, Object.fromEntries(due.map(([field, { value }]) => [field, value])));
      }
      published = entries;
      return stateOf(told, scribes);
    },
  };
}

function stateOf(told: ReadonlyMap<string, Told>, scribes: readonly Scribe[]): SharedState {
  const standing = [...told].filter(([, { isLifted }]) => !isLifted);
  const suspended = new Set(standing.filter(([, { agreement }]) => agreement === '').map(([field]) => field));
  return {
    agreements: new Set(standing.map(([, { agreement }]) => agreement).filter((entry) => entry !== '')),
    isSuspended: (caller) =>
      suspended.size > 0 &&
      suspensionsOf(caller).some((entry) => scribes.some((scribe) => suspended.has(fieldOf(scribe, entry)))),
  };
}

function fieldOf({ fingerprint, hash }: Scribe, entry: string): string {
  return `${fingerprint}:${hash(`withdrawn entry\n${entry}`)}`;
}

function sealEntry(scribe: Scribe, field: string, entry: Omit<Told, 'value'>): Told {
  const content = JSON.stringify([entry.number, entry.isLifted ? 'lifted' : 'stands', entry.agreement]);
  return { ...entry, value: `${macOf(scribe, field, content)}${content}` };
}

function openEntry(scribe: Scribe, field: string, value: string): Told | null {
  const content = value.slice(64);
  const mac = Buffer.from(macOf(scribe, field, content));
  const given = Buffer.from(value.slice(0, 64));
  if (given.length !== mac.length || !timingSafeEqual(given, mac)) return null;
  const [number, state, agreement] = JSON.parse(content) as readonly [number, string, string];
  return { number, isLifted: state === 'lifted', agreement, value };
}

/** Bound to its field, so that an entry cannot stand for another one. */
function macOf({ hash }: Scribe, field: string, content: string): string {
  return hash(`withdrawn value\n${field}\n${content}`);
}
