import { VIET_NAM_OFFSET_MS } from '../../../log-format/viet-nam-time.ts';
import { RetentionDetailFormat } from '../../../log-format/entry-format.ts';
import { WITNESS_CLOCK_LIMITS, monthNumber, startOf, type CosignedMonths } from './cosigned-months.ts';
import type { ReadEntry } from '../reading/entry-reader.ts';
import { Tampering } from '../faults/tampering.ts';

export const RETENTION_LIMITS = {
  months: {
    value: 12,
    unit: 'months',
    why: 'Circular 46/2022/TT-BCA demands that logs are kept for at least 12 months.',
  },
} as const;

/** Removed entries that follow one another. */
interface RemovedRun {
  readonly from: number;
  to: number;
  /** Latest time of an entry before the run; -Infinity where there is none. */
  readonly latestBefore: number;
  /** Time of the entry that follows the run; null where it was removed too, or was not read yet. */
  timeAfter: number | null;
}

/** Removed entries of which no witness tells their age, and the newest statement about them. */
interface Unproven {
  readonly from: number;
  readonly to: number;
  readonly entries: number;
  readonly timeAfter: number | null;
  /** Milliseconds since 1970. */
  readonly statedAt: number;
}

/** The entry about retention that may have been written last, of those read so far. */
interface Statement {
  readonly index: number;
  /** First entry that it removed. */
  readonly first: number;
  /** Seconds since 1970 before which it was too early, by another clock than its own. */
  readonly notBefore: number;
}

/**
 * Removed entries wait here for the entry about retention that covers them, which stands after them. Memory grows with
 * the gaps that wait. When that entry was written its own time does not tell, which is the operator's word: what stands
 * after it was written later, and a witness that cosigned a tree with it in it, too.
 */
export class Retention {
  #waiting: RemovedRun[] = [];
  #latest = -Infinity;
  #removed = 0;
  #strictest: Statement | null = null;
  #ageUnknown = 0;
  /** Removed entries that a witness had seen in time, and the statement about them no witness yet. */
  #unseen = 0;
  #unproven: readonly Unproven[] = [];
  readonly #cosigned: CosignedMonths;

  constructor(cosigned: CosignedMonths) {
    this.#cosigned = cosigned;
  }

  /** Entries that were removed. */
  get removed(): number {
    return this.#removed;
  }

  /** The number of removed entries of which no witness tells that they were old enough. */
  get ageUnknown(): number {
    return this.#ageUnknown + this.#unseen;
  }

  /**
   * The number of removed entries that nothing shows to be old: no witness, and the entry that follows them was itself
   * not 12 months old when their removal was stated. Who sets the month of today's entries back leaves just that.
   */
  get youngBeside(): number {
    return this.#unproven
      .filter(({ timeAfter, statedAt }) => timeAfter === null || isYoung(timeAfter, statedAt))
      .reduce((sum, { entries }) => sum + entries, 0);
  }

  noteRemoved(index: number): void {
    this.#removed += 1;
    const last = this.#waiting.at(-1);
    if (last?.to === index) last.to = index + 1;
    else this.#waiting.push({ from: index, to: index + 1, latestBefore: this.#latest, timeAfter: null });
  }

