import { describe, expect, test } from 'vitest';
import { CHECKPOINT_VECTORS, ENTRY_VECTORS, FILE_VECTORS, type Vector } from './vectors/attack-vectors.ts';
import { HISTORY_VECTORS, RECEIPT_VECTORS } from './vectors/history-vectors.ts';
import { HOSTILE_VECTORS, OPENING_VECTORS } from './vectors/hostile-vectors.ts';
import { MOVED_VECTORS } from './vectors/moved-vectors.ts';
import { RETENTION_VECTORS } from './vectors/retention-vectors.ts';
import { TIME_VECTORS } from './vectors/time-vectors.ts';
import { verifyForged } from './vectors/verify-forged.ts';

const found = ({ make }: Vector): unknown => {
  const { forged, held } = make();
  const [fault] = verifyForged(forged, held).faults;
  return fault && { attack: fault.attack, index: fault.index };
};

describe.each([
  ['entries', ENTRY_VECTORS],
  ['entries far from where they belong', MOVED_VECTORS],
  ['checkpoints', CHECKPOINT_VECTORS],
  ['files', FILE_VECTORS],
  ['openings read in two ways', OPENING_VECTORS],
  ['hostile exports', HOSTILE_VECTORS],
  ['restores and retention', HISTORY_VECTORS],
  ['retention dated ahead', RETENTION_VECTORS],
  ['times', TIME_VECTORS],
  ['receipts', RECEIPT_VECTORS],
] as const)('%s', (_name, vectors) => {
  test.each(vectors.map((vector) => [vector.name, vector] as const))('%s', (_vector, vector) => {
    expect(found(vector)).toEqual({ attack: vector.attack, index: vector.index });
  });
});
