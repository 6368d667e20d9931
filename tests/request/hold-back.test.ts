import { expect, it } from 'vitest';
import { holdBack } from '../../src/request/hold-back.ts';

it('answers of different work leave at the same multiple of the grid, in no order of their work', async () => {
  const bodyEndedAt = performance.now();
  const left = await Promise.all(
    [0, 3, 7].map(async (work) => {
      await new Promise((resolve) => setTimeout(resolve, work));
      await holdBack(bodyEndedAt);
      return performance.now();
    }),
  );
  const [first = 0] = left;
  expect(first - bodyEndedAt).toBeGreaterThanOrEqual(20);
  // They leave in one tick.
  for (const at of left) expect(at - first).toBeLessThan(5);
});
