import type { Limits } from '../../../config/limits.ts';
import type { IndexDatabase } from '../../stores/index-database.ts';
import type { Gap } from '../search/unreadable-entries.ts';
import type { DerivedRows } from './derived-rows.ts';
import type { SubjectTags } from './subject-tags.ts';

export const INDEX_AUDIT_LIMITS = {
  entries: {
    value: 1_000,
    unit: 'entries',
    why: 'Each query, and each second, compares so many entries of the index with the log: some ten milliseconds.',
  },
  groups: { value: 50, unit: 'groups', why: 'A group costs a row of the log, however few entries it has.' },
} as const satisfies Limits;

/**
 * Compares the index with the log, in rounds, a part at a time. The gateway's own login may change the index, and a row
 * that says `refused` or names another client would hide an access from everybody. What differs is told and put right.
 * A log of up to a thousand entries is compared whole before each query; a longer one in the course of time.
 */
export class IndexAudit {
  readonly #index: IndexDatabase;
  readonly #derived: DerivedRows;
  readonly #onGap: (gap: Gap) => void;
  readonly #onChanged: (gap: Gap) => void;
  /** The next leaf to look at, by log. */
  readonly #next = new Map<string, number>();

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

  /** Compares the next part of what is indexed. Rejects with StoreFault. */
  async step(log: string, indexedTo: number, tags: SubjectTags): Promise<void> {
    let looked = 0;
    let groups = 0;
    let leaf = this.#next.get(log) ?? 0;
    if (leaf >= indexedTo) leaf = 0;
    while (leaf < indexedTo && looked < INDEX_AUDIT_LIMITS.entries.value) {
      const part = await this.#derived.from(log, leaf, INDEX_AUDIT_LIMITS.groups.value, tags);
      if (part.to === leaf) break;
      // Entries that another instance has written meanwhile are not indexed yet.
      if (part.to <= indexedTo && !(await this.#index.holds(part))) {
        await this.#index.replace(part);
        this.#onChanged({ log, firstLeaf: part.from, leaves: part.to - part.from });
        for (const gap of part.gaps) this.#onGap(gap);
      }
      looked += part.to - leaf;
      groups += part.groups.length;
      leaf = part.to;
      if (groups >= INDEX_AUDIT_LIMITS.groups.value * 20) break;
    }
    this.#next.set(log, leaf);
  }
}
