import type { ReadEntry } from '../reading/entry-reader.ts';

export const STATED_TIME_LIMITS = {
  back: {
    value: 300_000,
    unit: 'ms',
    why: 'Requests that come one after the other are answered in another order, but not by minutes.',
  },
} as const;

/** Counts places where entries state an earlier time than one before them. A log whose clock went back says so itself. */
export class ClockSteps {
  /** Steps back that an entry states. */
  stated = 0;
  /** Steps back that no entry states; nothing but a witness tells when the entries around them were written. */
  unstated = 0;
  #latest = -Infinity;

  accept({ act, time }: Pick<ReadEntry, 'act' | 'time'>): void {
    const isBack = time < this.#latest - STATED_TIME_LIMITS.back.value;
    if (act?.purpose === 'clock-went-back') this.stated += 1;
    else if (isBack) this.unstated += 1;
    this.#latest = isBack || act?.purpose === 'clock-went-back' ? time : Math.max(this.#latest, time);
  }
}
