import { describe, expect, test } from 'vitest';
import { GatewayError } from '../../../src/errors.ts';
import type { Connector, FetchedBatch, UpstreamCall } from '../../../src/sources/calls/connector.ts';
import { CIRCUIT_LIMITS, guardConnector } from '../../../src/sources/calls/guarded-connector.ts';

const BATCH: FetchedBatch = { rows: [], primed: [], strayRows: 0 };
const CALL: UpstreamCall = { requestId: 'id', client: 'c', purpose: 'p', timeoutMs: 2_000 };

type Behaviour = 'answers' | 'times out' | 'refuses' | 'is wrong' | 'hangs';

function setUp() {
  let behaviour: Behaviour = 'answers';
  let time = 0;
  const patience: number[] = [];
  const states: string[] = [];
  const connector: Connector = {
    register: 'population',
    kinds: [],
    maxItems: 100,
    async fetch(_items, { timeoutMs }) {
      patience.push(timeoutMs);
      if (behaviour === 'answers') return BATCH;
      if (behaviour === 'hangs') return new Promise(() => {});
      const code = {
        'times out': 'SOURCE_TIMEOUT',
        refuses: 'SOURCE_UNAVAILABLE',
        'is wrong': 'SOURCE_CONTRACT_BROKEN',
      } as const;
      throw new GatewayError(code[behaviour]);
    },
    close: async () => {},
  };
  const guarded = guardConnector(
    connector,
    (_register, state) => void states.push(state),
    () => time,
  );
  return {
    guarded,
    patience,
    states,
    is: (next: Behaviour) => void (behaviour = next),
    pass: (milliseconds: number) => void (time += milliseconds),
    ask: () =>
      guarded.fetch([], CALL).then(
        () => 'OK',
        (error: unknown) => (error as GatewayError).code,
      ),
    async askTimes(count: number) {
      const outcomes: string[] = [];
      for (let index = 0; index < count; index += 1) outcomes.push(await this.ask());
      return outcomes;
    },
  };
}

const FAILURES = CIRCUIT_LIMITS.failures.value;
const PATIENCE = CIRCUIT_LIMITS.patience.value;

describe('a register that hangs', () => {
  test('is waited for a short time only, from the fifth call on, with the same code', async () => {
    const one = setUp();
    one.is('times out');
    expect(await one.askTimes(FAILURES + 1)).toEqual(
      Array.from({ length: FAILURES + 1 }, () => 'SOURCE_TIMEOUT'),
    );
    expect(one.patience).toEqual([...Array.from({ length: FAILURES }, () => 2_000), PATIENCE]);
    expect([one.guarded.state(), one.guarded.isGone()]).toEqual(['open', true]);
  });

  test('is back with the first answer', async () => {
    const one = setUp();
    one.is('times out');
    await one.askTimes(FAILURES);
    one.is('answers');
    expect(await one.askTimes(2)).toEqual(['OK', 'OK']);
    expect(one.patience.slice(FAILURES)).toEqual([PATIENCE, 2_000]);
    expect([one.guarded.state(), one.guarded.isGone(), one.states]).toEqual([
      'closed',
      false,
      ['open', 'closed'],
    ]);
  });

  test('is tried now and then for its whole time, while the caller does not wait', async () => {
    const one = setUp();
    one.is('times out');
    await one.askTimes(FAILURES);
    one.pass(CIRCUIT_LIMITS.probePause.value);
    one.is('hangs');
    const startedAt = performance.now();
    expect(await one.ask()).toBe('SOURCE_TIMEOUT');
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect([one.patience.at(-1), one.guarded.state()]).toEqual([2_000, 'half-open']);
    one.is('times out');
    await one.ask();
    expect(one.patience.at(-1)).toBe(PATIENCE);
  });
});

test.each<[Behaviour, string, boolean]>([
  ['refuses', 'closed', true],
  ['is wrong', 'closed', false],
])('a register that %s costs nobody time: the circuit stays %s', async (behaviour, state, isGone) => {
  const one = setUp();
  one.is(behaviour);
  await one.askTimes(2 * FAILURES);
  expect([one.guarded.state(), one.guarded.isGone()]).toEqual([state, isGone]);
  expect(new Set(one.patience)).toEqual(new Set([2_000]));
  one.pass(CIRCUIT_LIMITS.memory.value);
  expect(one.guarded.isGone()).toBe(false);
});

test('an answer in between begins the count anew', async () => {
  const one = setUp();
  for (let round = 0; round < 3; round += 1) {
    one.is('times out');
    await one.askTimes(FAILURES - 1);
    one.is('answers');
    await one.ask();
  }
  expect(one.states).toEqual([]);
});
