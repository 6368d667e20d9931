import type { Limits } from '../../config/limits.ts';
import type { CachedRecord, FillMark } from '../record-cache.ts';

export const EVICTION_LIMITS = {
  subjects: {
    value: 500_000,
    unit: 'subjects',
    why: 'Past them the whole cache is invalid at once: that is slower, and never wrong.',
  },
  memory: {
    value: 7_200_000,
    unit: 'ms',
    why: 'Longer than any record lives in a cache: what was filled before a notice is gone by then.',
  },
} as const satisfies Limits;

interface Evicted {
  readonly position: number;
  readonly at: number;
}

/**
 * Tells which cached records notices have made invalid, on one instance. Nothing is deleted: each record carries the mark that was taken
 * before its register was asked, and is believed only where no notice about one of its subjects has come since. So a fill that
 * races with a notice never brings the old record back, in whatever cache it lies, and no clock is compared with another.
 */
export class Evictions {
  #era: string;
  #position = 0;
  /** Records that were marked before this position are invalid, whoever they are about. */
  #floor = 0;
  /** By subject, oldest notice first. */
  readonly #bySubject = new Map<string, Evicted>();
  readonly #now: () => number;
  readonly #maxSubjects: number;

  constructor(
    era: string,
    now: () => number = () => performance.now(),
    maxSubjects: number = EVICTION_LIMITS.subjects.value,
  ) {
    this.#era = era;
    this.#now = now;
    this.#maxSubjects = maxSubjects;
  }

  /** The mark of a record that is asked for now. */
  mark(): FillMark {
    return { era: this.#era, position: this.#position };
  }

  get era(): string {
    return this.#era;
  }

  get position(): number {
    return this.#position;
  }

  /** A notice stands at this position of the era. A position that was applied before changes nothing. */
  evict(subjects: readonly string[], position: number): void {
    const evicted: Evicted = { position, at: this.#now() };
    for (const subject of subjects) {
      if ((this.#bySubject.get(subject)?.position ?? 0) >= position) continue;
      // Deleted first, so that the map stays in the order of notices.
      this.#bySubject.delete(subject);
      this.#bySubject.set(subject, evicted);
    }
    this.#prune();
    if (this.#bySubject.size > this.#maxSubjects) this.invalidateBefore(position);
  }

  /** Every notice up to this position has been applied here: what is asked for from now on is newer. */
  reach(position: number): void {
    this.#position = Math.max(this.#position, position);
  }

  /** All records that were marked before this position are invalid. */
  invalidateBefore(position: number): void {
    this.#floor = Math.max(this.#floor, position);
    for (const [subject, { position: at }] of this.#bySubject) {
      if (at <= this.#floor) this.#bySubject.delete(subject);
    }
  }

  /** The history of notices has another beginning: every record of before is invalid. */
  begin(era: string): void {
    this.#era = era;
    this.#position = 0;
    this.#floor = 0;
    this.#bySubject.clear();
  }

  isValid({ mark, subjects }: Pick<CachedRecord, 'mark' | 'subjects'>): boolean {
    if (mark.era !== this.#era || mark.position < this.#floor) return false;
    if (this.#bySubject.size === 0) return true;
    return subjects.every((subject) => mark.position >= (this.#bySubject.get(subject)?.position ?? 0));
  }

  #prune(): void {
    const oldest = this.#now() - EVICTION_LIMITS.memory.value;
    for (const [subject, { at }] of this.#bySubject) {
      if (at >= oldest) return;
      this.#bySubject.delete(subject);
    }
  }
}
