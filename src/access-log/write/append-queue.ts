import type { Limits } from '../../config/limits.ts';
import { GatewayError } from '../../errors.ts';
import type { RecordDraft } from './group/draft-lines.ts';

/** A record on its way to the disk, and the answer that waits for it. */
export interface Appending {
  readonly draft: RecordDraft;
  /** Time on the clock of performance.now(). */
  readonly deadlineAt: number;
  readonly resolve: (receipt: string | null) => void;
  readonly reject: (error: GatewayError) => void;
}

export const GROUP_LIMITS = {
  records: {
    value: 256,
    unit: 'answers',
    why: 'A group is one transaction: all of its answers wait for one sync to disk.',
  },
  characters: {
    value: 4_000_000,
    unit: 'characters',
    why: 'A group of mass answers must not hold the other answers up.',
  },
} as const satisfies Limits;

export function refuse({ reject }: Pick<Appending, 'reject'>): void {
  reject(new GatewayError('ACCESS_LOG_UNAVAILABLE'));
}

/** Records in the order of their arrival: those being written first, then those that wait. */
export class AppendQueue {
  #writing: readonly Appending[] = [];
  #waiting: Appending[] = [];

  get length(): number {
    return this.#writing.length + this.#waiting.length;
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** When the first of them runs out of time; null where there is none. */
  get nextDeadline(): number | null {
    return (this.#writing[0] ?? this.#waiting[0])?.deadlineAt ?? null;
  }

  push(appending: Appending): void {
    this.#waiting.push(appending);
  }

  /** The next group to write, perhaps empty. */
  takeGroup(): readonly Appending[] {
    let size = 0;
    let characters = 0;
    for (const { draft } of this.#waiting) {
      if (size === GROUP_LIMITS.records.value || (size > 0 && characters > GROUP_LIMITS.characters.value))
        break;
      size += 1;
      characters += draft.afters.length;
    }
    this.#writing = this.#waiting.splice(0, size);
    return this.#writing;
  }

  /** The group is done with; those that ran out of time meanwhile have been refused already. */
  endGroup(settle: (appending: Appending, position: number) => void, group: readonly Appending[]): void {
    this.#writing = [];
    for (const [position, appending] of group.entries()) settle(appending, position);
  }

  /** Nothing of the group was written: it keeps its place and its deadlines, and what ran out of time is refused. */
  putBack(group: readonly Appending[], now: number): void {
    this.#writing = [];
    this.#waiting.unshift(...group.filter(({ deadlineAt }) => deadlineAt > now));
    group.filter(({ deadlineAt }) => deadlineAt <= now).forEach(refuse);
  }

  /** Refuses what is out of time, and tells whether there was any. What is being written may still reach the disk. */
  expire(now: number): boolean {
    const isLate = ({ deadlineAt }: Appending): boolean => deadlineAt <= now;
    const late = [...this.#writing.filter(isLate), ...this.#waiting.filter(isLate)];
    if (late.length === 0) return false;
    this.#writing = this.#writing.filter((appending) => !isLate(appending));
    this.#waiting = this.#waiting.filter((appending) => !isLate(appending));
    late.forEach(refuse);
    return true;
  }
}
