import type { Redis } from 'ioredis';
import type { Limits } from '../../config/limits.ts';
import { GatewayError } from '../../errors.ts';
import type { Agreement } from '../../policy/agreement/agreement.ts';
import { fingerprintOf } from '../shared/shared-redis.ts';

/** Redis, keys and clock of a quota; times are RECORD_QUOTA_LIMITS by default. */
export interface RecordQuotaOptions {
  /** Redis, over which all instances count together; null where each instance counts for itself. */
  readonly redis: Redis | null;
  readonly macKey: Buffer;
  readonly flushMs?: number;
  readonly now?: () => number;
}

const HOUR_MS = 3_600_000;

/** Bounds of counting records. */
export const RECORD_QUOTA_LIMITS = {
  flush: {
    value: 250,
    unit: 'ms',
    why: 'Instances may together pass a limit by what they charge between two flushes.',
  },
  kept: {
    value: 7_200_000,
    unit: 'ms',
    why: 'A count outlives its hour, for instances whose clocks differ.',
  },
} as const satisfies Limits;

interface Count {
  readonly hour: number;
  /** The count of all instances when Redis was last asked; it includes this instance's part. */
  shared: number;
  /** Records that were counted here and are not yet added in Redis. */
  own: number;
}

/**
 * Counts the records that an agreement's systems ask for in a clock hour. The count is in memory, so that charging
 * costs nothing. With Redis the instances add their counts in the background; together they may pass the limit by the
 * records that they charge between two flushes. While Redis is away each instance continues from the count that it
 * knows.
 */
export class RecordQuota {
  readonly #redis: Redis | null;
  readonly #prefix: string;
  readonly #now: () => number;
  readonly #counts = new Map<string, Count>();
  readonly #timer: NodeJS.Timeout | undefined;
  #flushing: Promise<void> | null = null;

  constructor({
    redis,
    macKey,
    flushMs = RECORD_QUOTA_LIMITS.flush.value,
    now = Date.now,
  }: RecordQuotaOptions) {
    this.#redis = redis;
    this.#prefix = `ndg:quota:${fingerprintOf(macKey)}:`;
    this.#now = now;
    if (redis) {
      this.#timer = setInterval(() => void this.flush(), flushMs);
      this.#timer.unref();
    }
  }

  /**
   * Charges records before they are read. Throws QUOTA_EXCEEDED with the seconds until the next hour, and then charges
   * none.
   */
  charge({ id, recordsPerHour }: Pick<Agreement, 'id' | 'recordsPerHour'>, records: number): void {
    const now = this.#now();
    const count = this.#countOf(id, now);
    if (recordsPerHour !== null && count.shared + count.own + records > recordsPerHour) {
      const endsInMs = (count.hour + 1) * HOUR_MS - now;
      throw new GatewayError('QUOTA_EXCEEDED', { retryAfterSeconds: Math.ceil(endsInMs / 1_000) });
    }
    count.own += records;
  }

  /** Counts records that joins have read already; they count against the limit of the next request. */
  count({ id }: Pick<Agreement, 'id'>, records: number): void {
    this.#countOf(id, this.#now()).own += records;
  }

  #countOf(id: string, now: number): Count {
    const hour = Math.floor(now / HOUR_MS);
    let count = this.#counts.get(id);
    // A clock that is set back must not open a new hour with a new count.
    if (!count || count.hour < hour) {
      count = { hour, shared: 0, own: 0 };
      this.#counts.set(id, count);
    }
    return count;
  }

  /** Adds this instance's counts to those in Redis. Never rejects. */
  flush(): Promise<void> {
    this.#flushing ??= this.#exchange().finally(() => (this.#flushing = null));
    return this.#flushing;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#redis) await this.flush();
  }

  async #exchange(): Promise<void> {
    const redis = this.#redis;
    const pending = [...this.#counts].filter(([, { own }]) => own > 0);
    if (redis?.status !== 'ready' || pending.length === 0) return;
    const pipeline = redis.pipeline();
    const sent = pending.map(([id, count]) => {
      const key = `${this.#prefix}${id}:${count.hour}`;
      pipeline.incrby(key, count.own).pexpire(key, RECORD_QUOTA_LIMITS.kept.value);
      return { count, own: count.own };
    });
    try {
      const results = (await pipeline.exec()) ?? [];
      for (const [index, { count, own }] of sent.entries()) {
        const [error, total] = results[index * 2] ?? [];
        if (error !== null || typeof total !== 'number') continue;
        count.shared = total;
        count.own -= own;
      }
    } catch {
      // The counts are still here, and are added at the next flush.
    }
  }
}
