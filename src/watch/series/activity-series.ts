import type { Limits } from '../../config/limits.ts';
import { startOfVietNamDay, vietNamDay } from '../../log-format/viet-nam-time.ts';
import {
  Activity,
  ACTIVITY_SCOPES,
  judgedDay,
  type ActivityScope,
  type JudgedDay,
  type KeptActivity,
} from './activity.ts';
import type { SeriesFile } from './series-file.ts';

const DAY_MS = 86_400_000;

export const SERIES_LIMITS = {
  writeEvery: {
    value: 10_000,
    unit: 'ms',
    why: 'Counts are written together. They are statistics: a crash may lose the last seconds of them.',
  },
  remembered: {
    value: 28,
    unit: 'days',
    why: 'So long a register or an office that fell silent is still named; its earlier days are in the reports.',
  },
  kept: { value: 400, unit: 'days', why: 'A report of a year ago can be made anew with its times.' },
} as const satisfies Limits;

/** The days before today of one thing, oldest first. */
export type PastDays = readonly JudgedDay[];

/**
 * Today's counts in memory, and the days before as they are kept. The memory is bounded: registers, registered clients, 34 provinces and
 * 3,321 communes are all that can be counted.
 */
export class ActivitySeries {
  readonly #file: SeriesFile;
  readonly #now: () => number;
  readonly #onLost: (rows: number) => void;
  #day: string;
  #today = emptyDay();
  readonly #past = emptyPast();

  constructor(file: SeriesFile, now: () => number, onLost: (rows: number) => void) {
    this.#file = file;
    this.#now = now;
    this.#onLost = onLost;
    this.#day = vietNamDay(now());
    this.#load();
  }

  get day(): string {
    return this.#roll();
  }

  /** Counts of today; they begin with the first request. */
  of(scope: ActivityScope, code: string): Activity {
    this.#roll();
    const known = this.#today[scope].get(code);
    if (known) return known;
    const created = new Activity();
    this.#today[scope].set(code, created);
    return created;
  }

  /** Everything that was counted today, by code. */
  today(scope: ActivityScope): ReadonlyMap<string, Activity> {
    this.#roll();
    return this.#today[scope];
  }

  /** The remembered days before today. */
  past(scope: ActivityScope, code: string): PastDays {
    return this.#past[scope].get(code) ?? [];
  }

  /** Last sign of life today or on a remembered day, milliseconds since 1970; null where there is none. */
  lastAt(scope: ActivityScope, code: string): number | null {
    return (
      this.#today[scope].get(code)?.lastAt ??
      this.past(scope, code).findLast(({ lastAt }) => lastAt !== null)?.lastAt ??
      null
    );
  }

  /** All codes of a scope that were met today or on a remembered day, in no order. */
  codes(scope: ActivityScope): Iterable<string> {
    this.#roll();
    return new Set(this.#today[scope].keys()).union(new Set(this.#past[scope].keys()));
  }

  /** Writes what has grown, and returns the kept days of a span. */
  read(from: string, to: string): readonly KeptActivity[] {
    this.write();
    return this.#file.read(from, to);
  }

  write(): void {
    const rows = ACTIVITY_SCOPES.flatMap((scope) =>
      [...this.#today[scope]].flatMap(([code, one]) => (one.isNew ? [one.kept(scope, code, this.#day)] : [])),
    );
    if (rows.length === 0) return;
    try {
      this.#file.write(rows);
      for (const scope of ACTIVITY_SCOPES) for (const one of this.#today[scope].values()) one.isNew = false;
    } catch {
      this.#onLost(rows.length);
    }
  }

  close(): void {
    this.write();
    this.#file.close();
  }

  /** Begins a new day of Viet Nam where one has begun. A clock that goes back begins none. */
  #roll(): string {
    const day = vietNamDay(this.#now());
    if (day <= this.#day) return this.#day;
    this.write();
    this.#pass(day);
    try {
      this.#file.removeBefore(dayBefore(day, SERIES_LIMITS.kept.value));
    } catch {
      // A request asked for the count, and goes on: the rows are removed a day later.
      this.#onLost(0);
    }
    return day;
  }

  /** Today's counts become past ones. Nothing is read: a request asked for the count, and must not wait. */
  #pass(day: string): void {
    const oldest = dayBefore(day, SERIES_LIMITS.remembered.value);
    for (const scope of ACTIVITY_SCOPES) {
      const past = this.#past[scope];
      for (const [code, one] of this.#today[scope]) {
        const days = past.get(code);
        if (days) days.push(one.judged(this.#day));
        else past.set(code, [one.judged(this.#day)]);
      }
      for (const [code, days] of past) {
        while (days[0] && days[0].day < oldest) days.shift();
        if (days.length === 0) past.delete(code);
      }
    }
    this.#day = day;
    this.#today = emptyDay();
  }

  #load(): void {
    for (const row of this.#file.read(dayBefore(this.#day, SERIES_LIMITS.remembered.value), this.#day)) {
      const { scope, code, day } = row;
      if (day === this.#day) {
        this.#today[scope].set(code, new Activity(row));
        continue;
      }
      const days = this.#past[scope].get(code);
      if (days) days.push(judgedDay(row));
      else this.#past[scope].set(code, [judgedDay(row)]);
    }
  }
}

/** The day so many days earlier. */
export function dayBefore(day: string, days = 1): string {
  return vietNamDay(startOfVietNamDay(day) - days * DAY_MS);
}

function emptyDay(): Record<ActivityScope, Map<string, Activity>> {
  return {
    register: new Map(),
    office: new Map(),
    province: new Map(),
    commune: new Map(),
    gateway: new Map(),
  };
}

function emptyPast(): Record<ActivityScope, Map<string, JudgedDay[]>> {
  return {
    register: new Map(),
    office: new Map(),
    province: new Map(),
    commune: new Map(),
    gateway: new Map(),
  };
}
