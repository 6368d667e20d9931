import { timingSafeEqual } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { Limits } from '../../config/limits.ts';
import { buildKeyedHash } from '../../config/secrets/keyed-hash.ts';
import type { KeyRing } from '../../config/secrets/key-rings.ts';
import { fingerprintOf, firstConnection } from './shared-redis.ts';
import type { SharedState, SharedWithdrawals } from './shared-withdrawals.ts';
import { suspensionsOf, type Withdrawals } from './withdrawals.ts';

/** The Redis hash of all instances. It has a field for each entry and key of the ring, and never expires. */
const PLACE = 'ndg:agreements:withdrawn';
/** Bounds of exchanging withdrawals. */
export const SHARED_WITHDRAWAL_LIMITS = {
  firstConnection: {
    value: 500,
    unit: 'ms',
    why: 'The start waits for Redis, so that suspensions elsewhere are known before the first request.',
  },
} as const satisfies Limits;

/**
 * One entry as it was last learnt. Of two values the higher number counts, so that an older value that is put back is
 * not believed.
 */
interface SharedEntry {
  readonly number: number;
  readonly isLifted: boolean;
  /** `agreement ID@VERSION`. Empty for a suspension, since Redis holds only a keyed hash of it. */
  readonly agreement: string;
  /** The value that Redis holds or should hold. */
  readonly value: string;
}

/** Hash and fingerprint of one key of the ring. */
interface RingKey {
  readonly fingerprint: string;
  readonly hash: (message: string) => string;
}

/**
 * Exchanges the withdrawals of all instances' folders. Each value carries an HMAC under the cache's keys, so that write
 * access to Redis is not enough to invent or lift an entry. An entry that was once learnt stays in force here, and is
 * put back where it was deleted. It is lifted by the instance from whose folder it was taken out.
 */
export function buildRedisWithdrawals(options: {
  readonly redis: Redis;
  /** The first and all others write, so that instances on either side of a rotation understand each other. */
  readonly macKeys: KeyRing;
  readonly onForged?: () => void;
}): SharedWithdrawals {
  const { redis } = options;
  const ringKeys: readonly RingKey[] = options.macKeys.map(({ key }) => ({
    fingerprint: fingerprintOf(key),
    hash: buildKeyedHash(key),
  }));
  const learnt = new Map<string, SharedEntry>();
  let published: ReadonlySet<string> = new Set();

  const learn = (fields: Readonly<Record<string, string>>): void => {
    for (const [field, value] of Object.entries(fields)) {
      const known = learnt.get(field);
      const ringKey = ringKeys.find(({ fingerprint }) => field.startsWith(`${fingerprint}:`));
      if (!ringKey || known?.value === value) continue;
      const read = openEntry(ringKey, field, value);
      if (!read) options.onForged?.();
      // Where two values have the same number, the one that is in force counts.
      else if (!known || read.number > known.number || (read.number === known.number && known.isLifted)) {
        learnt.set(field, read);
      }
    }
  };

  /** Sets an entry in force, or lifts it. */
  const setEntry = (entry: string, isLifted: boolean): void => {
    const agreement = entry.startsWith('agreement ') ? entry : '';
    for (const ringKey of ringKeys) {
      const field = fieldOf(ringKey, entry);
      const known = learnt.get(field);
      if ((known?.isLifted ?? true) === isLifted) continue;
      const number = (known?.number ?? 0) + 1;
      learnt.set(field, sealEntry(ringKey, field, { number, isLifted, agreement }));
    }
  };

  return {
    async exchange(own: Withdrawals): Promise<SharedState> {
      await firstConnection(redis, SHARED_WITHDRAWAL_LIMITS.firstConnection.value);
      const present = await redis.hgetall(PLACE);
      learn(present);
      const entries = own.agreements.union(own.suspensions);
      for (const entry of entries) setEntry(entry, false);
      for (const entry of published.difference(entries)) setEntry(entry, true);
      const due = [...learnt].filter(([field, { value }]) => present[field] !== value);
      if (due.length > 0) {
        await redis.hset(PLACE, Object.fromEntries(due.map(([field, { value }]) => [field, value])));
      }
      published = entries;
      return stateOf(learnt, ringKeys);
    },
  };
}

function stateOf(learnt: ReadonlyMap<string, SharedEntry>, ringKeys: readonly RingKey[]): SharedState {
  const standing = [...learnt].filter(([, { isLifted }]) => !isLifted);
  const suspended = new Set(standing.filter(([, { agreement }]) => agreement === '').map(([field]) => field));
  return {
    agreements: new Set(standing.map(([, { agreement }]) => agreement).filter((entry) => entry !== '')),
    isSuspended: (caller) =>
      suspended.size > 0 &&
      suspensionsOf(caller).some((entry) =>
        ringKeys.some((ringKey) => suspended.has(fieldOf(ringKey, entry))),
      ),
  };
}

function fieldOf({ fingerprint, hash }: RingKey, entry: string): string {
  return `${fingerprint}:${hash(`withdrawn entry\n${entry}`)}`;
}

function sealEntry(ringKey: RingKey, field: string, entry: Omit<SharedEntry, 'value'>): SharedEntry {
  const content = JSON.stringify([entry.number, entry.isLifted ? 'lifted' : 'stands', entry.agreement]);
  return { ...entry, value: `${macOf(ringKey, field, content)}${content}` };
}

function openEntry(ringKey: RingKey, field: string, value: string): SharedEntry | null {
  const content = value.slice(64);
  const mac = Buffer.from(macOf(ringKey, field, content));
  const given = Buffer.from(value.slice(0, 64));
  if (given.length !== mac.length || !timingSafeEqual(given, mac)) return null;
  const [number, state, agreement] = JSON.parse(content) as readonly [number, string, string];
  return { number, isLifted: state === 'lifted', agreement, value };
}

/** The HMAC covers the field, so that the value of one entry cannot stand for another. */
function macOf({ hash }: RingKey, field: string, content: string): string {
  return hash(`withdrawn value\n${field}\n${content}`);
}
