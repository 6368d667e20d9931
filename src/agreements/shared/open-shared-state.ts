import type { Secrets } from '../../config/secrets/read-secrets.ts';
import type { Log } from '../../telemetry/log.ts';
import type { Metrics } from '../../telemetry/metrics.ts';
import { buildRedisWithdrawals } from './redis-withdrawals.ts';
import { buildSharedRedis } from './shared-redis.ts';

/** Opens the state about agreements that instances share through Redis. Without Redis nothing is shared. */
export function openSharedState(
  redisUrl: string | null,
  secrets: Pick<Secrets, 'cacheMac'> | null,
  metrics: Metrics,
  log: Log,
) {
  const redis = redisUrl === null || !secrets ? null : buildSharedRedis(redisUrl);
  const onForged = (): void => {
    metrics.agreementAlarm('forged');
    log.error('agreements.trouble', { alarm: 'forged' });
  };
  return {
    redis,
    withdrawals:
      redis && secrets ? buildRedisWithdrawals({ redis, macKeys: secrets.cacheMac, onForged }) : null,
    close: () => redis?.disconnect(),
  };
}
