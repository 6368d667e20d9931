import { LRUCache } from 'lru-cache';
import type { Redis } from 'ioredis';
import type { Limits } from '../../../config/limits.ts';

export const SESSION_STORE_LIMITS = {
  values: {
    value: 20_000,
    unit: 'values',
    why: 'Sessions in the memory of one instance without Redis; past it the oldest end.',
  },
} as const satisfies Limits;

/** Short texts under names, each with its end. Rejects where the store cannot be reached. */
export interface SessionStore {
  get(name: string): Promise<string | null>;
  set(name: string, text: string, milliseconds: number): Promise<void>;
  /** Sets the text unless there is one, and gives the one that stands then. */
  setIfAbsent(name: string, text: string, milliseconds: number): Promise<string>;
  delete(name: string): Promise<void>;
}

/** Keeps sessions in the memory of this instance. */
export function buildMemorySessions(): SessionStore {
  const values = new LRUCache<string, string>({ max: SESSION_STORE_LIMITS.values.value, ttl: 1 });
  return {
    get: async (name) => values.get(name) ?? null,
    set: async (name, text, ttl) => void values.set(name, text, { ttl }),
    async setIfAbsent(name, text, ttl) {
      const kept = values.get(name) ?? text;
      values.set(name, kept, { ttl });
      return kept;
    },
    delete: async (name) => void values.delete(name),
  };
}

/** Keeps sessions in the Redis of all instances. */
export function buildRedisSessions(redis: Redis): SessionStore {
  const key = (name: string): string => `ndg:console:${name}`;
  return {
    get: (name) => redis.get(key(name)),
    set: async (name, text, milliseconds) => void (await redis.set(key(name), text, 'PX', milliseconds)),
    async setIfAbsent(name, text, milliseconds) {
      await redis.set(key(name), text, 'PX', milliseconds, 'NX');
      const kept = await redis.get(key(name));
      if (kept === null) throw new Error('the value is gone');
      await redis.pexpire(key(name), milliseconds);
      return kept;
    },
    delete: async (name) => void (await redis.del(key(name))),
  };
}
