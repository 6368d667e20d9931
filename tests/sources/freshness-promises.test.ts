import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { buildMemoryCache } from '../../src/cache/memory-cache.ts';
import { Evictions } from '../../src/cache/notices/evictions.ts';
import { buildNoticedCache } from '../../src/cache/notices/noticed-cache.ts';
import type { Connector } from '../../src/sources/calls/connector.ts';
import { DEFAULT_REGISTERS } from '../../src/sources/default-registers.ts';
import { freshnessPromises } from '../../src/sources/freshness-promises.ts';
import { buildRecordSources } from '../../src/sources/records/record-sources.ts';

const promises = freshnessPromises(DEFAULT_REGISTERS);
let isFailing = false;
let calls = 0;

const connectors = Object.fromEntries(
  DEFAULT_REGISTERS.map(({ name, recordKinds }): [string, Connector] => [
    name,
    {
      register: name,
      kinds: Object.keys(recordKinds) as Connector['kinds'],
      maxItems: 100,
      fetch(items) {
        calls += 1;
        if (isFailing) return Promise.reject(new Error('gone'));
        const outcome = { state: 'found', value: {}, asOf: null, isIntact: true } as const;
        const rows = items.map(({ kind, key }) => ({ kind, key, outcome, refused: [] }));
        return Promise.resolve({ rows, primed: [], strayRows: 0 });
      },
      close: () => Promise.resolve(),
    },
  ]),
);
const observer = { onHits() {}, onMisses() {} };
const sources = buildRecordSources({
  connectors,
  cache: buildNoticedCache(buildMemoryCache({ observer }), new Evictions('one'), () => true),
  isShared: true,
  callTimeoutMs: 1_000,
  observer: { call() {}, strayRows() {}, unknownProtection() {} },
});

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  isFailing = false;
});
afterEach(() => {
  vi.useRealTimers();
});

/** Whether the record is there, and how many calls it took. */
async function read(kind: (typeof promises)[number]['kind']): Promise<readonly [boolean, number]> {
  const reader = sources.createReader({
    agreement: 'inspection@1',
    client: 'inspectorate',
    purpose: 'inspection',
    officer: 'officer.one',
    sharing: 'shared',
    maxAgeMs: null,
    staleAgeMs: 3_600_000,
    deadlineAt: performance.now() + 60_000,
  });
  const before = calls;
  reader.want(kind, '001190900011', '');
  await reader.readHop();
  return [reader.get(kind, '001190900011')?.state === 'found', calls - before];
}

describe.each(promises)('$kind', ({ kind, oldestMs, oldestInFaultMs }) => {
  test('is never older than promised', async () => {
    expect(await read(kind)).toEqual([true, 1]);
    vi.setSystemTime(Date.now() + oldestMs - 1_000);
    expect(await read(kind)).toEqual([true, 0]);
    vi.setSystemTime(Date.now() + 2_000);
    expect(await read(kind)).toEqual([true, 1]);
    vi.setSystemTime(Date.now() + oldestMs + 1_000);
    isFailing = true;
    expect(await read(kind)).toEqual([oldestInFaultMs > oldestMs, 1]);
    vi.setSystemTime(Date.now() + oldestInFaultMs);
    expect(await read(kind)).toEqual([false, 1]);
  });
});

test('every kind of every register has a promise', () => {
  expect(promises.map(({ kind }) => kind)).toEqual(
    DEFAULT_REGISTERS.flatMap(({ recordKinds }) => Object.keys(recordKinds)),
  );
});
