import { setImmediate as giveTurn } from 'node:timers/promises';
import type { Limits } from '../../../config/limits.ts';
import { VIET_NAM_OFFSET_MS } from '../../../log-format/viet-nam-time.ts';
import type { EntryAnswer } from '../../../log-format/entry-format.ts';
import { firstLeafSince } from '../../export/export-range.ts';
import type { FullGroup, LogRows } from '../../stores/log-rows.ts';
import { registersIn } from '../index/index-group.ts';

/** A span of time, both ends included; milliseconds since 1970. */
export interface TallySpan {
  readonly from: number;
  readonly until: number;
}

/** Answers that are alike in everything that is counted. */
export interface TalliedAnswers {
  readonly client: string;
  readonly agency: string;
  readonly kind: EntryAnswer['caller']['kind'];
  readonly purpose: string | null;
  /** Code of a refusal; null where it was answered. */
  readonly code: string | null;
  /** Registers of which they disclosed anything, sorted. */
  readonly registers: readonly string[];
  readonly answers: number;
  readonly entries: number;
}

/** Counts of a span, taken from the entries themselves: a recount from an export gives the same. */
export interface AnswerTally {
  /** The first and last groups of each log with entries of the span, up to but not `to`. */
  readonly logs: readonly { readonly log: string; readonly from: number; readonly to: number }[];
  /** Acts of the gateway itself have the kind `gateway`. */
  readonly rows: readonly TalliedAnswers[];
  /** Answers by hour of the day in Viet Nam, 24 numbers. Acts of the gateway are left out. */
  readonly hours: readonly number[];
  /** Entries that are not there any more, or do not read: the counts lack them. */
  readonly missing: number;
}

export const TALLY_LIMITS = {
  step: { value: 50, unit: 'groups', why: 'Read at once; between two steps others have their turn.' },
  late: {
    value: 600_000,
    unit: 'ms',
    why: 'An answer is written seconds after its request came; a group that was written so long after the span holds none of it.',
  },
} as const satisfies Limits;

const HOUR_MS = 3_600_000;

/** Counts the answers whose requests came within the span, over all logs of the store. It opens nothing that is sealed. */
export async function tallyAnswers(rows: LogRows, span: TallySpan): Promise<AnswerTally> {
  const counts = new Map<string, { -readonly [Name in keyof TalliedAnswers]: TalliedAnswers[Name] }>();
  const hours = Array.from({ length: 24 }, () => 0);
  const logs: { log: string; from: number; to: number }[] = [];
  let missing = 0;

  /** Counts one answer; false where it is not of the span. Throws where it does not read. */
  const count = ({ head: text, tails, leaves }: FullGroup['answers'][number]): boolean => {
    const { caller, purpose, code, time } = JSON.parse(text) as EntryAnswer;
    if (time < span.from || time > span.until) return false;
    const registers = [...registersIn(tails)].sort();
    const key = JSON.stringify([caller.client, caller.agency, caller.kind, purpose, code, registers]);
    const known = counts.get(key);
    if (known) {
      known.answers += 1;
      known.entries += leaves;
    } else {
      const { client, kind } = caller;
      const agency = caller.agency ?? client;
      counts.set(key, { client, agency, kind, purpose, code, registers, answers: 1, entries: leaves });
    }
    const hour = Math.floor((time + VIET_NAM_OFFSET_MS) / HOUR_MS) % 24;
    if (caller.kind !== 'gateway') hours[hour] = (hours[hour] ?? 0) + 1;
    return true;
  };
  /** Counts a group; false where nothing in it is of the span. */
  const countGroup = ({ answers, leaves, written }: FullGroup): boolean => {
    const isOfSpan = written >= span.from && written <= span.until;
    if (answers.length === 0 && isOfSpan) missing += leaves;
    let isCounted = false;
    for (const answer of answers) {
      try {
        isCounted = count(answer) || isCounted;
      } catch {
        if (isOfSpan) missing += answer.leaves;
      }
    }
    return isCounted;
  };

  for (const log of await rows.logs()) {
    const size = (await rows.end(log))?.size ?? 0;
    let next = await firstLeafSince(rows, log, span.from, size);
    const counted: { from: number; to: number }[] = [];
    let isWithin = true;
    while (isWithin && next < size) {
      const groups = await rows.groupsFrom(log, next, TALLY_LIMITS.step.value);
      for (const group of groups) {
        isWithin = group.written <= span.until + TALLY_LIMITS.late.value;
        if (!isWithin) break;
        const end = group.firstLeaf + group.leaves;
        if (group.firstLeaf > next && group.written <= span.until) missing += group.firstLeaf - next;
        if (countGroup(group)) counted.push({ from: group.firstLeaf, to: end });
        // The first and the last of them are enough.
        if (counted.length > 2) counted.splice(1, 1);
        next = end;
      }
      isWithin &&= groups.length > 0;
      await giveTurn();
    }
    const [first] = counted;
    if (first) logs.push({ log, from: first.from, to: counted.at(-1)?.to ?? first.to });
  }
  const sorted = [...counts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row);
  return { logs, rows: sorted, hours, missing };
}
