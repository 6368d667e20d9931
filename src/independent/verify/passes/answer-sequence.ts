import type { ReadEntry } from '../reading/entry-reader.ts';
import { Tampering } from '../faults/tampering.ts';

export const ANSWER_SEQUENCE_LIMITS = {
  rememberedIds: {
    value: 4096,
    unit: 'answers',
    why: 'A repeated id is noticed among so many answers. Ids are random, so that a copy stands near its original or was moved.',
  },
} as const;

/** Entries of one answer stand together, in order, complete, and agree in all that they share. */
export class AnswerSequence {
  #open: ReadEntry | null = null;
  #openedAt = 0;
  readonly #recent = new Set<string>();

  /** Throws Tampering where the entry is not the next of its answer. */
  accept(entry: ReadEntry, index: number): void {
    const open = this.#open;
    if (!open) this.#start(entry, index);
    else this.#continue(open, entry, index);
    this.#open = entry.n + 1 < entry.entries ? entry : null;
  }

  /**
   * Called at the end and where entries were removed: the entries of one answer were written together and are removed
   * together.
   */
  mustBeComplete(): void {
    if (this.#open) throw broken(this.#openedAt, 'Its last entries are missing.');
  }

  #continue(open: ReadEntry, entry: ReadEntry, index: number): void {
    const isOfThis = entry.id === open.id;
    // A copy that was numbered anew: it breaks the answer too, but that is not what was done.
    if (isOfThis ? entry.n <= open.n : this.#recent.has(entry.id)) {
      throw new Tampering(
        'duplicated',
        index,
        'It is of the place in an answer that an entry before it has.',
      );
    }
    const isNext =
      entry.answerText === open.answerText &&
      entry.n === open.n + 1 &&
      !entry.hasFirst &&
      entry.commitments.request === open.commitments.request &&
      entry.commitments.answer === open.commitments.answer;
    if (!isNext) throw broken(index, 'It is not the next entry of the answer before.');
  }

  #start(entry: ReadEntry, index: number): void {
    if (this.#recent.has(entry.id)) {
      throw new Tampering('duplicated', index, 'An answer has the id of another shortly before it.');
    }
    if (entry.n !== 0 || !entry.hasFirst)
      throw broken(index, 'An answer does not begin with its first entry.');
    this.#openedAt = index;
    this.#recent.add(entry.id);
    if (this.#recent.size > ANSWER_SEQUENCE_LIMITS.rememberedIds.value) {
      for (const oldest of this.#recent) {
        this.#recent.delete(oldest);
        break;
      }
    }
  }
}

function broken(index: number, detail: string): Tampering {
  return new Tampering('broken-answer', index, detail);
}
