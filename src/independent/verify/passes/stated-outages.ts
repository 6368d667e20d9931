import { z } from 'zod';
import type { ReadEntry } from '../reading/entry-reader.ts';

const DetailFormat = z.strictObject({ from: z.int().nonnegative(), to: z.int().nonnegative() });

/** FORMAT.md: times in which the log could not be written, as it states; how many and how long, since nothing proves them. */
export class StatedOutages {
  count = 0;
  milliseconds = 0;

  accept({ act }: ReadEntry): void {
    if (act?.purpose !== 'log-outage') return;
    const { data } = DetailFormat.safeParse(act.detail);
    this.count += 1;
    this.milliseconds += data ? Math.max(0, data.to - data.from) : 0;
  }
}
