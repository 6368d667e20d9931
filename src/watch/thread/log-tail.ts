import type { Limits } from '../../config/limits.ts';
import {
  AccessLogNotGenuine,
  hashesFrom,
  openAnswer,
  type GroupOpener,
  type OpenedAnswer,
} from '../../access-log/read/opened-answer.ts';
import { GroupPace } from '../../access-log/read/index/group-pace.ts';
import type { FullGroup, LogRows } from '../../access-log/stores/log-rows.ts';
import { DAY_MS } from '../access/watch-time.ts';

export const TAIL_LIMITS = {
  step: {
    value: 2_000,
    unit: 'entries',
    why: 'Read and judged in one step; between steps the thread answers queries.',
  },
  memory: {
    value: 35,
    unit: 'days',
    why: 'Where no state was kept, entries older than this only tell of alerts: no pattern looks further back.',
  },
} as const satisfies Limits;

/** Canonical heads of the gateway's own acts begin so (access-log/stores/log-rows.ts). */
const ACT_HEAD =
  '{"agreement":null,"caller":{"agency":"national-data-gateway","client":"gateway","key":null,"kind":"gateway"';

/** Hears of what the tail reads. */
export interface TailTaker {
  /** Answers of one group, in the order of their times; their order within the group does not matter. */
  answer(answer: OpenedAnswer): void;
  /** Entries that do not open: nobody can judge them. */
  unreadable(entries: number): void;
}

export interface TailParts {
  readonly rows: LogRows;
  readonly opener: GroupOpener;
  /** The next leaf, by log; kept by the caller. */
  readonly positions: Map<string, number>;
  /** Entries before this time are passed over, but for acts about alerts; milliseconds since 1970. */
  readonly since: number;
}

/** Since when entries are judged where no state was kept. */
export function judgedSince(now: number): number {
  return now - TAIL_LIMITS.memory.value * DAY_MS;
}

/** Follows all logs of a store, a step at a time. */
export class LogTail {
  readonly #parts: TailParts;
  readonly #pace = new GroupPace(TAIL_LIMITS.step.value);

  constructor(parts: TailParts) {
    this.#parts = parts;
  }

  /** Reads on in the log that is furthest behind. Returns how many entries are left behind. Rejects with StoreFault. */
  async step(taker: TailTaker): Promise<number> {
    const { rows, positions } = this.#parts;
    let furthest: { readonly log: string; readonly next: number; readonly behind: number } | null = null;
    let lag = 0;
    for (const log of await rows.logs()) {
      const size = (await rows.end(log))?.size ?? 0;
      // A log that was restored after a loss goes on from less than was read of it.
      const next = Math.min(positions.get(log) ?? 0, size);
      const behind = Math.max(0, size - next);
      lag += behind;
      if (behind > (furthest?.behind ?? 0)) furthest = { log, next, behind };
    }
    return furthest === null ? 0 : lag - (await this.#readOn(furthest.log, furthest.next, taker));
  }

  async #readOn(log: string, next: number, taker: TailTaker): Promise<number> {
    const { rows, opener, positions } = this.#parts;
    const groups = await rows.groupsFrom(log, next, this.#pace.groups);
    this.#pace.note(groups);
    await opener.learnKeysOf(
      groups.filter((group) => this.#isWanted(group)),
      rows,
    );
    let at = next;
    for (const group of groups) {
      if (group.firstLeaf < next) continue;
      this.#take(group, taker);
      at = group.firstLeaf + group.leaves;
      positions.set(log, at);
    }
    return at - next;
  }

  /** A group is opened where it is young enough to be judged, or tells of alerts. */
  #isWanted({ answers }: FullGroup): boolean {
    return answers.some(({ time, head }) => time >= this.#parts.since || head.startsWith(ACT_HEAD));
  }

  #take(group: FullGroup, taker: TailTaker): void {
    if (!this.#isWanted(group)) return;
    const openings = this.#parts.opener.open(group);
    const opened: OpenedAnswer[] = [];
    group.answers.forEach((stored, place) => {
      const isAct = stored.head.startsWith(ACT_HEAD);
      if (stored.time < this.#parts.since && !isAct) return;
      const parts = openings?.[place];
      try {
        const leafHashes = hashesFrom(group, stored.firstLeaf);
        opened.push(openAnswer({ ...stored, log: group.log }, parts && { openings: parts, leafHashes }));
      } catch (error) {
        if (!(error instanceof AccessLogNotGenuine)) throw error;
        taker.unreadable(stored.leaves);
      }
    });
    for (const answer of opened.toSorted(inOrder)) taker.answer(answer);
  }
}

function inOrder({ head: one }: OpenedAnswer, { head: other }: OpenedAnswer): number {
  return one.time - other.time || (one.id < other.id ? -1 : 1);
}
