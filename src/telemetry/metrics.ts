import { buildWatchMetrics, type WatchMetrics } from './watch-metrics.ts';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from '@prometheus-io/client';

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** Steps of a request's path that are timed. */
const STEPS = ['identity', 'case', 'plan', 'access-log', 'total'] as const;
/** One timed step. */
export type Step = (typeof STEPS)[number];

/**
 * The counts and times of the gateway. Labels have few values that the code fixes: no client, person, path or token is
 * a label, so a flood cannot make them grow.
 */
export interface Metrics extends WatchMetrics {
  step(step: Step, milliseconds: number): void;
  answer(status: number, code: string): void;
  unauthenticated(code: string): void;
  /** Counts a refused token by its reason, one of TOKEN_FAULTS. */
  tokenRefused(reason: string): void;
  keySetFailure(): void;
  registerCall(register: string, outcome: string, milliseconds: number, items: number): void;
  strayRows(register: string, count: number): void;
  /** Counts changes of a register's circuit breaker: `open`, `half-open`, `closed`. */
  circuit(register: string, state: string): void;
  unknownProtection(register: string, count: number): void;
  /** Counts papers of filled forms by what became of them: `replaced`, `partly`, `needed`, and `asked-anyway`. */
  paper(state: string, count: number): void;
  /** Counts change notices by what became of them. */
  notice(register: string, outcome: string): void;
  /** Whether this instance hears of change notices, and so may serve cached records. */
  noticeBus(isCurrent: boolean): void;
  cacheHits(count: number): void;
  cacheMisses(count: number): void;
  cacheFailure(operation: string): void;
  cacheAlarm(alarm: string): void;
  logEntries(count: number): void;
  agreementAlarm(alarm: string): void;
  /** Counts a failed attempt to have the access log's newest checkpoint cosigned. */
  witnessTrouble(code: string): void;
  /** Counts entries that are unreadable, rows of the search index that were changed, and failures to follow the log. */
  logAlarm(alarm: LogAlarm, count: number): void;
  /** Number of entries that stand in the log and not yet in its search index. */
  indexLag(entries: number): void;
  inFlight(change: 1 | -1): void;
  /** A reader of the live state came or went. */
  liveStream(change: 1 | -1): void;
  /** All metrics in the text format of Prometheus. */
  expose(): Promise<{ readonly contentType: string; readonly body: string }>;
}

export type LogAlarm = 'unreadable' | 'index-changed' | 'index-trouble' | 'not-written';

