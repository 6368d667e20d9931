import type { Limits } from '../limits.ts';

export const YAML_LIMITS = {
  bytes: {
    value: 1_024 * 1_024,
    unit: 'bytes',
    why: 'One file of AGREEMENTS_DIR. A larger one is not read at all.',
  },
  tokens: {
    value: 200_000,
    unit: 'tokens',
    why: 'Parsed within a second or two, in a thread of its own. Five thousand clients have so many.',
  },
  bytesAtOnce: {
    value: 8 * 1_024,
    unit: 'bytes',
    why: 'A file of more is parsed in a thread of its own: a thousand bytes cost about a millisecond.',
  },
  patience: {
    value: 1_000,
    unit: 'ms',
    why: 'A reading of the folder waits for that thread; a file that takes longer cannot be read yet.',
  },
  thread: { value: 10_000, unit: 'ms', why: 'Then the thread is ended, and its file cannot be read.' },
  known: {
    value: 64 * 1_024 * 1_024,
    unit: 'bytes',
    why: 'Source of the files whose content is remembered, so that each is parsed once.',
  },
} as const satisfies Limits;
