import { setImmediate as giveTurn } from 'node:timers/promises';
import type { IndexDatabase, IndexedAnswer, IndexedSubject } from '../stores/index-database.ts';
import type { FullGroup, LogRows } from '../stores/log-rows.ts';
import { GroupPace } from './group-pace.ts';
import { AccessLogNotGenuine, type GroupOpener } from './opened-answer.ts';
import type { SubjectTags } from './subject-tags.ts';

const ENTRIES_A_BATCH = 20_000;

export interface IndexerParts {
  readonly rows: LogRows;
  readonly index: IndexDatabase;
  readonly opener: GroupOpener;
  readonly tags: SubjectTags;
}

/** Follows the logs with the search index, a batch at a time. */
export class Indexer {
  readonly #parts: IndexerParts;
  readonly #pace = new GroupPace(ENTRIES_A_BATCH);
  #following: Promise<void> | null = null;

  constructor(parts: IndexerParts) {
    this.#parts = parts;
  }

  /** Settles once everything is indexed that stood in the logs when it was called. */
  async catchUp(): Promise<void> {
    // A round that began before may have passed by what was written since.
    if (this.#following) await this.#following.catch(() => undefined);
    this.#following ??= this.#follow().finally(() => (this.#following = null));
    await this.#following;
  }

  async #follow(): Promise<void> {
    const { rows, index } = this.#parts;
    for (const log of await rows.logs()) {
      const end = await rows.end(log);
      const size = end?.size ?? 0;
      let next = await index.progress(log);
      if (next > size) {
        await index.forget(log);
        next = 0;
      }
      while (next < size) {
        await giveTurn();
        const after = await this.#indexFrom(log, next);
        if (after === next) break;
        next = after;
      }
    }
  }

  async #indexFrom(log: string, leaf: number): Promise<number> {
    const { rows, index, opener } = this.#parts;
    const groups = await rows.groupsFrom(log, leaf, this.#pace.groups);
    this.#pace.note(groups);
    const last = groups.at(-1);
    if (!last) return leaf;
    const unknown = opener.missing(groups.map(({ sealKey }) => sealKey));
    if (unknown.length > 0) opener.learn(await rows.sealKeys(unknown));
    const nextLeaf = last.firstLeaf + last.leaves;
    const answers = groups.flatMap((group) => group.answers.map((answer) => indexed(log, answer)));
    // In the index's own order, so that each of its pages is touched once.
    const subjects = groups
      .flatMap((group) => this.#subjectsOf(group))
      .toSorted((one, other) => one.tag.compare(other.tag));
    await index.add({ log, nextLeaf, answers, subjects });
    // Another instance may have been at it too, and further.
    return Math.max(nextLeaf, await index.progress(log));
  }

  #subjectsOf(group: FullGroup): readonly IndexedSubject[] {
    if (group.answers.length === 0) return [];
    const { opener, tags } = this.#parts;
    const subjects = opener.subjectsIn(group);
    // Passed over, its entries would be missing from every search, and nobody would know.
    if (!subjects) throw new AccessLogNotGenuine(group.answers[0]?.id ?? '');
    return group.answers.flatMap((answer, place) =>
      (subjects[place] ?? []).map((subject, n): IndexedSubject => ({
        tag: tags.of(subject, answer.time),
        time: answer.time,
        log: group.log,
        leaf: answer.firstLeaf + n,
      })),
    );
  }
}

interface Head {
  readonly caller: { readonly client: string; readonly officer: string; readonly key: string | null };
  readonly purpose: string | null;
  readonly case: string | null;
  readonly outcome: string;
}

function indexed(log: string, answer: FullGroup['answers'][number]): IndexedAnswer {
  const { caller, purpose, case: caseId, outcome } = JSON.parse(answer.head) as Head;
  return {
    log,
    firstLeaf: answer.firstLeaf,
    leaves: answer.leaves,
    time: answer.time,
    client: caller.client,
    officer: caller.officer,
    tokenKey: caller.key,
    purpose,
    caseId,
    outcome,
    registers: `,${[...registersIn(answer.tails)].sort().join()},`,
  };
}

const REGISTER = '"register":"';

/** An expression that matches makes an object a match, of which a mass answer has thousands. */
function registersIn(tails: string): ReadonlySet<string> {
  const registers = new Set<string>();
  for (let at = tails.indexOf(REGISTER); at >= 0; at = tails.indexOf(REGISTER, at)) {
    at += REGISTER.length;
    registers.add(tails.slice(at, tails.indexOf('"', at)));
  }
  return registers;
}
