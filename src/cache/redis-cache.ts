import { Redis } from 'ioredis';
import type { ChainableCommander } from 'ioredis';
import type { Limits } from '../config/limits.ts';
import { isFromReplica } from '../config/redis-replica.ts';
import { buildKeyedHash } from '../config/secrets/keyed-hash.ts';
import type { CachedRecord, CacheEntry, CacheKey, CacheObserver, RecordCache } from './record-cache.ts';
import { OpenedRecords } from './opened-records.ts';
import { buildSealer } from './sealed-value.ts';
import type { SealKey } from './sealed-value.ts';
import { parseRecord, serialiseRecord } from './stored-record.ts';

/** Address, keys and bounds of a cache in Redis; bounds are REDIS_CACHE_LIMITS by default. */
export interface RedisCacheOptions {
  /** `redis:` or `rediss:`. */
  readonly url: string;
  /** The prefix of every key, so that several gateways can share one Redis. */
  readonly keyPrefix: string;
  /** Hashes personal ids into keys, so that a dump of Redis does not reveal them. */
  readonly macKey: Buffer;
  /**
   * The first key seals, and all keys open. A key seals at most 2^32 values (random nonces, SP 800-38D 8.3): rotate it
   * yearly.
   */
  readonly sealKeys: readonly SealKey[];
  readonly observer: CacheObserver;
  /** The longest time that `getMany` waits. */
  readonly budgetMs?: number;
  /** The time after a failure in which Redis is not asked. */
  readonly pauseMs?: number;
}

/** Bounds of the cache in Redis. */
export const REDIS_CACHE_LIMITS = {
  budget: { value: 20, unit: 'ms', why: 'A read waits no longer for Redis; then it is a miss.' },
  pause: {
    value: 1_000,
    unit: 'ms',
    why: 'After a failure Redis is not asked, so that it costs the budget only once.',
  },
  entriesInFlight: {
    value: 5_000,
    unit: 'entries',
    why: 'Writes that Redis does not take cannot fill the memory.',
  },
  silentServer: {
    value: 2_000,
    unit: 'ms',
    why: 'A server that never answers is dropped with its pending commands.',
  },
  reconnectDelay: { value: 2_000, unit: 'ms', why: 'A Redis that is back is found soon.' },
} as const satisfies Limits;

/**
 * Builds a cache in Redis, which reconnects in the background. A Redis that is down, slow, full or faulty costs misses
 * and the budget, never an error.
 */
export function buildRedisCache(options: RedisCacheOptions): RecordCache {
  const redis = new Redis(options.url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: REDIS_CACHE_LIMITS.silentServer.value,
    socketTimeout: REDIS_CACHE_LIMITS.silentServer.value,
    retryStrategy: (attempt) => Math.min(attempt * 100, REDIS_CACHE_LIMITS.reconnectDelay.value),
    reconnectOnError: isFromReplica,
  });
  // Without a listener ioredis prints each error, address included. A failed command is counted where it is made.
  redis.on('error', ignore);
  return new RedisCache(redis, options);
}

class RedisCache implements RecordCache {
  readonly #redis: Redis;
  readonly #observer: CacheObserver;
  readonly #keyPrefix: string;
  readonly #hash: ReturnType<typeof buildKeyedHash>;
  readonly #opened = new OpenedRecords();
  readonly #sealer: ReturnType<typeof buildSealer>;
  readonly #budgetMs: number;
  readonly #pauseMs: number;
  #readPausedUntil = 0;
  #writePausedUntil = 0;
  #entriesInFlight = 0;

  constructor(redis: Redis, options: RedisCacheOptions) {
    this.#redis = redis;
    this.#observer = options.observer;
    this.#keyPrefix = options.keyPrefix;
    this.#hash = buildKeyedHash(options.macKey);
    this.#sealer = buildSealer(options.sealKeys);
    this.#budgetMs = options.budgetMs ?? REDIS_CACHE_LIMITS.budget.value;
    this.#pauseMs = options.pauseMs ?? REDIS_CACHE_LIMITS.pause.value;
  }

