import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { BatchItem } from '../../../src/sources/calls/connector.ts';
import { RecordLoaders } from '../../../src/sources/records/record-loaders.ts';
import { itemOf } from '../fixtures/register-fixture.ts';

/** Loaders whose calls are written down, `population 1 2` for a call for two keys, and settle when the test says so. */
function recorded() {
  const calls: string[] = [];
  let settle: (() => void)[] = [];
  const loaders = new RecordLoaders((register, items) => {
    calls.push([register, ...items.map(({ key }) => key)].join(' '));
    return new Promise((resolve) => settle.push(resolve));
  });
  return {
    calls,
    loaders,
    settleAll(): void {
      for (const resolve of settle) resolve();
      settle = [];
    },
  };
}

const person = (key: string): BatchItem => itemOf('population.person', key);
const parcel = (key: string): BatchItem => itemOf('land.parcel', key);

test('a hop is one call a register, made at once', async () => {
  const { calls, loaders, settleAll } = recorded();
  const hop = loaders.loadHop([person('1'), parcel('a'), person('2'), parcel('b')]);
  expect(calls).toEqual(['population 1 2', 'land a b']);
  settleAll();
  await hop;
});

test('101 keys are two calls', async () => {
  const { calls, loaders, settleAll } = recorded();
  const hop = loaders.loadHop(Array.from({ length: 101 }, (_, index) => person(String(index))));
  expect(calls.map((call) => call.split(' ').length - 1)).toEqual([100, 1]);
  settleAll();
  await hop;
});

test('a hop does not wait for another, and takes none of its keys', async () => {
  const { calls, loaders, settleAll } = recorded();
  const first = loaders.loadHop([person('1')]);
  await nextTurn();
  const second = loaders.loadHop([person('2')]);
  expect(calls).toEqual(['population 1', 'population 2']);
  settleAll();
  await Promise.all([first, second]);
});

test('nothing is cached: the reader keeps the slots', async () => {
  const { calls, loaders, settleAll } = recorded();
  for (let hop = 0; hop < 2; hop += 1) {
    const loaded = loaders.loadHop([person('1')]);
    settleAll();
    await loaded;
  }
  expect(calls).toEqual(['population 1', 'population 1']);
});

test('a hop is over when its last call is', async () => {
  const { loaders, settleAll } = recorded();
  let isOver = false;
  const hop = loaders.loadHop([person('1'), parcel('a')]).then(() => (isOver = true));
  await nextTurn();
  expect(isOver).toBe(false);
  settleAll();
  await hop;
  expect(isOver).toBe(true);
});
