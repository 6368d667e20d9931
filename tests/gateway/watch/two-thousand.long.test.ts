import { expect, it } from 'vitest';
import { startTestGateway } from '../../support/gateway.ts';
import { awaitAlert, takeStrangers } from './alert-desk.ts';

/** The token of issue 13: 2,000 strangers' records in a few seconds. */
it('a token that takes 2,000 strangers’ records is noticed while it is still at it', async () => {
  const gateway = await startTestGateway({ environment: { EARLY_WARNING: 'on' } });
  try {
    const startedAt = Date.now();
    const taking = takeStrangers(gateway, 2_000, { officer: 'ke.gian' });
    // Where the alert does not come, the gateway is closed while records are still being taken.
    taking.catch(() => undefined);
    const alert = await awaitAlert(gateway, { pattern: 'drain-by-batches' });
    const noticedAfter = Date.now() - startedAt;
    await taking;
    console.log(`noticed after ${noticedAfter} ms; all taken after ${Date.now() - startedAt} ms`);
    expect(alert.client).toBe('inspectorate');
    const worst = await awaitAlert(
      gateway,
      { pattern: 'drain-by-batches' },
      ({ severity }) => severity === 'CRITICAL',
    );
    // Up to ten entries; how many there are when it is seen depends on how far the taking has come.
    expect(worst.evidence.length).toBeGreaterThan(0);
    expect(worst.evidence.length).toBeLessThanOrEqual(10);
  } finally {
    await gateway.close();
  }
});
