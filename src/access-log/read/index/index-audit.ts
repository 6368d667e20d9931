import { setImmediate as giveTurn } from 'node:timers/promises';
import type { Limits } from '../../../config/limits.ts';
import type { IndexDatabase } from '../../stores/index-database.ts';
import type { Gap } from '../search/unreadable-entries.ts';
import type { DerivedRows } from './derived-rows.ts';
import type { SubjectTags } from './subject-tags.ts';

export const INDEX_AUDIT_LIMITS = {
  entries: {
    value: 1_000,
    unit: 'entries',
    why: 'Each query compares so many entries of the index with the log, some ten milliseconds, and after a start each second does, until all were compared once.',
  },
  groups: { value: 50, unit: 'groups', why: 'A group costs a row of the log, however few entries it has.' },
} as const satisfies Limits;

/** How far the comparison of one log's index is. */
interface Progress {
  /** The next leaf to look at. */
  next: number;
  /** Rows were changed by somebody: nothing is answered before all of them were compared. */
  isSuspect: boolean;
  /** All was compared since the start. */
  isCompared: boolean;
}

/**
 * Compares the index with the log. The gateway's own login may change the index, and a row that says `refused` or names
 * another client would hide an access from everybody. The database itself tells when somebody else has changed rows, for
 * one small read: then all is compared before anything is answered. Beside that the index is compared in rounds, once
 * after each start and a part with each query; an idle gateway compares nothing. What differs is told and put right.
 */
export class IndexAudit {
  readonly #index: IndexDatabase;
  readonly #derived: DerivedRows;
  readonly #onGap: (gap: Gap) => void;
  readonly #onChanged: (gap: Gap) => void;
  readonly #logs = new Map<string, Progress>();
  #mark: number | null = null;

  constructor(
    parts: {
      readonly index: IndexDatabase;
      readonly onGap?: (gap: Gap) => void;
      readonly onIndexChanged?: (gap: Gap) => void;
    },
    derived: DerivedRows,
  ) {
    this.#index = parts.index;
    this.#derived = derived;
    this.#onGap = parts.onGap ?? (() => undefined);
    this.#onChanged = parts.onIndexChanged ?? (() => undefined);
  }

  /** Asks the database whether anybody changed rows. Rejects with StoreFault. */
  async look(): Promise<void> {
    const mark = await this.#index.changeMark();
    if (this.#mark !== null && mark !== this.#mark) {
      for (const progress of this.#logs.values()) suspect(progress, 0);
    }
    this.#mark = mark;
  }

  /** Rows from this leaf on stood in places where they were to be put. */
  suspectFrom(log: string, leaf: number): void {
    suspect(this.#progressOf(log), leaf);
  }

  /** Tells that the index says of itself what nobody with its key wrote. */
  tellForged(gap: Gap): void {
    this.#onChanged(gap);
  }

  /**
   * Compares what is to be compared now: all where rows were changed, else the next part. `isAsked`: a query waits for it.
   * Rejects with StoreFault.
   */
  async step(log: string, indexedTo: number, tags: SubjectTags, isAsked: boolean): Promise<void> {
    const progress = this.#progressOf(log);
    if (!progress.isSuspect && progress.isCompared && !isAsked) return;
    if (progress.next >= indexedTo) progress.next = 0;
    let looked = 0;
    let groups = 0;
    while (progress.next < indexedTo) {
      const part = await this.#derived.from(log, progress.next, INDEX_AUDIT_LIMITS.groups.value, tags);
      if (part.to === progress.next) break;
      // Entries that another instance has written meanwhile are not indexed yet.
      if (part.to <= indexedTo && !(await this.#index.holds(part))) {
        await this.#index.replace(part);
        this.#onChanged({ log, firstLeaf: part.from, leaves: part.to - part.from });
        for (const gap of part.gaps) this.#onGap(gap);
      }
      looked += part.to - progress.next;
      groups += part.groups.length;
      progress.next = part.to;
      if (progress.isSuspect) await giveTurn();
      else if (isEnough(looked, groups)) break;
    }
    if (progress.next < indexedTo) return;
    progress.isSuspect = false;
    progress.isCompared = true;
  }

  #progressOf(log: string): Progress {
    let progress = this.#logs.get(log);
    if (!progress) this.#logs.set(log, (progress = { next: 0, isSuspect: false, isCompared: false }));
    return progress;
  }
}

function suspect(progress: Progress, leaf: number): void {
  progress.next = progress.isSuspect ? Math.min(progress.next, leaf) : leaf;
  progress.isSuspect = true;
}

function isEnough(entries: number, groups: number): boolean {
  return entries >= INDEX_AUDIT_LIMITS.entries.value || groups >= INDEX_AUDIT_LIMITS.groups.value * 20;
}
