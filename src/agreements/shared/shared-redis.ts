import { Redis } from 'ioredis';
import type { Limits } from '../../config/limits.ts';
import { buildKeyedHash } from '../../config/secrets/keyed-hash.ts';
import { isFromReplica } from '../../config/redis-replica.ts';

/** Bounds of the connection to Redis; each is well below the lease of agreements. */
export const SHARED_REDIS_LIMITS = {
  silentServer: {
    value: 1_000,
    unit: 'ms',
    why: 'A server that takes commands and never answers is dropped.',
  },
  reconnectDelay: { value: 1_000, unit: 'ms', why: 'A Redis that is back is found within the lease.' },
} as const satisfies Limits;

/**
 * Builds the connection over which instances share withdrawals and counts. A command fails at once while there is no
 * connection.
 */
export function buildSharedRedis(url: string): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: SHARED_REDIS_LIMITS.silentServer.value,
    socketTimeout: SHARED_REDIS_LIMITS.silentServer.value,
    commandTimeout: SHARED_REDIS_LIMITS.silentServer.value,
    retryStrategy: (attempt) => Math.min(attempt * 100, SHARED_REDIS_LIMITS.reconnectDelay.value),
    reconnectOnError: isFromReplica,
  });
  // Without a listener ioredis prints each error, address included. A failed command is noticed where it is made.
  redis.on('error', () => undefined);
  return redis;
}

/** Resolves with the first connection, or after `withinMs` without one. */
export async function firstConnection(redis: Redis, withinMs: number): Promise<void> {
  if (redis.status === 'ready') return;
  await new Promise<void>((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      redis.off('ready', finish);
      resolve();
    };
    const timer = setTimeout(finish, withinMs);
    redis.once('ready', finish);
  });
}

/**
 * Names a key without revealing it. Gateways that share a Redis but not their keys use different names, so that neither
 * takes the other's entries for forged.
 */
export function fingerprintOf(key: Buffer): string {
  return buildKeyedHash(key)('agreements fingerprint').slice(0, 16);
}