/** Builds a registry with the figures of this process. Two gateways in one process have two registries. */
export function buildMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const steps = new Histogram({
    name: 'gateway_step_seconds',
    help: 'Time of one step of a request',
    labelNames: ['step'],
    buckets: SECONDS,
    registers,
  });
  const answers = new Counter({
    name: 'gateway_answers_total',
    help: 'Answers by HTTP status and refusal code (OK where none)',
    labelNames: ['status', 'code'],
    registers,
  });
  const unauthenticated = new Counter({
    name: 'gateway_unauthenticated_total',
    help: 'Requests without a verified caller',
    labelNames: ['code'],
    registers,
  });
  const calls = new Histogram({
    name: 'gateway_register_call_seconds',
    help: 'Calls to a register by outcome',
    labelNames: ['register', 'outcome'],
    buckets: SECONDS,
    registers,
  });
  const items = counter('gateway_register_items_total', 'Items asked of a register', ['register']);
  const stray = counter('gateway_register_stray_rows_total', 'Rows that nobody asked for', ['register']);
  const protections = counter(
    'gateway_register_unknown_protection_total',
    'Records with an unknown code of protection; their persons are hidden',
    ['register'],
  );
  const cache = counter('gateway_cache_total', 'Cache look-ups by outcome', ['outcome']);
  const alarms = counter('gateway_cache_alarms_total', 'Cache entries that were not believed', ['alarm']);
  const entries = counter('gateway_access_log_entries_total', 'Durable access-log entries', []);
  const tokensRefused = counter('gateway_tokens_refused_total', 'Refused tokens by reason', ['reason']);
  const keySetFailures = counter('gateway_key_set_failures_total', 'Failed fetches of the token keys', []);
  const circuits = counter(
    'gateway_register_circuit_changes_total',
    'Changes of the circuit breakers of registers, by the new state',
    ['register', 'state'],
  );
  const notices = counter('gateway_notices_total', 'Change notices of registers by outcome', [
    'register',
    'outcome',
  ]);
  const papers = counter('gateway_form_papers_total', 'Papers of filled forms by what became of them', [
    'state',
  ]);
  const bus = new Gauge({
    name: 'gateway_notice_bus_current',
    help: '1 while this instance hears of change notices, else 0 and registers are read live',
    registers,
  });
  const inFlight = new Gauge({
    name: 'gateway_requests_in_flight',
    help: 'Requests being answered',
    registers,
  });

  const streams = new Gauge({
    name: 'gateway_live_streams',
    help: 'Readers of the live state',
    registers,
  });
  const streamsOpened = counter('gateway_live_streams_opened_total', 'Streams of the live state opened', []);

  function counter<T extends string>(name: string, help: string, labelNames: readonly T[]): Counter<T> {
    return new Counter({ name, help, labelNames: [...labelNames], registers });
  }

  // Looking a label up costs more than counting.
  const ofStep = Object.fromEntries(STEPS.map((step) => [step, steps.labels(step)])) as Record<
    Step,
    ReturnType<typeof steps.labels>
  >;
  const ofCall = new Map<
    string,
    { readonly calls: ReturnType<typeof calls.labels>; readonly items: ReturnType<typeof items.labels> }
  >();
  const hits = cache.labels('hit');
  const misses = cache.labels('miss');
  const agreementAlarms = new Counter({
    name: 'gateway_agreement_alarms_total',
    help: 'Troubles with agreements: refused states, folders that cannot be read, forged withdrawals',
    labelNames: ['alarm'],
    registers,
  });
  const witness = counter('gateway_witness_troubles_total', 'Checkpoints that were not cosigned, by reason', [
    'code',
  ]);
  const logAlarms = counter(
    'gateway_access_log_alarms_total',
    'Entries that do not open or are missing, changed rows of the search index, troubles of writing and indexing',
    ['alarm'],
  );
  const lag = new Gauge({
    name: 'gateway_access_log_index_lag_entries',
    help: 'Entries of the access log that its search index does not have yet',
    registers,
  });
  return {
    ...buildWatchMetrics(registry),
    step: (step, milliseconds) => ofStep[step].observe(milliseconds / 1_000),
    answer: (status, code) => answers.labels(String(status), code).inc(),
    unauthenticated: (code) => unauthenticated.labels(code).inc(),
    tokenRefused: (reason) => tokensRefused.labels(reason).inc(),
    keySetFailure: () => keySetFailures.inc(),
    registerCall(register, outcome, milliseconds, count) {
      const id = `${register} ${outcome}`;
      let of = ofCall.get(id);
      if (!of)
        ofCall.set(id, (of = { calls: calls.labels(register, outcome), items: items.labels(register) }));
      of.calls.observe(milliseconds / 1_000);
      of.items.inc(count);
    },
    circuit: (register, state) => circuits.labels(register, state).inc(),
    strayRows: (register, count) => stray.labels(register).inc(count),
    unknownProtection: (register, count) => protections.labels(register).inc(count),
    paper: (state, count) => papers.labels(state).inc(count),
    notice: (register, outcome) => notices.labels(register, outcome).inc(),
    noticeBus: (isCurrent) => bus.set(isCurrent ? 1 : 0),
    cacheHits: (count) => hits.inc(count),
    cacheMisses: (count) => misses.inc(count),
    cacheFailure: (operation) => cache.labels(`failed-${operation}`).inc(),
    cacheAlarm: (alarm) => alarms.labels(alarm).inc(),
    logEntries: (count) => entries.inc(count),
    agreementAlarm: (alarm) => agreementAlarms.inc({ alarm }),
    witnessTrouble: (code) => witness.labels(code).inc(),
    logAlarm: (alarm, count) => logAlarms.labels(alarm).inc(count),
    indexLag: (count) => lag.set(count),
    inFlight: (change) => (change === 1 ? inFlight.inc() : inFlight.dec()),
    liveStream(change) {
      if (change === 1) streamsOpened.inc();
      streams.inc(change);
    },
    expose: async () => ({ contentType: registry.contentType, body: await registry.metrics() }),
  };
}
