import type { Redis } from 'ioredis';
import type { Limits } from '../../config/limits.ts';
import { GatewayError } from '../../errors.ts';
import type { Agreement } from '../../policy/agreement/agreement.ts';
import { fingerprintOf } from '../shared/shared-redis.ts';

export interface RecordQuotaOptions {
  /** Null: each instance counts for itself. */
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
  /** What all instances had counted when last asked, this one's part included. */
  shared: number;
  /** Counted here and not yet added there. */
  own: number;
}

/**
 * Records an agreement's systems may ask for in a clock hour. Counted in memory, so that charging costs nothing; with Redis
 * the instances add up in the background, and may together pass the limit by what they charge between two flushes. While
 * Redis is away each goes on from what it knows.
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

  /** Throws QUOTA_EXCEEDED with the seconds until the next hour; nothing is charged then. */
  charge({ id, recordsPerHour }: Pick<Agreement, 'id' | 'recordsPerHour'>, records: number): void {
    const now = this.#now();
    const count = this.#countOf(id, now);
    if (recordsPerHour !== null && count.shared + count.own + records > recordsPerHour) {
      const endsInMs = (count.hour + 1) * HOUR_MS - now;
      throw new GatewayError('QUOTA_EXCEEDED', { retryAfterSeconds: Math.ceil(endsInMs / 1_000) });
    }
    count.own += records;
  }

  /** Counts what has been read already, as joins do: the limit is looked at with the next request. */
  count({ id }: Pick<Agreement, 'id'>, records: number): void {
    this.#countOf(id, this.#now()).own += records;
  }

  #countOf(id: string, now: number): Count {
    const hour = Math.floor(now / HOUR_MS);
    let count = this.#counts.get(id);
    // A clock that is set back opens no fresh hour.
    if (!count || count.hour < hour) {
      count = { hour, shared: 0, own: 0 };
      this.#counts.set(id, count);
    }
    return count;
  }

  /** Adds what was counted here to what all counted. Never rejects. */
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
      // Counted here still, and added at the next flush.
    }
  }
}
