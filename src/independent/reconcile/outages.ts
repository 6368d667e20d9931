import { z } from 'zod';
import type { Entry } from '../../log-format/entry-format.ts';
import { REQUEST_TIME_LIMITS } from './window.ts';

const DetailFormat = z.strictObject({ from: z.int().nonnegative(), to: z.int().nonnegative() });

/** When a log could not be written, as it states itself. Milliseconds since 1970. */
export interface Outage {
  readonly log: string;
  /** First write that failed. */
  readonly from: number;
  /** Recovery. */
  readonly to: number;
}

/** FORMAT.md: what an entry states of its own log; null where it states nothing of the kind. */
export function outageIn({ answer, first, tree }: Entry): Outage | null {
  if (answer.caller.kind !== 'gateway' || answer.purpose !== 'log-outage') return null;
  const { data } = DetailFormat.safeParse(first?.detail);
  // It is stated after the recovery: what has not come yet cannot be excused.
  const to = Math.min(data?.to ?? 0, answer.time);
  return data && data.from <= to ? { log: tree.log, from: data.from, to } : null;
}

/** The calls that lie in a stated outage. */
export interface OutageCalls extends Outage {
  /** Calls without an entry. Nothing should have left the gateway for them, and nothing shows that. */
  readonly calls: number;
  /** Calls with an entry in this log, which says that it could not be written at that time. */
  readonly written: number;
}

interface Counted {
  readonly outage: Outage;
  /** The latest recovery of this outage and those before it. */
  readonly latest: number;
  calls: number;
  written: number;
}

/** Outages of all logs, in which calls may have no entry. They are counted, since an operator can state what never was. */
export class Outages {
  /** Sorted by their begin. */
  readonly #all: readonly Counted[];
  readonly #tolerance: number;

  /** `tolerance` is how much clocks may differ, in milliseconds. */
  constructor(outages: readonly Outage[], tolerance: number) {
    this.#tolerance = tolerance;
    let latest = -Infinity;
    this.#all = outages
      .toSorted((one, other) => one.from - other.from)
      .map((outage) => {
        latest = Math.max(latest, outage.to);
        return { outage, latest, calls: 0, written: 0 };
      });
  }

  get counted(): readonly OutageCalls[] {
    return this.#all.map(({ outage, calls, written }) => ({ ...outage, calls, written }));
  }

  /** Tells whether a register's line of that time may be of a request that ended in an outage. */
  hasAt(time: number): boolean {
    return this.#ofLine(time) !== null;
  }

  /** A call without an entry; by the time of its line. */
  countAbsent(time: number): void {
    const found = this.#ofLine(time);
    if (found) found.calls += 1;
  }

  /** An answer that has its entry; by the time of its request. */
  countWritten({ log, time }: { readonly log: string; readonly time: number }): void {
    // A request shortly before the recovery may have waited for it.
    const found = this.#find(
      time,
      time + REQUEST_TIME_LIMITS.longestRequest.value,
      (one) => one.outage.log === log,
    );
    if (found) found.written += 1;
  }

  #ofLine(time: number): Counted | null {
    // A request had asked already when its entry could not be written.
    return this.#find(
      time + this.#tolerance + REQUEST_TIME_LIMITS.longestRequest.value,
      time - this.#tolerance,
      () => true,
    );
  }

  /** Finds an outage that began by `begun` and ended at `ended` or later. */
  #find(begun: number, ended: number, accept: (one: Counted) => boolean): Counted | null {
    let [low, high] = [0, this.#all.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#all[middle]?.outage.from ?? 0) <= begun) low = middle + 1;
      else high = middle;
    }
    for (let one = this.#all[(low -= 1)]; one && one.latest >= ended; one = this.#all[(low -= 1)]) {
      if (one.outage.to >= ended && accept(one)) return one;
    }
    return null;
  }
}
