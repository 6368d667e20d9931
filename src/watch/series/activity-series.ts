import type { Limits } from '../../config/limits.ts';
import { startOfVietNamDay, vietNamDay } from '../../log-format/viet-nam-time.ts';
import { Activity, ACTIVITY_SCOPES, type ActivityScope, type KeptActivity } from './activity.ts';
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
export type PastDays = readonly KeptActivity[];

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
  #past = new Map<string, KeptActivity[]>();

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
    return this.#past.get(`${scope} ${code}`) ?? [];
  }

  /** All codes of a scope that were met today or on a remembered day. */
  codes(scope: ActivityScope): readonly string[] {
    this.#roll();
    const codes = new Set(this.#today[scope].keys());
    for (const key of this.#past.keys()) {
      if (key.startsWith(`${scope} `)) codes.add(key.slice(scope.length + 1));
    }
    return [...codes].sort();
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
    this.#day = day;
    this.#today = emptyDay();
    try {
      this.#load();
      this.#file.removeBefore(dayBefore(day, SERIES_LIMITS.kept.value));
    } catch {
      // A request asked for the count: it goes on, and the days before are missing until the next day.
      this.#onLost(0);
    }
    return day;
  }

  #load(): void {
    this.#today = emptyDay();
    this.#past = new Map();
    for (const row of this.#file.read(dayBefore(this.#day, SERIES_LIMITS.remembered.value), this.#day)) {
      const { scope, code, day } = row;
      if (day === this.#day) this.#today[scope].set(code, new Activity(row));
      else {
        const key = `${scope} ${code}`;
        const days = this.#past.get(key);
        if (days) days.push(row);
        else this.#past.set(key, [row]);
      }
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
