import { setImmediate as giveTurn } from 'node:timers/promises';
import type { Limits } from '../../../config/limits.ts';
import type { IndexDatabase } from '../../stores/index-database.ts';
import type { LogRows } from '../../stores/log-rows.ts';
import { GroupPace } from './group-pace.ts';
import { DerivedRows } from './derived-rows.ts';
import { IndexAudit } from './index-audit.ts';
import type { GroupOpener } from '../opened-answer.ts';
import type { SubjectTags, TagRing } from './subject-tags.ts';
import type { Gap } from '../search/unreadable-entries.ts';

export const INDEX_LIMITS = {
  batch: { value: 20_000, unit: 'entries', why: 'The index grows in transactions of this size.' },
  gapsRound: {
    value: 200,
    unit: 'gaps',
    why: 'One key that comes late may leave thousands of gaps to look at again.',
  },
  round: {
    value: 1_000,
    unit: 'ms',
    why: 'Gaps are looked at again at most this often.',
  },
  tries: {
    value: 10,
    unit: 'tries',
    why: 'Another instance may take the index in another direction. After so many tries the query fails.',
  },
} as const satisfies Limits;

export interface IndexerParts {
  readonly rows: LogRows;
  readonly index: IndexDatabase;
  readonly opener: GroupOpener;
  readonly tags: TagRing;
  /** Told of each gap when it is first met. */
  readonly onGap?: (gap: Gap) => void;
  /** Told of entries whose rows in the index were not those that the log has. They are put right. */
  readonly onIndexChanged?: (gap: Gap) => void;
}

/** The index's tags were made with a newer key than any here: a search would find nothing, and say nothing. */
export class SearchKeyMissing extends Error {
  override readonly name = 'SearchKeyMissing';
}

/** Instances whose keys differ make the index anew in turn: a search would find what happens to be there. */
export class IndexContested extends Error {
  override readonly name = 'IndexContested';
}

/** Follows the logs with the search index, a batch at a time. */
export class Indexer {
  readonly #parts: IndexerParts;
  readonly #pace = new GroupPace(INDEX_LIMITS.batch.value);
  #following: Promise<void> | null = null;
  /** Time on the clock of performance.now(). */
  #nextRoundAt = 0;
  /** The gap that the last round ended with, by log. */
  readonly #lookedAt = new Map<string, number>();
  readonly #derived: DerivedRows;
  readonly #audit: IndexAudit;

  constructor(parts: IndexerParts) {
    this.#parts = parts;
    this.#derived = new DerivedRows(parts);
    this.#audit = new IndexAudit(parts, this.#derived);
  }

  /** The first entry of a log that was not removed after its time, as the log itself states. */
  removedEnd(log: string, leaf: number): Promise<number> {
    return this.#derived.removedEnd(log, leaf);
  }

  /**
   * Settles once everything is indexed that stood in the logs when it was called, for a query. `onLag` is told first how
   * many entries were not. Rejects with SearchKeyMissing.
   */
  catchUp(): Promise<void> {
    return this.#inTurn(true, () => undefined);
  }

  /** The same while nobody asks: it compares nothing of the index that was compared once and that nobody changed. */
  follow(onLag: (entries: number) => void): Promise<void> {
    return this.#inTurn(false, onLag);
  }

  async #inTurn(isAsked: boolean, onLag: (entries: number) => void): Promise<void> {
    // A round that began before may have passed by what was written since.
    if (this.#following) await this.#following.catch(() => undefined);
    this.#following ??= this.#follow(isAsked, onLag).finally(() => (this.#following = null));
    await this.#following;
  }

  async #follow(isAsked: boolean, onLag: (entries: number) => void): Promise<void> {
    const { rows, index } = this.#parts;
    await this.#audit.look();
    const isRound = performance.now() >= this.#nextRoundAt;
    if (isRound) this.#nextRoundAt = performance.now() + INDEX_LIMITS.round.value;
    const ends: [log: string, size: number][] = [];
    let lag = 0;
    for (const log of await rows.logs()) {
      const size = (await rows.end(log))?.size ?? 0;
      lag += Math.max(0, size - ((await index.progress(log))?.nextLeaf ?? 0));
      ends.push([log, size]);
    }
    onLag(lag);
    for (const [log, size] of ends) {
      for (let tries = 1; !(await this.#followLog(log, size, { isRound, isAsked })); tries++) {
        if (tries === INDEX_LIMITS.tries.value) throw new IndexContested();
      }
    }
  }

