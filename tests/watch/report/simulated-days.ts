import type { AnswerRecord } from '../../../src/access-log/entry/answer-record.ts';
import { gatewayAct, type GatewayAct } from '../../../src/access-log/entry/gateway-act.ts';
import type { ReportSources } from '../../../src/watch/report/build-report.ts';
import type { KeptActivity } from '../../../src/watch/series/activity.ts';
import { LatencyHistogram } from '../../../src/watch/series/latency-histogram.ts';
import type { AuthoredGroup } from '../../access-log/export/log-author.ts';
import { exampleRecord, SUBJECTS } from '../../access-log/support/example-record.ts';

/** The day that the tests report. */
export const DAY = '2026-11-25';
const MIDNIGHT = Date.parse('2026-11-24T17:00:00Z');
const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** Registered clients with their places. */
export const OFFICES = new Map([
  ['hn-hoankiem-civil', { name: 'UBND phường Hoàn Kiếm, bộ phận hộ tịch', unit: '00070', province: null }],
  ['hn-hoankiem-social', { name: 'UBND phường Hoàn Kiếm, trợ giúp xã hội', unit: '00070', province: null }],
  [
    'hcm-business-registry',
    { name: 'Sở Tài chính TP. Hồ Chí Minh, đăng ký kinh doanh', unit: null, province: '79' },
  ],
  ['inspectorate', { name: 'Thanh tra Chính phủ', unit: null, province: null }],
]);

/** Numbers of a fixed seed (a linear congruential generator, Numerical Recipes). */
function numbersFrom(seed: number): { below(end: number): number } {
  let state = seed;
  return {
    below(end) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return Math.floor((state / 2 ** 32) * end);
    },
  };
}

/** Answers of three days by several offices, refusals and acts among them; the middle day is the one that is reported. */
export function simulatedGroups(): readonly AuthoredGroup[] {
  const random = numbersFrom(13);
  const clients = [...OFFICES];
  const groups: AuthoredGroup[] = [];
  for (let at = MIDNIGHT - DAY_MS; at < MIDNIGHT + 2 * DAY_MS; at += 40 * 60_000) {
    const answers = Array.from({ length: 1 + random.below(3) }, (_none, n): Partial<AnswerRecord> => {
      const [client = '', office] = clients[random.below(clients.length)] ?? [];
      const isRefused = random.below(5) === 0;
      return {
        client,
        agency: office?.name ?? client,
        time: at - n * 900,
        purpose: random.below(2) === 0 ? 'civil-status-registration' : 'inspection',
        subjects: SUBJECTS.slice(0, 1 + random.below(SUBJECTS.length)),
        ...(isRefused ? { outcome: 'refused', code: 'CASE_NOT_VALID', subjects: [] } : {}),
      };
    });
    groups.push({ at, answers });
  }
  return [...groups, ...edges(), ...alerts()].toSorted((one, other) => one.at - other.at);
}

/** Requests of the day's last second that are written on the next day, and one of a citizen. */
function edges(): readonly AuthoredGroup[] {
  const late = exampleRecord({ time: MIDNIGHT + DAY_MS - 1 });
  const early = exampleRecord({ time: MIDNIGHT });
  const citizen = exampleRecord({
    client: 'vneid',
    agency: 'VNeID',
    callerKind: 'citizen',
    citizen: '001190900011',
    time: MIDNIGHT + 1,
  });
  return [
    { at: MIDNIGHT + 2_000, answers: [early, citizen] },
    { at: MIDNIGHT + DAY_MS + 4_000, answers: [late] },
  ];
}

function alerts(): readonly AuthoredGroup[] {
  const act = (at: number, purpose: string, detail: object): AuthoredGroup => ({
    at,
    answers: [gatewayAct('gateway-1', { purpose, at, detail }) satisfies GatewayAct],
  });
  const [old, closed, fresh] = ['0', '1', '2'].map((one) => one.repeat(32));
  const opened = (alert: string | undefined, at: number, rule: string): AuthoredGroup =>
    act(at, 'alert-opened', { alert: alert ?? '', rule, client: 'hn-hoankiem-civil' });
  return [
    opened(old, MIDNIGHT - 2 * DAY_MS + HOUR_MS, 'slow-drip'),
    opened(closed, MIDNIGHT + HOUR_MS, 'walking-identifiers'),
    opened(fresh, MIDNIGHT + 20 * HOUR_MS, 'walking-identifiers'),
    act(MIDNIGHT + 2 * HOUR_MS, 'alert-closed', {
      alert: closed ?? '',
      by: 'le.van.tra',
      reason: 'true-misuse',
      note: 'Nguyễn Văn A, 001190900011',
    }),
    // After the cut-off: it was still open on the day.
    act(MIDNIGHT + DAY_MS + HOUR_MS, 'alert-closed', {
      alert: fresh ?? '',
      by: 'le.van.tra',
      reason: 'wrong-data',
      note: '',
    }),
  ];
}

/** Kept days in which land was slow for two days, and the social office fell silent. */
export function simulatedSeries(): readonly KeptActivity[] {
  const times = (ms: number) => {
    const histogram = new LatencyHistogram();
    for (let one = 0; one < 50; one++) histogram.add(ms);
    return histogram.kept();
  };
  const row = (
    scope: KeptActivity['scope'],
    code: string,
    ago: number,
    ms: number,
    lastAt?: number,
  ): KeptActivity => ({
    scope,
    code,
    day: ago === 0 ? DAY : '2026-11-24',
    requests: 50,
    refused: 0,
    failed: 0,
    forms: 0,
    askedAnyway: 0,
    lastAt: lastAt ?? MIDNIGHT + DAY_MS - 60_000 - ago * DAY_MS,
    buckets: times(ms),
  });
  return [
    row('register', 'land', 1, 2_000),
    row('office', 'hn-hoankiem-civil', 1, 20),
    row('office', 'hn-hoankiem-social', 1, 20, MIDNIGHT - HOUR_MS),
    row('register', 'land', 0, 2_000),
    row('register', 'population', 0, 20),
    row('office', 'hn-hoankiem-civil', 0, 20),
    row('commune', '00070', 0, 20),
    row('gateway', '', 0, 20),
  ];
}

/** Sources of a report over a reader, with everything else simulated. `now`: milliseconds since 1970. */
export function simulatedSources(reader: ReportSources['reader'], now: () => number): ReportSources {
  return {
    instance: 'gateway-1',
    reader,
    series: (from, to) => simulatedSeries().filter(({ day }) => day >= from && day <= to),
    ledger: ({ from }) => ({
      forms: [
        {
          day: from,
          procedure: '1.001193',
          office: 'hn-hoankiem-civil',
          province: '01',
          forms: 4,
          usingPopulation: 3,
          fullyReused: 2,
        },
      ],
      components: [
        {
          day: from,
          procedure: '1.001193',
          office: 'hn-hoankiem-civil',
          province: '01',
          component: 0,
          state: 'REPLACED',
          cause: '',
          count: 4,
          askedAnyway: 1,
        },
      ],
    }),
    procedures: new Map(),
    registerNames: new Map([
      ['population', 'Cơ sở dữ liệu quốc gia về dân cư'],
      ['land', 'Cơ sở dữ liệu quốc gia về đất đai'],
    ]),
    officeOf: (client) => OFFICES.get(client) ?? null,
    now,
  };
}

/** Half past midnight after the day, when its report is due. */
export const DUE = MIDNIGHT + DAY_MS + HOUR_MS / 2;
