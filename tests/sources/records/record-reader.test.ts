import { describe, expect, test } from 'vitest';
import type { CachedRecord, RecordCache } from '../../../src/cache/record-cache.ts';
import type { AgeClass } from '../../../src/disclosure/age-class.ts';
import { CallerRights } from '../../../src/sources/calls/caller-rights.ts';
import type { CallGatherer } from '../../../src/sources/calls/call-gatherer.ts';
import { createRecordReader } from '../../../src/sources/records/record-reader.ts';

const MINUTE = 60_000;

/** Reads one person whom the cache holds at such an age, or not at all. */
async function originAt(ageMs: number | null, state: CachedRecord['state'] = 'found') {
  const record = { state, value: {}, asOf: null, call: 'up-0', refused: [] };
  const cache: RecordCache = {
    getMany: () => [
      ageMs === null
        ? undefined
        : { ...record, fetchedAt: Date.now() - ageMs, mark: { era: 'one', position: 0 }, subjects: [] },
    ],
    setMany() {},
    close: () => Promise.resolve(),
  };
  const gatherer: Pick<CallGatherer, 'fetch'> = {
    fetch: (items, { onRows }) => {
      const [item] = items;
      const outcome = { state: 'found', value: {}, asOf: null, isIntact: true } as const;
      if (item) onRows([{ kind: item.kind, key: item.key, outcome, refused: [] }], 'up-1');
      return Promise.resolve();
    },
  };
  const right = new CallerRights().of('inspectorate', 'inspection', 'officer.one');
  right.note('population', false);
  const reader = createRecordReader({
    cache,
    gathererOf: () => gatherer as CallGatherer,
    officer: 'officer.one',
    agesOf: () => ({ ageMs: Infinity, staleAgeMs: 0 }),
    right,
    deadlineAt: performance.now() + MINUTE,
    longestHopMs: MINUTE,
  });
  reader.want('population.person', '001190900011', '');
  await reader.readHop();
  const slot = reader.get('population.person', '001190900011');
  return slot && 'origin' in slot ? slot.origin : undefined;
}

describe('a record', () => {
  test.each<[number, CachedRecord['state'], AgeClass]>([
    [1_000, 'found', '1m'],
    [2 * MINUTE, 'found', '10m'],
    [30 * MINUTE, 'absent', '1h'],
    [23 * 60 * MINUTE, 'found', '1d'],
    [25 * 60 * MINUTE, 'absent', 'older'],
  ])(
    '%i ms old from the cache, %s, is of class %s, with the call that filled it',
    async (ageMs, state, age) => {
      expect(await originAt(ageMs, state)).toEqual({ register: 'population', upstreamId: 'up-0', age });
    },
  );

  test('that the register was asked for is live, by the id of the call', async () => {
    expect(await originAt(null)).toEqual({ register: 'population', upstreamId: 'up-1', age: 'live' });
  });
});
