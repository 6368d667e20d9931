import type { Limits } from '../config/limits.ts';

export const REQUEST_LIMITS = {
  registersMs: {
    value: 10_000,
    unit: 'ms',
    why: 'All register calls of one request together, from the end of its body.',
  },
  holdBackMs: {
    value: 20,
    unit: 'ms',
    why: 'Answers with somebody absent or hidden leave at a multiple of it, so that time does not tell the two apart.',
  },
} as const satisfies Limits;
