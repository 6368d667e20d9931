import { expect, test } from 'vitest';
import { CALL_RATE_LIMITS, limitRate } from '../../../src/sources/calls/call-rate.ts';
import type { Connector } from '../../../src/sources/calls/connector.ts';
import { CALL, codeOf, itemOf } from '../fixtures/register-fixture.ts';

const ITEMS = [itemOf('population.person', '001190900011')];

function limited(callsPerSecond: number) {
  const clock = { at: 1_000 };
  const waits: number[] = [];
  let calls = 0;
  const connector: Connector = {
    register: 'population',
    kinds: ['population.person'],
    maxItems: 100,
    fetch() {
      calls += 1;
      return Promise.resolve({ rows: [], primed: [], strayRows: 0 });
    },
    close: () => Promise.resolve(),
  };
  const limit = { value: callsPerSecond, unit: 'calls', why: '' };
  const bound = limitRate(
    connector,
    { itemsPerCall: limit, callsPerSecond: limit },
    () => clock.at,
    (milliseconds) => Promise.resolve(waits.push(milliseconds)),
  );
  return { clock, waits, calls: () => calls, fetch: () => codeOf(bound.fetch(ITEMS, CALL)) };
}

async function codes(count: number, fetch: () => Promise<string>): Promise<readonly string[]> {
  return Promise.all(Array.from({ length: count }, fetch));
}

test('lets a burst pass at once, then one call an interval, then refuses', async () => {
  const { clock, waits, calls, fetch } = limited(100);
  const burst = CALL_RATE_LIMITS.burst.value / 10 + 1;
  const waiting = CALL_RATE_LIMITS.longestWait.value / 10;
  expect(new Set(await codes(burst + waiting, fetch))).toEqual(new Set(['fulfilled']));
  expect(waits).toHaveLength(waiting);
  expect(Math.max(...waits)).toBe(CALL_RATE_LIMITS.longestWait.value);
  expect(await fetch()).toBe('OVERLOADED');
  expect(calls()).toBe(burst + waiting);
  // One interval later there is room for one more.
  clock.at += 10;
  expect(await codes(2, fetch)).toEqual(['fulfilled', 'OVERLOADED']);
});

test('a rate that is kept never waits', async () => {
  const { clock, waits, fetch } = limited(100);
  for (let call = 0; call < 50; call += 1) {
    expect(await fetch()).toBe('fulfilled');
    clock.at += 10;
  }
  expect(waits).toEqual([]);
});

test('a fetch of several exchanges takes as many turns', async () => {
  const clock = { at: 1_000 };
  const limit = { value: 100, unit: 'calls', why: '' };
  const connector: Connector = {
    register: 'population',
    kinds: ['population.person'],
    maxItems: 100,
    exchanges: (items) => items.length,
    fetch: () => Promise.resolve({ rows: [], primed: [], strayRows: 0 }),
    close: () => Promise.resolve(),
  };
  const bound = limitRate(
    connector,
    { itemsPerCall: limit, callsPerSecond: limit },
    () => clock.at,
    async () => {},
  );
  const many = Array.from({ length: 40 }, (_none, index) =>
    itemOf('population.person', `0011909000${10 + index}`),
  );
  expect(await codeOf(bound.fetch(many, CALL))).toBe('fulfilled');
  expect(await codeOf(bound.fetch(ITEMS, CALL))).toBe('OVERLOADED');
  // Forty intervals of ten milliseconds, less what may be waited and the burst.
  clock.at += 100;
  expect(await codeOf(bound.fetch(ITEMS, CALL))).toBe('fulfilled');
});
