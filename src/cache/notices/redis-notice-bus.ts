import { Redis } from 'ioredis';
import { hash, randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Limits } from '../../config/limits.ts';
import { isFromReplica } from '../../config/redis-replica.ts';
import type { Evictions } from './evictions.ts';
import type { NoticeBook } from './notice-book.ts';
import type { NoticeBus, NoticeOutcome } from './notice-bus.ts';
import { openEviction, sealEviction, type NoticeSeal } from './sealed-eviction.ts';

export const NOTICE_BUS_LIMITS = {
  heartbeat: {
    value: 500,
    unit: 'ms',
    why: 'An instance whose last word from the bus is older reads registers live: it may have missed a notice.',
  },
  interval: {
    value: 50,
    unit: 'ms',
    why: 'So often an instance asks for notices: it hears of each in time.',
  },
  silentServer: {
    value: 400,
    unit: 'ms',
    why: 'A Redis that does not answer is dropped within the heartbeat.',
  },
  reconnectDelay: { value: 500, unit: 'ms', why: 'A Redis that is back is found soon.' },
  kept: {
    value: 200_000,
    unit: 'notices',
    why: 'An instance that starts reads them all; with more in a record’s life it trusts no record of before.',
  },
  page: { value: 1_000, unit: 'notices', why: 'So many are read at once.' },
  repeats: {
    value: 86_400_000,
    unit: 'ms',
    why: 'A notice that is repeated within a day has no further effect.',
  },
} as const satisfies Limits;

const STREAM = 'ndg:notices:stream';
/** A hash: `era`, a random name; `position`, the number of notices; `last <register>`, the register's own highest number. */
const STATE = 'ndg:notices:state';

/** Numbers a notice and appends it, all in one step, so that instances see one order. */
const TAKE = `
  if redis.call('EXISTS', KEYS[3]) == 1 then return 'repeated' end
  local last = math.max(tonumber(redis.call('HGET', KEYS[2], 'last ' .. ARGV[1]) or '0'), tonumber(ARGV[3]))
  local seq = tonumber(ARGV[2])
  if seq > last + 1 then return last + 1 end
  redis.call('HSET', KEYS[2], 'last ' .. ARGV[1], math.max(last, seq))
  redis.call('SET', KEYS[3], '1', 'PX', ARGV[5])
  local position = redis.call('HINCRBY', KEYS[2], 'position', 1)
  redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[6], '*', 'position', position, 'eviction', ARGV[4])
  return 'new'`;

/**
 * Gives the era and the notices behind an id. It always writes: a replica that was the primary before a failover refuses that. A
 * state or a stream that somebody has deleted begins another era.
 */
const HEAR = `
  local era = redis.call('HGET', KEYS[2], 'era')
  local isLost = redis.call('EXISTS', KEYS[1]) == 0 and redis.call('HEXISTS', KEYS[2], 'position') == 1
  if not era or isLost then
    era = ARGV[3]
    redis.call('HDEL', KEYS[2], 'position')
  end
  redis.call('HSET', KEYS[2], 'era', era)
  return { era, redis.call('XRANGE', KEYS[1], ARGV[1], '+', 'COUNT', ARGV[2]) }`;

type StreamPage = readonly (readonly [id: Buffer, fields: readonly Buffer[]])[];

/** Parts and clock of the bus. */
export interface RedisNoticeBusOptions {
  readonly url: string;
  readonly book: NoticeBook;
  readonly evictions: Evictions;
  /** Notices are sealed in Redis: it learns no personal id, and write access to it cannot invent one. */
  readonly seal: NoticeSeal;
  /** Whether this instance hears of notices has changed. */
  readonly onCurrent?: (isCurrent: boolean) => void;
  /** A notice in Redis did not open. */
  readonly onForged?: () => void;
}

/**
 * The bus of several instances: a stream in Redis, which every instance reads in order. Each history of a Redis is an era, named
 * by its process and replication id: after a failover or a loss of memory, notices may be missing in the new history, and so every
 * record that was marked in the old one is invalid.
 */
export function buildRedisNoticeBus(options: RedisNoticeBusOptions): NoticeBus {
  return new RedisNoticeBus(options);
}

class RedisNoticeBus implements NoticeBus {
  readonly #options: RedisNoticeBusOptions;
  readonly #redis: Redis;
  readonly #listening: Promise<void>;
  #lastId = '-';
  #server = '';
  #connection = 0;
  #heardConnection = -1;
  #heardAt = -Infinity;
  #toldCurrent = false;
  #isClosed = false;

