import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { buildLog } from '../../../src/telemetry/log.ts';
import { buildMetrics } from '../../../src/telemetry/metrics.ts';
import { buildLive } from '../../../src/watch/live/build-live.ts';
import type { LiveSources } from '../../../src/watch/live/live-sources.ts';

const MONDAY = Date.parse('2026-11-30T02:00:00Z');
const HOUR_MS = 3_600_000;

function watched() {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'live-'));
  const clock = { now: MONDAY };
  const circuits = new Map<string, string>();
  const live = buildLive({
    metrics: buildMetrics(),
    log: buildLog('silent'),
    dataDirectory,
    registers: ['population', 'land'],
    now: () => clock.now,
  });
  onTestFinished(() => {
    live.close();
    rmSync(dataDirectory, { recursive: true, force: true });
  });
  const sources: LiveSources = {
    instance: 'one',
    registerNames: new Map([
      ['population', 'Dân cư'],
      ['land', 'Đất đai'],
    ]),
    circuitOf: (register) => circuits.get(register) ?? 'closed',
    isLogHealthy: () => true,
    hasWitness: true,
    officeOf: (id) => ({ name: `Cơ quan ${id}`, unit: id === 'civil' ? '00070' : null, province: null }),
    now: () => clock.now,
  };
  const { state } = live.watch(sources);
  const ask = (office: string, times = 20, status = 200): void => {
    const commune = office === 'civil' ? '00070' : '26734';
    const province = office === 'civil' ? '01' : '79';
    for (let one = 0; one < times; one++) {
      live.activity.answered({ office, commune, province, status, milliseconds: 12 });
    }
  };
  const call = (register: string, milliseconds: number, outcome = 'OK'): void => {
    for (let one = 0; one < 20; one++) live.metrics.registerCall(register, outcome, milliseconds, 1);
  };
  return { clock, circuits, live, state, ask, call };
}

test('a register’s state: slow, failing, cut, quiet; the worst first, beside the median of the others', () => {
  const { circuits, state, call, clock } = watched();
  call('population', 20);
  call('land', 1_500);
  expect(state().registers).toMatchObject([
    { register: 'land', level: 'YELLOW', failedPercent: 0, callsToday: 20, ageSeconds: 0, peersP99Ms: 22.6 },
    { register: 'population', level: 'GREEN', limitMs: 1_000 },
  ]);
  call('land', 5, 'SOURCE_TIMEOUT');
  expect(state().registers[0]).toMatchObject({
    register: 'land',
    level: 'RED',
    failedPercent: 50,
    failedToday: 20,
  });
  circuits.set('population', 'open');
  expect(state().registers[0]).toMatchObject({ register: 'population', level: 'RED', circuit: 'OPEN' });
  // A quiet minute says nothing: then the day counts, and the age says how old that is.
  circuits.clear();
  clock.now += 2 * HOUR_MS;
  expect(state().registers).toMatchObject([
    { register: 'land', level: 'RED', ratePerSecond: 0, p99Ms: null, ageSeconds: 7_200 },
    { register: 'population', level: 'GREEN' },
  ]);
});

test('a lagging register and a silent office are named within a day', () => {
  const { clock, state, ask, call } = watched();
  ask('civil');
  ask('social');
  call('population', 20);
  call('land', 1_500);
  const named = () =>
    state().flags.map(({ scope, name, reason, days }) => `${scope} ${name} ${reason} ${days}`);
  expect(named()).toEqual(['REGISTER Đất đai SLOW 1']);
  // Through the night and the next morning only one of the two offices asks.
  for (let hour = 0; hour < 25; hour++) {
    clock.now += HOUR_MS;
    ask('social', 1);
    call('population', 20);
  }
  call('land', 1_500);
  expect(named()).toContain('REGISTER Đất đai SLOW 2');
  expect(named()).toContain('OFFICE Cơ quan civil SILENT 1');
  expect(named()).toContain('PROVINCE Thành phố Hà Nội SILENT 1');
  expect(named()).toContain('COMMUNE Phường Hoàn Kiếm, Thành phố Hà Nội SILENT 1');
  expect(state().provinces.find(({ code }) => code === '01')).toMatchObject({
    level: 'GREY',
    requests: 0,
    ageSeconds: 90_000,
  });
});

test('the gateway’s own figures: cache, log, witness, quotas, forms', () => {
  const { clock, live, state, ask } = watched();
  ask('civil', 3);
  ask('civil', 1, 429);
  ask('civil', 1, 503);
  live.activity.formFilled({ office: 'civil', commune: '00070', province: '01', askedAnyway: 2 });
  live.metrics.answer(429, 'QUOTA_EXCEEDED');
  live.metrics.cacheHits(3);
  live.metrics.cacheMisses(1);
  live.metrics.logEntries(60);
  live.metrics.inFlight(1);
  expect(state().gateway).toMatchObject({
    answersToday: 5,
    refusedToday: 1,
    failedToday: 1,
    formsToday: 1,
    cacheHitPercent: 75,
    entriesPerSecond: 1,
    inFlight: 1,
    witness: 'GOOD',
    quotaRefusals: 1,
    level: 'RED',
  });
  expect(state().communes).toMatchObject([{ code: '00070', forms: 1, askedAnyway: 2 }]);
  live.metrics.witnessTrouble('refused');
  expect(state().gateway.witness).toBe('TROUBLE');
  clock.now += HOUR_MS;
  expect(state().gateway).toMatchObject({ witness: 'GOOD', ratePerSecond: 0, cacheHitPercent: null });
});
