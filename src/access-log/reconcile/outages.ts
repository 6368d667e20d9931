import { z } from 'zod';
import type { Entry } from '../format/entry-format.ts';
import { LONGEST_REQUEST } from './window.ts';

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
  return data && data.from <= data.to ? { log: tree.log, ...data } : null;
}

/** How many calls without an entry lie in a stated outage: nothing should have left the gateway, and nothing shows that. */
export interface OutageCalls extends Outage {
  readonly calls: number;
}

/** Outages of all logs, in which calls may have no entry. They are counted, since an operator can state what never was. */
export class Outages {
  readonly #all: { readonly outage: Outage; readonly latest: number; calls: number }[];
  readonly #tolerance: number;

  /** `tolerance` is how much clocks may differ, in milliseconds. */
  constructor(outages: readonly Outage[], tolerance: number) {
    this.#tolerance = tolerance;
    let latest = -Infinity;
    this.#all = outages
      .toSorted((one, other) => one.from - other.from)
      .map((outage) => ({ outage, latest: (latest = Math.max(latest, outage.to)), calls: 0 }));
  }

  /** Whether a register's line of that time may be of a request that ended in an outage. */
  hasAt(time: number): boolean {
    return this.#at(time) !== null;
  }

  /** To be told once a call. */
  count(time: number): void {
    const found = this.#at(time);
    if (found) found.calls += 1;
  }

  get counted(): readonly OutageCalls[] {
    return this.#all.map(({ outage, calls }) => ({ ...outage, calls }));
  }

  #at(time: number): { calls: number } | null {
    // A request had asked already when its entry could not be written.
    const begun = time + this.#tolerance + LONGEST_REQUEST;
    const ended = time - this.#tolerance;
    let at = this.#all.findLastIndex(({ outage }) => outage.from <= begun);
    for (let one = this.#all[at]; one && one.latest >= ended; one = this.#all[(at -= 1)]) {
      if (one.outage.to >= ended) return one;
    }
    return null;
  }
}
