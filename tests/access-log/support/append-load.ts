import { expect, onTestFinished } from 'vitest';
import type { AccessLog } from '../../../src/access-log/write/group-commit.ts';
import { delay } from '../../support/servers/redis.ts';
import { exampleRecord } from './example-record.ts';
import { outcomeOf, UNAVAILABLE } from './fixtures.ts';

export interface AppendLoad {
  /** Ids whose append settled, and those that were refused, so far. */
  readonly settled: readonly string[];
  readonly refused: readonly string[];
  /** The longest append so far, in ms. */
  longest(): number;
  /** Errors that an append may not end with. */
  readonly wrong: readonly unknown[];
  stop(): Promise<void>;
}

const APPENDERS = 8;

/** Appends without a break until it is stopped. */
export function startLoad(log: AccessLog): AppendLoad {
  const settled: string[] = [];
  const refused: string[] = [];
  const wrong: unknown[] = [];
  let longest = 0;
  const state = { isOver: false };
  const appendOn = async (): Promise<void> => {
    while (!state.isOver) {
      const record = exampleRecord();
      const { error, milliseconds } = await outcomeOf(log.append(record));
      longest = Math.max(longest, milliseconds);
      if (error === null) settled.push(record.id);
      else if ((error as { readonly code?: string }).code === UNAVAILABLE.code) refused.push(record.id);
      else wrong.push(error);
      if (error !== null) await delay(20);
    }
  };
  const ended = Promise.all(Array.from({ length: APPENDERS }, appendOn));
  const stop = async (): Promise<void> => {
    state.isOver = true;
    await ended;
  };
  onTestFinished(stop);
  return { settled, refused, wrong, longest: () => longest, stop };
}

/** Checks what all trouble has in common: appends end in time, in one way or the other, and go on afterwards. */
export function expectBounded(load: AppendLoad, longestMs: number): void {
  expect(load.wrong).toEqual([]);
  expect(load.refused.length).toBeGreaterThan(0);
  expect(load.longest()).toBeLessThan(longestMs);
}
