import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';

const SETTING = { setting: 'TOKEN_JWKS_URL' };

/** Tells the operator that the keys of tokens cannot be fetched, and that they can be again. */
export function observeKeySet(metrics: Pick<Metrics, 'keySetFailure'>, log: Log) {
  return {
    onFailure(hasKeys: boolean): void {
      metrics.keySetFailure();
      // While keys are held this is a warning: nobody is refused yet.
      if (hasKeys) log.warn('keys.not-fetched', SETTING);
      else log.error('keys.unavailable', SETTING);
    },
    onRecovery: (): void => log.info('keys.fetched', SETTING),
  };
}