  constructor(options: RedisNoticeBusOptions) {
    this.#options = options;
    this.#redis = new Redis(options.url, {
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      connectTimeout: NOTICE_BUS_LIMITS.silentServer.value,
      socketTimeout: NOTICE_BUS_LIMITS.silentServer.value,
      commandTimeout: NOTICE_BUS_LIMITS.silentServer.value,
      retryStrategy: (attempt) => Math.min(attempt * 50, NOTICE_BUS_LIMITS.reconnectDelay.value),
      reconnectOnError: isFromReplica,
    });
    // Without a listener ioredis prints each error, address included.
    this.#redis.on('error', () => undefined);
    this.#redis.on('ready', () => (this.#connection += 1));
    this.#redis.on('close', () => this.#lose());
    this.#listening = this.#listen();
  }

  isCurrent(): boolean {
    return performance.now() - this.#heardAt <= NOTICE_BUS_LIMITS.heartbeat.value;
  }

  async take(notice: Parameters<NoticeBus['take']>[0]): Promise<NoticeOutcome> {
    const { book, seal } = this.#options;
    const outcome: unknown = await this.#redis.eval(
      TAKE,
      3,
      STREAM,
      STATE,
      `ndg:notices:jti:${hash('sha256', `${notice.register}\n${notice.jti}`)}`,
      notice.register,
      notice.seq,
      book.last(notice.register),
      sealEviction(seal, notice),
      NOTICE_BUS_LIMITS.repeats.value,
      NOTICE_BUS_LIMITS.kept.value,
    );
    if (typeof outcome === 'number') return { missing: outcome };
    book.add(notice);
    // Heard here before it is acknowledged, so that the register's next question finds it in force.
    await this.#hear();
    return outcome === 'repeated' ? 'repeated' : 'new';
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#redis.disconnect();
    await this.#listening;
    this.#options.book.close();
  }

  async #listen(): Promise<void> {
    while (!this.#isClosed) {
      await this.#hear().catch(() => this.#lose());
      this.#tell();
      await pause(NOTICE_BUS_LIMITS.interval.value, undefined, { ref: false });
    }
  }

  /** Applies what the stream holds. Only then does this instance know of all that was there when it began to ask. */
  async #hear(): Promise<void> {
    const connection = this.#connection;
    if (this.#heardConnection !== connection) this.#server = await this.#nameServer();
    for (;;) {
      const askedAt = performance.now();
      const from = this.#lastId === '-' ? '-' : `(${this.#lastId}`;
      const [era, page] = (await this.#redis.callBuffer(
        'EVAL',
        HEAR,
        2,
        STREAM,
        STATE,
        from,
        NOTICE_BUS_LIMITS.page.value,
        randomUUID(),
      )) as readonly [Buffer, StreamPage];
      if (connection !== this.#connection) throw new Error('another connection');
      if (this.#beginsEra(`${this.#server}.${era.toString('latin1')}`)) continue;
      this.#apply(page);
      if (page.length < NOTICE_BUS_LIMITS.page.value) {
        this.#heardConnection = connection;
        this.#heardAt = Math.max(this.#heardAt, askedAt);
        return;
      }
    }
  }

  /** The process and the history of the Redis at the other end: a failover changes one of them. */
  async #nameServer(): Promise<string> {
    const info = await this.#redis.info();
    const part = (name: string): string => new RegExp(`^${name}:(\\S+)`, 'm').exec(info)?.[1] ?? '';
    return `${part('run_id')}.${part('master_replid')}`;
  }

  /** Gives true where another era begins, whose notices are read from the first on. */
  #beginsEra(era: string): boolean {
    if (era === this.#options.evictions.era) return false;
    this.#options.evictions.begin(era);
    this.#lastId = '-';
    return true;
  }

  #apply(page: StreamPage): void {
    const { evictions, seal, onForged } = this.#options;
    const isFirst = this.#lastId === '-';
    for (const [index, [id, fields]] of page.entries()) {
      const position = Number(fields[1]?.toString('latin1'));
      // Notices before the first that is kept may have been about anybody.
      if (isFirst && index === 0) evictions.invalidateBefore(position - 1);
      const keys = openEviction(seal, fields[3] ?? Buffer.alloc(0));
      if (keys) evictions.evict(keys, position);
      else {
        onForged?.();
        evictions.invalidateBefore(position);
      }
      evictions.reach(position);
      this.#lastId = id.toString('latin1');
    }
  }

  #lose(): void {
    this.#heardAt = -Infinity;
    this.#heardConnection = -1;
    this.#tell();
  }

  #tell(): void {
    const isCurrent = this.isCurrent();
    if (isCurrent === this.#toldCurrent) return;
    this.#toldCurrent = isCurrent;
    if (!this.#isClosed) this.#options.onCurrent?.(isCurrent);
  }
}
