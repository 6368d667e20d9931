import type { ReadEntry } from '../reading/entry-reader.ts';
import { Tampering } from '../faults/tampering.ts';
import type { CosignedAt } from './cosigned-extent.ts';
import { WITNESS_CLOCK_LIMITS } from './cosigned-months.ts';

/** Sizes that follow one another and were cosigned within one hour of the witness. */
interface Span {
  /** Hours since 1970. */
  readonly hour: number;
  readonly smallest: number;
  largest: number;
}

const HOUR = 3_600;

/**
 * Compares the times that entries state with those of cosignatures. An entry of a tree that a witness has cosigned was
 * written before that, and one that the tree did not have yet was written afterwards. It counts by hour, so that memory
 * does not grow with the checkpoints.
 */
export class CosignedHours {
  readonly #spans: Span[] = [];
  /** By span: the earliest hour of it and all later spans; made once the spans are known. */
  #earliest: readonly number[] | null = null;
  /** The first span that holds more entries than were read. */
  #at = 0;
  /** The latest hour in which a tree without the next entry was cosigned. */
  #latest = -Infinity;

  /** Sizes are added in ascending order. */
  add(size: number, { earliest }: CosignedAt): void {
    const hour = Math.floor(earliest / HOUR);
    const last = this.#spans.at(-1);
    if (last?.hour === hour) last.largest = size;
    else this.#spans.push({ hour, smallest: size, largest: size });
  }

  /** Entries are given in ascending order. Throws Tampering. */
  accept({ time }: Pick<ReadEntry, 'time'>, index: number): void {
    this.#earliest ??= suffixMinima(this.#spans);
    while ((this.#spans[this.#at]?.largest ?? Infinity) <= index) {
      this.#latest = Math.max(this.#latest, this.#spans[this.#at]?.hour ?? -Infinity);
      this.#at += 1;
    }
    const current = this.#spans[this.#at];
    const isInside = current !== undefined && current.smallest <= index;
    const after = Math.max(this.#latest, isInside ? current.hour : -Infinity) * HOUR;
    const before = ((this.#earliest[this.#at] ?? Infinity) + 1) * HOUR;
    const seconds = time / 1000;
    const { value: difference } = WITNESS_CLOCK_LIMITS.difference;
    if (seconds > before + difference) {
      throw new Tampering(
        'times-contradicted',
        index,
        'A witness had cosigned it before the time that it states.',
      );
    }
    if (seconds < after - difference) {
      throw new Tampering(
        'times-contradicted',
        index,
        'A witness cosigned the tree without it after the time that it states.',
      );
    }
  }
}

function suffixMinima(spans: readonly Span[]): readonly number[] {
  const minima: number[] = [];
  let least = Infinity;
  for (const { hour } of spans.toReversed()) minima.unshift((least = Math.min(least, hour)));
  return minima;
}
