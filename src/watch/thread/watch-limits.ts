import type { Limits } from '../../config/limits.ts';

export const WATCH_WORKER_LIMITS = {
  keepEvery: {
    value: 30_000,
    unit: 'ms',
    why: 'The state is kept at most this often, and when the thread ends.',
  },
  keepShare: {
    value: 50,
    unit: 'times',
    why: "Writing the state takes at most a fiftieth of the thread's time.",
  },
  catchUp: {
    value: 2_000,
    unit: 'ms',
    why: 'A query waits so long for the newest entries; with a longer log to judge it is answered from what is known.',
  },
} as const satisfies Limits;