  /** Indexes one log. Returns false where another instance took the index in another direction meanwhile. */
  async #followLog(
    log: string,
    size: number,
    { isRound, isAsked }: { readonly isRound: boolean; readonly isAsked: boolean },
  ): Promise<boolean> {
    const { tags, nextLeaf } = await this.#begin(log, size);
    if (isRound) await this.#lookAgain(log, tags);
    let next = nextLeaf;
    while (next < size) {
      await giveTurn();
      const after = await this.#indexFrom(log, next, tags);
      if (after === null) return false;
      if (after === next) break;
      next = after;
    }
    await this.#audit.step(log, next, tags, isAsked);
    return true;
  }

  /**
   * Finds where the log's index goes on. Rows that were made with a key that is gone, or for another log of that name,
   * are made anew.
   */
  async #begin(
    log: string,
    size: number,
  ): Promise<{ readonly tags: SubjectTags; readonly nextLeaf: number }> {
    const { index, tags } = this.#parts;
    const progress = await index.progress(log);
    if (!progress) return { tags: tags.newest, nextLeaf: 0 };
    const known = tags.named(progress.key);
    if (!known && !tags.isOlder(progress.key)) throw new SearchKeyMissing();
    if (known && progress.seal !== known.progressSeal(log, progress.nextLeaf)) {
      this.#audit.tellForged({ log, firstLeaf: 0, leaves: size });
    } else if (known && progress.nextLeaf <= size) {
      return { tags: known, nextLeaf: progress.nextLeaf };
    }
    await index.forget(log);
    return { tags: tags.newest, nextLeaf: 0 };
  }

  /** Returns where to go on; null where another instance has changed the index. */
  async #indexFrom(log: string, leaf: number, tags: SubjectTags): Promise<number | null> {
    const { index } = this.#parts;
    const read = await this.#derived.from(log, leaf, this.#pace.groups, tags);
    this.#pace.note(read.groups);
    if (read.to === leaf) return leaf;
    const { answers, subjects, gaps, to: nextLeaf } = read;
    // The rows are in the index's own order, so that each of its pages is touched once.
    const sorted = subjects.toSorted((one, other) => one.tag.compare(other.tag));
    const seal = tags.progressSeal(log, nextLeaf);
    const batch = { log, key: tags.key, seal, from: leaf, nextLeaf, answers, subjects: sorted, gaps };
    const addition = await index.add(batch);
    if (addition === 'refused') return null;
    if (addition === 'clashed') this.#audit.suspectFrom(log, leaf);
    for (const gap of gaps) this.#parts.onGap?.(gap);
    // Another instance may have been at it too, and further.
    return Math.max(nextLeaf, (await index.progress(log))?.nextLeaf ?? 0);
  }

  /** A row may have been put back, or a key have come. */
  async #lookAgain(log: string, tags: SubjectTags): Promise<void> {
    const { index } = this.#parts;
    const gaps = await index.all<{ readonly leaf: number; readonly leaves: number }>(
      `SELECT first_leaf AS leaf, leaves FROM ${index.schema}gaps WHERE log = ? AND first_leaf > ?
       ORDER BY first_leaf LIMIT ${INDEX_LIMITS.gapsRound.value}`,
      [log, this.#lookedAt.get(log) ?? -1],
    );
    this.#lookedAt.set(log, gaps.length < INDEX_LIMITS.gapsRound.value ? -1 : (gaps.at(-1)?.leaf ?? -1));
    for (const { leaf } of gaps) {
      const read = await this.#derived.from(log, leaf, 1, tags);
      if (read.gaps.length > 0 || read.from !== leaf || read.to === leaf) continue;
      await index.replace(read);
    }
  }
}
