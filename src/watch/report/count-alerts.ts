import type { AccessLogReader } from '../../access-log/read/log-reader.ts';
import type { SearchPlace } from '../../access-log/read/search/candidates.ts';
import { EVERYTHING } from '../../access-log/queries/audit-scope.ts';
import type { Limits } from '../../config/limits.ts';
import type { ReportAlerts } from './daily-report.ts';

export const REPORT_ALERT_LIMITS = {
  page: { value: 100, unit: 'acts', why: 'Acts about alerts are read in pages of this size.' },
  late: {
    value: 86_400_000,
    unit: 'ms',
    why: 'An alert that waits longer is named with its office and its days.',
  },
} as const satisfies Limits;

const DAY_MS = 86_400_000;
const NAME = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;

/** One act about an alert, as the log has it. */
export interface StatedAlert {
  readonly alert: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Rule of an alert that was opened, reason of one that was closed, registered client behind it: whatever the act states. */
  readonly rule: string | null;
  readonly reason: string | null;
  readonly client: string | null;
}

/** Acts about alerts by what was done. */
export interface StatedAlerts {
  readonly opened: readonly StatedAlert[];
  readonly explained: readonly StatedAlert[];
  readonly escalated: readonly StatedAlert[];
  readonly closed: readonly StatedAlert[];
  readonly reopened: readonly StatedAlert[];
}

/** Reads all acts about alerts up to a time. */
export async function readAlertActs(
  reader: Pick<AccessLogReader, 'search'>,
  until: number,
): Promise<StatedAlerts> {
  const acts = async (purpose: string): Promise<readonly StatedAlert[]> => {
    const found: StatedAlert[] = [];
    let after: SearchPlace | null = null;
    do {
      const page = await reader.search(
        { ...EVERYTHING, clients: ['gateway'], purpose, until },
        { first: REPORT_ALERT_LIMITS.page.value, after },
      );
      for (const { answer } of page.entries) {
        const detail = answer.first.detail ?? {};
        const text = (name: string): string | null => {
          const value = detail[name];
          // Names of closed lists alone: a note of somebody's may hold anything.
          return typeof value === 'string' && NAME.test(value) ? value : null;
        };
        const alert = text('alert');
        if (alert === null || answer.head.caller.kind !== 'gateway') continue;
        const act = { alert, rule: text('rule'), reason: text('reason'), client: text('client') };
        found.push({ ...act, time: answer.head.time });
      }
      after = page.next;
    } while (after !== null);
    return found;
  };
  const [opened, explained, escalated, closed, reopened] = [
    await acts('alert-opened'),
    await acts('alert-explained'),
    await acts('alert-escalated'),
    await acts('alert-closed'),
    await acts('alert-reopened'),
  ];
  return { opened, explained, escalated, closed, reopened };
}

/** Counts the acts of a span, and what is open at its end. An alert that was reopened is open again. */
export function countAlerts(
  acts: StatedAlerts,
  { from, until }: { readonly from: number; readonly until: number },
  nameOf: (client: string) => string,
): ReportAlerts {
  const within = (all: readonly StatedAlert[]): readonly StatedAlert[] =>
    all.filter(({ time }) => time >= from && time <= until);
  const closedAt = latestOfEach(acts.closed);
  const reopenedAt = latestOfEach(acts.reopened);
  const isOpen = ({ alert, time }: StatedAlert): boolean =>
    (closedAt.get(alert) ?? 0) < Math.max(time, reopenedAt.get(alert) ?? 0);
  const waiting = acts.opened.filter(isOpen);
  const opened = within(acts.opened);
  const closed = within(acts.closed);
  const oldest = waiting.reduce<number | null>(
    (first, { time }) => (first === null || time < first ? time : first),
    null,
  );
  const late = waiting.filter(({ time }) => until - time > REPORT_ALERT_LIMITS.late.value);
  return {
    opened: opened.length,
    openedByRule: countsOf(opened.map(({ rule }) => rule)),
    explained: within(acts.explained).length,
    escalated: within(acts.escalated).length,
    closed: closed.length,
    closedByReason: countsOf(closed.map(({ reason }) => reason)),
    waiting: waiting.length,
    oldestDays: oldest === null ? null : Math.floor((until - oldest) / DAY_MS),
    late: [...Map.groupBy(late, ({ client }) => client ?? '-')]
      .map(([office, own]) => ({
        office,
        name: nameOf(office),
        alerts: own.length,
        days: Math.floor((until - Math.min(...own.map(({ time }) => time))) / DAY_MS),
      }))
      .sort((one, other) => other.days - one.days || (one.office < other.office ? -1 : 1)),
  };
}

function latestOfEach(acts: readonly StatedAlert[]): ReadonlyMap<string, number> {
  const latest = new Map<string, number>();
  for (const { alert, time } of acts) latest.set(alert, Math.max(time, latest.get(alert) ?? 0));
  return latest;
}

function countsOf(names: readonly (string | null)[]): ReportAlerts['openedByRule'] {
  return [...Map.groupBy(names, (name) => name ?? '-')]
    .map(([name, all]) => ({ name, count: all.length }))
    .sort((one, other) => other.count - one.count || (one.name < other.name ? -1 : 1));
}
