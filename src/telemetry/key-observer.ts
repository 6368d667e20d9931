import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

/** Builds the observer of the keys with which tokens are verified. */
export function observeKeys(metrics: Metrics, log: Log) {
  return {
    onFailure(hasKeys: boolean): void {
      metrics.keySetFailure();
      // While keys are held this is a warning: nobody is refused yet.
      if (hasKeys) log.warn('keys.not-fetched', { setting: 'TOKEN_JWKS_URL' });
      else log.error('keys.unavailable', { setting: 'TOKEN_JWKS_URL' });
    },
    onRecovery: () => log.info('keys.fetched', { setting: 'TOKEN_JWKS_URL' }),
  };
}
