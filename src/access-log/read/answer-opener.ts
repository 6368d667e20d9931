import { LRUCache } from 'lru-cache';
import type { Limits } from '../../config/limits.ts';
import type { LogRows, StoredAnswer, StoredGroup } from '../stores/log-rows.ts';
import {
  AccessLogNotGenuine,
  hashesFrom,
  openAnswer,
  type AnswerParts,
  type GroupOpener,
  type OpenedAnswer,
} from './opened-answer.ts';

export const OPENED_ANSWER_LIMITS = {
  kept: {
    value: 100_000,
    unit: 'entries',
    why: 'Opened entries are kept for the next query, about 100 MB of them.',
  },
} as const satisfies Limits;

/** Opened answers by their first leaves. */
type GroupOpenings = ReadonlyMap<number, AnswerParts>;

/** Opens answers wherever they lie; groups that were opened lately are not opened again. */
export class AnswerOpener {
  readonly #rows: LogRows;
  readonly #opener: GroupOpener;
  readonly #groups = new LRUCache<string, GroupOpenings>({
    maxSize: OPENED_ANSWER_LIMITS.kept.value,
    sizeCalculation: entriesIn,
  });

  constructor(rows: LogRows, opener: GroupOpener) {
    this.#rows = rows;
    this.#opener = opener;
  }

  /** Opens answers in the given order. An answer that does not open is null. */
  async openAll(answers: readonly StoredAnswer[]): Promise<readonly (OpenedAnswer | null)[]> {
    const groups = await this.#groupsOf(answers);
    return answers.map((answer) =>
      openedOrNull(answer, groups.get(`${answer.log} ${answer.group}`)?.get(answer.firstLeaf)),
    );
  }

  /** Held apart from the cache: what one call reads could push out what it found there. */
  async #groupsOf(answers: readonly StoredAnswer[]): Promise<ReadonlyMap<string, GroupOpenings>> {
    const groups = new Map<string, GroupOpenings>();
    const missing = new Map<string, Set<number>>();
    for (const { log, group } of answers) {
      const known = this.#groups.get(`${log} ${group}`);
      if (known) {
        groups.set(`${log} ${group}`, known);
        continue;
      }
      const ofLog = missing.get(log);
      if (ofLog) ofLog.add(group);
      else missing.set(log, new Set([group]));
    }
    for (const [log, firstLeaves] of missing) {
      const stored = await this.#rows.groupsAt(log, [...firstLeaves]);
      await this.#opener.learnKeysOf(stored, this.#rows);
      for (const group of stored) {
        const openings = this.#openingsIn(group);
        groups.set(`${log} ${group.firstLeaf}`, openings);
        this.#groups.set(`${log} ${group.firstLeaf}`, openings);
      }
    }
    return groups;
  }

  /** Opens a group. The answers' first leaves follow from the number of entries of each. */
  #openingsIn(group: StoredGroup): GroupOpenings {
    const byLeaf = new Map<number, AnswerParts>();
    let leaf = group.firstLeaf;
    for (const openings of this.#opener.open(group) ?? []) {
      byLeaf.set(leaf, { openings, leafHashes: hashesFrom(group, leaf) });
      leaf += openings.entries.length;
    }
    return byLeaf;
  }
}

function openedOrNull(answer: StoredAnswer, parts: AnswerParts | undefined): OpenedAnswer | null {
  try {
    return openAnswer(answer, parts);
  } catch (error) {
    if (error instanceof AccessLogNotGenuine) return null;
    throw error;
  }
}

/** A group may hold those of hundreds of mass answers: what is kept is bounded by entries. */
function entriesIn(group: GroupOpenings): number {
  let entries = 1;
  for (const { openings } of group.values()) entries += openings.entries.length;
  return entries;
}