  /** Throws Tampering where the entry was written before an entry about retention can have been. */
  noteKept({ time }: ReadEntry, index: number): void {
    if (time > this.#latest) this.#latest = time;
    const last = this.#waiting.at(-1);
    if (last?.to === index) last.timeAfter = time;
    this.#mustBeInTime(time / 1000, `Entry ${index} after it is of an earlier time.`);
  }

  /** A tree with all entries so far was cosigned at that time, seconds since 1970. Throws Tampering as above. */
  noteCosigned(seconds: number): void {
    this.#mustBeInTime(seconds, 'A witness had cosigned it before.');
    this.#unseen = 0;
  }

  /** Throws Tampering where the entry about retention is malformed or covers what may not be removed yet. */
  accept(entry: ReadEntry, index: number): void {
    const parsed = RetentionDetailFormat.safeParse(entry.act?.detail);
    if (!parsed.success || parsed.data.from > parsed.data.to || parsed.data.to > index) {
      throw new Tampering('malformed-entry', index, 'The entry about retention states no range before it.');
    }
    const { from, to, before } = parsed.data;
    const covered = this.#waiting.filter((run) => run.from < to && run.to > from);
    const month = monthNumber(before) + RETENTION_LIMITS.months.value;
    const statement = {
      index,
      first: Math.max(from, covered[0]?.from ?? index),
      notBefore: startOf(month) - WITNESS_CLOCK_LIMITS.difference.value,
    };
    if (!this.#strictest || statement.notBefore > this.#strictest.notBefore) this.#strictest = statement;
    if (entry.time / 1000 < startOf(month)) throw tooEarly(statement, 'So it says itself.');
    if (this.#cosigned.sizeSeenBefore(month) > index) {
      throw tooEarly(statement, 'A witness had cosigned it before.');
    }
    this.#mustBeOld(covered, parsed.data);
    this.#countAge(covered, parsed.data, this.#cosigned.largest > index, entry.time);
    this.#waiting = this.#waiting.flatMap((run) => without(run, from, to));
  }

  /** Throws Tampering where a removed entry is covered by none. */
  mustBeCovered(): void {
    const [run] = this.#waiting;
    if (run) {
      const detail = `No entry about retention covers ${run.from} up to ${run.to}.`;
      throw new Tampering('removed-without-retention', run.from, detail);
    }
  }

  #mustBeInTime(seconds: number, why: string): void {
    if (this.#strictest && seconds < this.#strictest.notBefore) throw tooEarly(this.#strictest, why);
  }

  #mustBeOld(
    covered: readonly RemovedRun[],
    { to, before }: { readonly to: number; readonly before: string },
  ): void {
    // Who was asked after the month began stands before the removed one: so that was written after the month began.
    const late = covered.find(
      (run) =>
        run.latestBefore >=
        Date.parse(`${before}-01T00:00:00Z`) + WITNESS_CLOCK_LIMITS.difference.value * 1000,
    );
    if (late) {
      throw new Tampering('retention-too-early', late.from, `It was written later than ${before} began.`);
    }
    // Where nothing was kept before them, only a witness tells when they were written.
    const since = this.#cosigned.sizeSince(monthNumber(before));
    const young = covered.find((run) => Math.min(run.to, to) > since);
    if (young) {
      const detail = `A witness had seen all before it when ${before} began.`;
      throw new Tampering('retention-too-early', Math.max(young.from, since), detail);
    }
  }

  #countAge(
    covered: readonly RemovedRun[],
    { from, to, before }: { readonly from: number; readonly to: number; readonly before: string },
    isSeen: boolean,
    statedAt: number,
  ): void {
    // The newest statement about an entry counts: it covers all that the ones before it did.
    this.#unproven = this.#unproven.map((one) =>
      from <= one.from && one.to <= to ? { ...one, statedAt } : one,
    );
    const old = this.#cosigned.sizeBefore(monthNumber(before));
    for (const run of covered) {
      const first = Math.max(run.from, from);
      const end = Math.min(run.to, to);
      const proven = Math.max(0, Math.min(end, old) - first);
      const entries = end - first - proven;
      this.#ageUnknown += entries;
      if (entries > 0) {
        const unproven = { from: first, to: end, entries, timeAfter: run.timeAfter, statedAt };
        this.#unproven = [...this.#unproven, unproven];
      }
      if (!isSeen) this.#unseen += proven;
    }
  }
}

function isYoung(time: number, statedAt: number): boolean {
  const local = new Date(time + VIET_NAM_OFFSET_MS);
  const month = local.getUTCFullYear() * 12 + local.getUTCMonth();
  return statedAt / 1000 < startOf(month + RETENTION_LIMITS.months.value);
}

function tooEarly({ index, first }: Statement, why: string): Tampering {
  return new Tampering(
    'retention-too-early',
    first,
    `The entry about retention (${index}) was written within ${RETENTION_LIMITS.months.value} months of what it removed. ${why}`,
  );
}

function without(run: RemovedRun, from: number, to: number): readonly RemovedRun[] {
  if (to <= run.from || from >= run.to) return [run];
  const before = run.from < from ? [{ ...run, to: from, timeAfter: null }] : [];
  const after = run.to > to ? [{ ...run, from: to }] : [];
  return [...before, ...after];
}
