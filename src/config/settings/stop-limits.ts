import type { Limits } from '../limits.ts';

/** Times of a stop, which main.ts keeps. */
export const STOP_LIMITS = {
  echo: {
    value: 500,
    unit: 'ms',
    why: 'Npm passes on the Ctrl-C that the terminal sent to both: that is one wish.',
  },
  leave: { value: 1_500, unit: 'ms', why: 'Balancers see that an instance is not ready before it stops.' },
} as const satisfies Limits;
