import { buildLogReader, type AccessLogReader } from '../../src/access-log/read/log-reader.ts';
import { openRowsAndIndex } from '../../src/access-log/read/open-reader.ts';
import type { LogFilter } from '../../src/access-log/read/search/candidates.ts';
import type { StoreSettings } from '../../src/access-log/stores/open-store.ts';
import { EVERYTHING } from '../../src/access-log/queries/audit-scope.ts';
import { SEAL_KEYS } from '../access-log/support/example-record.ts';
import {
  clientId,
  FIRST_DAY,
  HALF,
  LAST_MOMENT,
  officerOf,
  OFFICERS,
  personalId,
  PERSONS,
  TWO_PERCENT,
} from './log-search-country.ts';

/** Child of log-search.ts: `STORE ENTRIES`. Indexes, asks, and prints a line a measurement: `name|p50|p99|found`. */
const [storeText = '', entriesText = ''] = process.argv.slice(2);
const searchKeys = [{ id: 'search-1', key: Buffer.alloc(32, 0x33) }] as const;
const reader = buildLogReader({
  ...openRowsAndIndex(JSON.parse(storeText) as StoreSettings),
  sealKeys: SEAL_KEYS,
  searchKeys,
});
const ALL: LogFilter = { ...EVERYTHING, from: FIRST_DAY, until: LAST_MOMENT };
const LAST_MONTH = { from: Date.UTC(2025, 11, 1), until: LAST_MOMENT };
const FIRST_PAGE = { first: 50, after: null };

await once('index', async () => {
  await reader.follow();
  return Number(entriesText);
});
await searches('subject, 24 months', 200, () => ({ subject: drawSubject() }));
await searches('subject, 1 month', 200, () => ({ ...LAST_MONTH, subject: drawSubject() }));
await searches('officer', 100, () => ({ officer: officerOf(2, Math.floor(Math.random() * OFFICERS)) }));
await searches('client + register', 50, (at) => ({ clients: [clientId(at % 50)], register: 'land' }));
await searches('client + rare coordinate', 5, (at) => ({
  clients: [clientId(3 + at)],
  coordinate: 'Citizen.religion',
}));
await once('counts by day', async () => (await reader.counts(ALL, 'DAY')).length);
await once('counts by day, a client', async () => {
  return (await reader.counts({ ...ALL, clients: [clientId(TWO_PERCENT)] }, 'DAY')).length;
});
await once('counts by officer', async () => (await reader.counts(ALL, 'OFFICER')).length);
await once('breach, 2 percent', () => breachOf(reader, TWO_PERCENT));
await once('breach, an officer', async () => {
  const filter = { ...ALL, officer: officerOf(2, 0) };
  return (await reader.breach(filter, { from: 0, count: 0 })).subjectCount;
});
await once('breach, half', () => breachOf(reader, HALF));
await reader.close();

function drawSubject(): NonNullable<LogFilter['subject']> {
  return { kind: 'person', key: personalId(Math.floor(Math.random() * PERSONS)) };
}

async function breachOf(of: AccessLogReader, client: number): Promise<number> {
  const { subjectCount } = await of.breach({ ...ALL, clients: [clientId(client)] }, { from: 0, count: 0 });
  return subjectCount;
}

async function searches(name: string, times: number, filterOf: (at: number) => object): Promise<void> {
  const milliseconds: number[] = [];
  let found = 0;
  for (let at = 0; at < times; at++) {
    const before = performance.now();
    const { entries } = await reader.search({ ...ALL, ...filterOf(at) }, FIRST_PAGE);
    milliseconds.push(performance.now() - before);
    found += entries.length;
  }
  const sorted = milliseconds.toSorted((one, other) => one - other);
  report(name, sorted[Math.floor(times / 2)] ?? 0, sorted[Math.ceil(times * 0.99) - 1] ?? 0, found / times);
}

async function once(name: string, ask: () => Promise<number>): Promise<void> {
  const before = performance.now();
  const found = await ask();
  const milliseconds = performance.now() - before;
  report(name, milliseconds, milliseconds, found);
}

/** `maxRSS` is in KiB: the most that the process ever had. */
function report(name: string, p50: number, p99: number, found: number): void {
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  const resident = Math.round(process.memoryUsage.rss() / 1_048_576);
  process.stdout.write(`${[name, p50.toFixed(1), p99.toFixed(1), found, resident, peak].join('|')}\n`);
}
