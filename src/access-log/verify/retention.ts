import { RetentionDetailFormat } from '../format/entry-format.ts';
import type { CheckpointChain } from './checkpoint-chain.ts';
import type { ReadEntry } from './entry-reader.ts';
import { Tampering } from './tampering.ts';

/** Circular 46/2022/TT-BCA: logs are kept for 12 months at least. */
const MONTHS = 12;
const HOUR = 3_600_000;
/** Months are Viet Nam's (UTC+7); one that is counted in UTC begins later, which is no fault. */
const OFFSET = 7 * HOUR;

/** Removed entries that follow one another. */
interface RemovedRun {
  readonly from: number;
  to: number;
  /** Latest time of an entry before the run; -Infinity where there is none. */
  readonly latestBefore: number;
}

/**
 * Removed entries wait here for the entry about retention that covers them, which stands after them. Memory grows with
 * the gaps that wait.
 */
export class Retention {
  #waiting: RemovedRun[] = [];
  #latest = -Infinity;
  #removed = 0;
  readonly #cosignedIn: CheckpointChain['cosignedIn'];

  constructor(cosignedIn: CheckpointChain['cosignedIn']) {
    this.#cosignedIn = cosignedIn;
  }

  /** Entries that were removed. */
  get removed(): number {
    return this.#removed;
  }

  noteRemoved(index: number): void {
    this.#removed += 1;
    const last = this.#waiting.at(-1);
    if (last?.to === index) last.to = index + 1;
    else this.#waiting.push({ from: index, to: index + 1, latestBefore: this.#latest });
  }

  noteKept({ time }: ReadEntry): void {
    if (time > this.#latest) this.#latest = time;
  }

  /** Throws Tampering where the entry about retention is malformed or covers what may not be removed yet. */
  accept(entry: ReadEntry, index: number): void {
    const parsed = RetentionDetailFormat.safeParse(entry.act?.detail);
    if (!parsed.success || parsed.data.from > parsed.data.to || parsed.data.to > index) {
      throw new Tampering('malformed-entry', index, 'The entry about retention states no range before it.');
    }
    const { from, to, before } = parsed.data;
    const covered = this.#waiting.filter((run) => run.from < to && run.to > from);
    const first = Math.max(from, covered[0]?.from ?? index);
    if (monthOf(entry.time) < monthAfter(before)) {
      const detail = `The entry about retention (${index}) removed entries of ${before} and before.`;
      throw new Tampering('retention-too-early', first, detail);
    }
    // Who was asked after the month began stands before the removed one: so that was written after the month began.
    const late = covered.find((run) => run.latestBefore >= Date.parse(`${before}-01T00:00:00Z`) + HOUR);
    if (late) {
      throw new Tampering('retention-too-early', late.from, `It was written later than ${before} began.`);
    }
    // Where nothing was kept before them, only a witness tells when they were written.
    const seen = [...this.#cosignedIn].flatMap(([month, size]) => (month >= before ? [size] : []));
    const since = Math.min(...seen);
    const young = covered.find((run) => Math.min(run.to, to) > since);
    if (young) {
      const detail = `A witness had seen all before it when ${before} began.`;
      throw new Tampering('retention-too-early', Math.max(young.from, since), detail);
    }
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
}

function without(run: RemovedRun, from: number, to: number): readonly RemovedRun[] {
  if (to <= run.from || from >= run.to) return [run];
  const before = run.from < from ? [{ ...run, to: from }] : [];
  const after = run.to > to ? [{ ...run, from: to }] : [];
  return [...before, ...after];
}

function monthOf(epochMs: number): string {
  const date = new Date(epochMs + OFFSET);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 7);
}

/** `yyyy-mm`, 12 months later. */
function monthAfter(month: string): string {
  const [year = '', ofYear = ''] = month.split('-');
  return `${String(Number(year) + MONTHS / 12).padStart(4, '0')}-${ofYear}`;
}
