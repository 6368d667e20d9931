import { randomBytes } from 'node:crypto';
import { createEntryId } from '../../src/access-log/entry/entry-id.ts';
import type { AccessLogWriter } from '../../src/access-log/entry/access-log-writer.ts';
import type { AnswerRecord } from '../../src/access-log/entry/answer-record.ts';
import type { StoreSettings } from '../../src/access-log/stores/open-store.ts';
import { buildAccessLog } from '../../src/access-log/write/group-commit.ts';
import type { RegisterDisclosure, SubjectDisclosure } from '../../src/disclosure/disclosure-recorder.ts';
import { exampleRecord, KEYS } from '../access-log/support/example-record.ts';

/** Of one process, compilation not counted. */
export interface AppendMeasure {
  readonly appends: number;
  readonly milliseconds: number;
  /** Of an append, in ms. */
  readonly p50: number;
  readonly p99: number;
  /** Of all threads, and of the one that answers requests. */
  readonly cpuMicroseconds: number;
  readonly mainMicroseconds: number;
  /** Resident, at each of the sizes. */
  readonly megabytes: readonly number[];
}

interface Wanted {
  readonly store: StoreSettings | null;
  readonly appenders: number;
  readonly milliseconds: number;
  /** Entries. */
  readonly sizes: readonly number[];
}

const WARM_UP_MS = 3_000;
const SUBJECTS = 10;
// As a plan has them: the same lists for every answer.
const PERSON = ['Citizen.personalId', 'Citizen.name', 'PersonName.full', 'Citizen.birthDate', 'Citizen.sex'];
const PARCELS = ['Citizen.landParcels', 'LandParcel.id', 'LandParcel.area'];

const wanted = JSON.parse(process.argv[2] ?? '') as Wanted;
const none: AccessLogWriter = {
  append: async () => null,
  isHealthy: () => true,
  close: async () => undefined,
};
const log = wanted.store === null ? none : await buildAccessLog({ store: wanted.store, ...KEYS });
let appends = 0;
const latencies: number[] = [];

async function appendUntil(isEnough: () => boolean): Promise<void> {
  const appendOn = async (): Promise<void> => {
    while (!isEnough()) {
      const startedAt = performance.now();
      await log.append(recordOfTen());
      // As a request would: something of the event loop is between two answers.
      await new Promise(setImmediate);
      latencies.push(performance.now() - startedAt);
      appends += 1;
    }
  };
  await Promise.all(Array.from({ length: wanted.appenders }, appendOn));
}

const megabytes: number[] = [];
for (const size of wanted.sizes) {
  await appendUntil(() => appends * SUBJECTS >= size);
  megabytes.push(process.memoryUsage.rss() / 1_048_576);
}
const warmUntil = performance.now() + Math.min(WARM_UP_MS, wanted.milliseconds);
await appendUntil(() => performance.now() > warmUntil);
appends = 0;
latencies.length = 0;
const cpuBefore = process.cpuUsage();
const mainBefore = process.threadCpuUsage();
const startedAt = performance.now();
await appendUntil(() => performance.now() > startedAt + wanted.milliseconds);
const milliseconds = performance.now() - startedAt;
const cpu = process.cpuUsage(cpuBefore);
const main = process.threadCpuUsage(mainBefore);
await log.close();
latencies.sort((a, b) => a - b);
const measure: AppendMeasure = {
  appends,
  milliseconds,
  p50: latencies[Math.floor(latencies.length * 0.5)] ?? 0,
  p99: latencies[Math.floor(latencies.length * 0.99)] ?? 0,
  cpuMicroseconds: cpu.user + cpu.system,
  mainMicroseconds: main.user + main.system,
  megabytes,
};
process.stdout.write(JSON.stringify(measure));

function recordOfTen(): AnswerRecord {
  const now = Date.now();
  return exampleRecord({
    id: createEntryId(now),
    time: now,
    requestId: randomBytes(8).toString('hex'),
    subjects: Array.from({ length: SUBJECTS }, (_, n) => subjectOf(n)),
  });
}

function subjectOf(n: number): SubjectDisclosure {
  const of = (register: 'population' | 'land', coordinates: readonly string[]): RegisterDisclosure => ({
    register,
    coordinates,
    status: 'value',
    age: 'live',
    isCached: false,
    upstreamIds: ['c0ffee00-0000-4000-8000-000000000001'],
  });
  return {
    subject: { kind: 'person', key: `00119090${String(n).padStart(4, '0')}` },
    outcome: 'disclosed',
    rule: null,
    inputs: '0000----',
    caseIds: [],
    disclosed: [of('population', PERSON), of('land', PARCELS)],
  };
}