  async getMany(keys: readonly CacheKey[]): Promise<readonly (CachedRecord | undefined)[]> {
    if (keys.length === 0) return [];
    const places = keys.map((key) => this.#placeOf(key));
    const values = await this.#fetch(places);
    const now = Date.now();
    const records = keys.map((key, index) => {
      const value = values?.[index];
      const place = places[index];
      return value instanceof Buffer && place !== undefined
        ? this.#open(value, place, key.kind, now)
        : undefined;
    });
    const hits = records.filter((record) => record !== undefined).length;
    if (hits > 0) this.#observer.onHits(hits);
    if (hits < keys.length) this.#observer.onMisses(keys.length - hits);
    return records;
  }

  setMany(entries: readonly CacheEntry[]): void {
    if (entries.length === 0 || performance.now() < this.#writePausedUntil) return;
    if (
      this.#redis.status !== 'ready' ||
      this.#entriesInFlight + entries.length > REDIS_CACHE_LIMITS.entriesInFlight.value
    ) {
      this.#observer.onFailure('set');
      return;
    }
    void this.#store(entries);
  }

  /** Writes the entries. Never rejects. */
  async #store(entries: readonly CacheEntry[]): Promise<void> {
    this.#entriesInFlight += entries.length;
    try {
      const results = await this.#pipelineOf(entries).exec();
      if (results?.every(([error]) => error === null)) return;
    } catch {
      // The failure is counted below, as a refused SET is.
    } finally {
      this.#entriesInFlight -= entries.length;
    }
    this.#writePausedUntil = performance.now() + this.#pauseMs;
    this.#observer.onFailure('set');
  }

  #pipelineOf(entries: readonly CacheEntry[]): ChainableCommander {
    const now = Date.now();
    const pipeline = this.#redis.pipeline();
    for (const { kind, key, record, ttlMs } of entries) {
      const life = Math.floor(ttlMs);
      if (life <= 0) continue;
      const place = this.#placeOf({ kind, key });
      const sealed = this.#sealer.seal(serialiseRecord(record), { place, kind, expiresAt: now + life });
      pipeline.set(place, sealed, 'PX', life);
    }
    return pipeline;
  }

  close(): Promise<void> {
    this.#opened.clear();
    this.#redis.disconnect();
    return Promise.resolve();
  }

  #placeOf({ kind, key }: CacheKey): string {
    return this.#keyPrefix + this.#hash(`${kind}\n${key}`);
  }

  async #fetch(places: readonly string[]): Promise<readonly unknown[] | undefined> {
    if (performance.now() < this.#readPausedUntil) return undefined;
    if (this.#redis.status !== 'ready') {
      this.#observer.onFailure('get');
      return undefined;
    }
    const values = await withinBudget(this.#redis.mgetBuffer(...places), this.#budgetMs);
    if (Array.isArray(values) && values.length === places.length) return values;
    this.#readPausedUntil = performance.now() + this.#pauseMs;
    this.#observer.onFailure('get');
    return undefined;
  }

  #open(value: Buffer, place: string, kind: string, now: number): CachedRecord | undefined {
    const known = this.#opened.find(place, value, now);
    if (known) return known;
    const opened = this.#sealer.open(value, place, kind, now);
    if ('alarm' in opened) {
      this.#observer.onAlarm(opened.alarm);
      return undefined;
    }
    const record = parseRecord(opened.plain);
    if (record === undefined) this.#observer.onAlarm('other-version');
    else this.#opened.keep(place, value, record, opened.expiresAt);
    return record;
  }
}

/** Waits for the reply; undefined where it fails or is late. A late reply is dropped. */
async function withinBudget<T>(answer: Promise<T>, budgetMs: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const giveUp = new Promise<undefined>((resolve) => {
    // After a pause of this process the reply may already be in the socket: it is read once before giving up.
    timer = setTimeout(() => setImmediate(resolve, undefined), budgetMs);
  });
  try {
    return await Promise.race([answer, giveUp]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

function ignore(): void {}
