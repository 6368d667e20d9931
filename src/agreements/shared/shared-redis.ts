import { Redis } from 'ioredis';
import { buildKeyedHash } from '../../config/keyed-hash.ts';

/** A server that takes commands and never answers is not waited for any longer; well within a lease. */
const SILENT_SERVER_MS = 1_000;
const MAX_RECONNECT_DELAY_MS = 1_000;

/** What instances share about agreements; a command fails at once while there is no connection. */
export function buildSharedRedis(url: string): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    connectTimeout: SILENT_SERVER_MS,
    socketTimeout: SILENT_SERVER_MS,
    commandTimeout: SILENT_SERVER_MS,
    retryStrategy: (attempt) => Math.min(attempt * 100, MAX_RECONNECT_DELAY_MS),
  });
  // Without a listener ioredis prints each error, address included. A failed command is noticed where it is made.
  redis.on('error', () => undefined);
  return redis;
}

/** Resolves with the first connection, or after so long without one. */
export async function firstConnection(redis: Redis, withinMs: number): Promise<void> {
  if (redis.status === 'ready') return;
  let timer: NodeJS.Timeout | undefined;
  await new Promise<void>((resolve) => {
    redis.once('ready', resolve);
    timer = setTimeout(resolve, withinMs);
  });
  clearTimeout(timer);
}

/**
 * Names a key without telling it: gateways that share a Redis but not their keys share nothing else, and none takes the
 * other's entries for forged.
 */
export function fingerprintOf(key: Buffer): string {
  return buildKeyedHash(key)('agreements fingerprint').slice(0, 16);
}
