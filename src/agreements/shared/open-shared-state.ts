import type { Secrets } from '../../config/secrets/read-secrets.ts';
import type { Log } from '../../telemetry/log.ts';
import type { Metrics } from '../../telemetry/metrics.ts';
import { buildRedisWithdrawals } from './redis-withdrawals.ts';
import { buildSharedRedis } from './shared-redis.ts';

/** Opens the state about agreements that instances share through Redis. Without Redis or keys nothing is shared. */
export function openSharedState(
  redisUrl: string | null,
  macKeys: Secrets['cacheMac'] | null,
  metrics: Metrics,
  log: Log,
) {
  const redis = redisUrl === null || !macKeys ? null : buildSharedRedis(redisUrl);
  const onForged = (): void => {
    metrics.agreementAlarm('forged');
    log.error('agreements.trouble', { alarm: 'forged' });
  };
  return {
    redis,
    withdrawals: redis && macKeys ? buildRedisWithdrawals({ redis, macKeys, onForged }) : null,
    close: () => redis?.disconnect(),
  };
}
