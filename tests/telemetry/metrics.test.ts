import { expect, it } from 'vitest';
import { buildMetrics } from '../../src/telemetry/metrics.ts';

const LABELS = new Set(['step', 'status', 'code', 'register', 'outcome', 'alarm', 'le']);

it('counts, and exposes no label beyond those that are fixed in the code', async () => {
  const metrics = buildMetrics();
  metrics.step('identity', 1);
  metrics.answer(200, 'OK');
  metrics.answer(200, 'OK');
  metrics.unauthenticated('TOKEN_EXPIRED');
  metrics.registerCall('population', 'ok', 12, 3);
  metrics.registerCall('population', 'ok', 12, 4);
  metrics.strayRows('land', 2);
  metrics.cacheHits(5);
  metrics.cacheMisses(6);
  metrics.cacheFailure('get');
  metrics.cacheAlarm('moved');
  metrics.logEntries(7);
  metrics.inFlight(1);
  const { body, contentType } = await metrics.expose();
  expect(contentType).toContain('text/plain');
  for (const line of [
    'gateway_answers_total{status="200",code="OK"} 2',
    'gateway_unauthenticated_total{code="TOKEN_EXPIRED"} 1',
    'gateway_register_items_total{register="population"} 7',
    'gateway_register_call_seconds_count{register="population",outcome="ok"} 2',
    'gateway_register_stray_rows_total{register="land"} 2',
    'gateway_cache_total{outcome="hit"} 5',
    'gateway_cache_total{outcome="miss"} 6',
    'gateway_cache_total{outcome="failed-get"} 1',
    'gateway_access_log_entries_total 7',
    'gateway_requests_in_flight 1',
  ]) {
    expect(body.split('\n')).toContain(line);
  }
  const names = [...body.matchAll(/^gateway_\w+\{([^}]*)\}/gm)].flatMap(([, labels = '']) =>
    [...labels.matchAll(/(\w+)=/g)].map(([, name = '']) => name),
  );
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !LABELS.has(name))).toEqual([]);
});

it('two instances count apart', async () => {
  const [one, other] = [buildMetrics(), buildMetrics()];
  one.logEntries(3);
  expect((await other.expose()).body).toContain('gateway_access_log_entries_total 0');
});
