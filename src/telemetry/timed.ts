import type { Metrics, Step } from './metrics.ts';

/** Measures one step of the path, whether it succeeds or fails. */
export async function timed<T>(metrics: Metrics, step: Step, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  try {
    return await work();
  } finally {
    metrics.step(step, performance.now() - startedAt);
  }
}
