import type { Limits } from '../../../config/limits.ts';
import type { IndexPart } from '../../stores/index-database.ts';
import type { FullGroup, LogRows } from '../../stores/log-rows.ts';
import type { GroupOpener } from '../opened-answer.ts';
import { signedTimeOf } from '../signed-times.ts';
import { statedRemovalEnd } from '../stated-removal.ts';
import { gapAt, indexGroup, type IndexedGroup } from './index-group.ts';
import type { SubjectTags } from './subject-tags.ts';

export const REMOVED_END_LIMITS = {
  kept: {
    value: 5_000,
    unit: 'ms',
    why: 'The newest entry about retention is searched for from the end of the log backwards, at most this often.',
  },
} as const satisfies Limits;

/** Rows that the index must have, with the groups that they come from. */
export interface DerivedPart extends IndexPart {
  readonly groups: readonly FullGroup[];
}

/** Makes the rows of the index from the log. Groups that are missing between two others are a gap like any other. */
export class DerivedRows {
  readonly #rows: LogRows;
  readonly #opener: GroupOpener;
  readonly #removed = new Map<string, { readonly end: number; readonly at: number }>();

  constructor({ rows, opener }: { readonly rows: LogRows; readonly opener: GroupOpener }) {
    this.#rows = rows;
    this.#opener = opener;
  }

  /** The rows of so many groups from a leaf on. Nothing where the log ends there. Rejects with StoreFault. */
  async from(log: string, leaf: number, count: number, tags: SubjectTags): Promise<DerivedPart> {
    const groups = await this.#rows.groupsFrom(log, leaf, count);
    await this.#opener.learnKeysOf(groups, this.#rows);
    const parts: IndexedGroup[] = [];
    let next = leaf;
    for (const [at, group] of groups.entries()) {
      // The group that holds the leaf, where it does not begin one.
      if (next === leaf && group.firstLeaf < leaf) next = group.firstLeaf;
      const { firstLeaf, leaves } = group;
      if (firstLeaf > next) {
        parts.push({
          answers: [],
          subjects: [],
          gaps: [gapAt(log, next, firstLeaf - next, timeAmong(groups, at))],
        });
      }
      const end = group.answers.length === 0 ? await this.removedEnd(log, firstLeaf + leaves) : 0;
      parts.push(indexGroup({ ...group, written: timeAmong(groups, at) }, this.#opener, tags, end));
      next = firstLeaf + leaves;
    }
    const from = Math.min(leaf, groups[0]?.firstLeaf ?? leaf);
    return {
      log,
      from,
      to: next,
      groups,
      answers: parts.flatMap(({ answers }) => answers),
      subjects: parts.flatMap(({ subjects }) => subjects),
      gaps: parts.flatMap(({ gaps }) => gaps),
    };
  }

  /** The end of what was removed after its time, read again where it does not reach as far as asked. */
  async removedEnd(log: string, leaf: number): Promise<number> {
    const known = this.#removed.get(log);
    const now = performance.now();
    if (known && (known.end >= leaf || now - known.at < REMOVED_END_LIMITS.kept.value)) return known.end;
    const end = await statedRemovalEnd(this.#rows, log);
    this.#removed.set(log, { end, at: now });
    return end;
  }
}

/**
 * The time of writing of a group, which nobody signed, no further away than the signed times of the groups beside it. A
 * gap that was dated years back would be missing from every search of today.
 */
function timeAmong(groups: readonly FullGroup[], at: number): number {
  const before = signedTimeOf(groups.slice(0, at).findLast(({ answers }) => answers.length > 0) ?? NOTHING);
  const after = signedTimeOf(groups.slice(at + 1).find(({ answers }) => answers.length > 0) ?? NOTHING);
  const written = groups[at]?.written ?? 0;
  return Math.min(Math.max(written, before ?? -Infinity), Math.max(before ?? -Infinity, after ?? Infinity));
}

const NOTHING = { answers: [] } as const;
