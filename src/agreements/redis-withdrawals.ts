import { timingSafeEqual } from 'node:crypto';
import type { Redis } from 'ioredis';
import { buildKeyedHash } from '../config/keyed-hash.ts';
import type { KeyRing } from '../config/secrets.ts';
import { fingerprintOf, firstConnection } from './shared-redis.ts';
import type { SharedState, SharedWithdrawals } from './shared-withdrawals.ts';
import { suspensionsOf, type Withdrawals } from './withdrawals.ts';

/** One hash for all instances: a field an entry and key, which never expires. */
const PLACE = 'ndg:agreements:withdrawn';
const FIRST_CONNECTION_MS = 500;

/** Entries are numbered: the higher number counts, and an older value put back is not believed. */
interface Told {
  readonly number: number;
  readonly isLifted: boolean;
  /** `agreement ID@VERSION`; empty for a suspension, of which Redis holds a keyed hash only. */
  readonly agreement: string;
}

/** An entry as one key of the ring writes it. */
interface Scribe {
  readonly fingerprint: string;
  readonly hash: (message: string) => string;
}

/**
 * Instances tell each other what their folders withdraw. Each value carries an HMAC of the cache's keys, so that whoever can
 * write to Redis can neither invent nor lift an entry; what was once learnt stays in force here, also when it is deleted there.
 * An entry is lifted by the instance in whose folder it stood and no longer stands.
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
      const scribe = scribes.find(({ fingerprint }) => field.startsWith(`${fingerprint}:`));
      if (!scribe) continue;
      const read = openEntry(scribe, field, value);
      if (!read) {
        options.onForged?.();
        continue;
      }
      const known = told.get(field);
      // Of two with one number the stricter counts.
      if (!known || read.number > known.number || (read.number === known.number && !read.isLifted)) {
        told.set(field, read);
      }
    }
  };

  /** Fields that must be written so that an entry stands, or is lifted. */
  const changesFor = (entry: string, isLifted: boolean): readonly (readonly [string, string, Told])[] =>
    scribes.flatMap((scribe) => {
      const field = fieldOf(scribe, entry);
      const known = told.get(field);
      const stands = known !== undefined && !known.isLifted;
      if (stands !== isLifted) return [];
      const next: Told = {
        number: (known?.number ?? 0) + 1,
        isLifted,
        agreement: entry.startsWith('agreement ') ? entry : '',
      };
      return [[field, sealEntry(scribe, field, next), next] as const];
    });

  return {
    async exchange(own: Withdrawals): Promise<SharedState> {
      await firstConnection(redis, FIRST_CONNECTION_MS);
      learn(await redis.hgetall(PLACE));
      const entries = own.agreements.union(own.suspensions);
      const changes = [
        ...[...entries].flatMap((entry) => changesFor(entry, false)),
        ...[...published.difference(entries)].flatMap((entry) => changesFor(entry, true)),
      ];
      if (changes.length > 0) {
        await redis.hset(PLACE, Object.fromEntries(changes.map(([field, value]) => [field, value])));
        for (const [field, , next] of changes) told.set(field, next);
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

function sealEntry(scribe: Scribe, field: string, { number, isLifted, agreement }: Told): string {
  const content = JSON.stringify([number, isLifted ? 'lifted' : 'stands', agreement]);
  return `${macOf(scribe, field, content)}${content}`;
}

function openEntry(scribe: Scribe, field: string, value: string): Told | null {
  const mac = macOf(scribe, field, value.slice(64));
  const given = Buffer.from(value.slice(0, 64).padEnd(64));
  if (given.length !== mac.length || !timingSafeEqual(given, Buffer.from(mac))) return null;
  const [number, state, agreement] = JSON.parse(value.slice(64)) as readonly [number, string, string];
  return { number, isLifted: state === 'lifted', agreement };
}

/** Bound to its field, so that an entry cannot stand for another one. */
function macOf({ hash }: Scribe, field: string, content: string): string {
  return hash(`withdrawn value\n${field}\n${content}`);
}
