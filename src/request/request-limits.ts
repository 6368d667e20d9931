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
  longText: {
    value: 2_000,
    unit: 'characters',
    why: 'A longer operation text that is new takes milliseconds to parse and validate, and waits for its turn.',
  },
  largeWork: {
    value: 20_000,
    unit: 'us',
    why: 'An answer of more estimated CPU time is built in slices, between which others are answered.',
  },
} as const satisfies Limits;
