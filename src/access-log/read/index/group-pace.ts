import type { FullGroup } from '../../stores/log-rows.ts';

const FIRST_GROUPS = 16;
const MOST_GROUPS = 1_000;

/**
 * How many groups to read at once for about so many entries: one may hold a single entry, or those of hundreds of mass answers.
 * A fixed number of groups is slow with the one and fills the memory with the other.
 */
export class GroupPace {
  readonly #entries: number;
  #groups = FIRST_GROUPS;
  #entriesAGroup = 1;

  constructor(entries: number) {
    this.#entries = entries;
  }

  get groups(): number {
    return this.#groups;
  }

  /** For wanted entries that lie so many apart: where they are scarce, group by group, and no group for nothing. */
  groupsFor(gap: number): number {
    return gap > 2 * this.#entriesAGroup ? 1 : this.#groups;
  }

  /** Learns from what was read; at most four times as many follow. */
  note(read: readonly Pick<FullGroup, 'leaves'>[]): void {
    const entries = read.reduce((sum, { leaves }) => sum + leaves, 0);
    this.#entriesAGroup = Math.max(1, entries / Math.max(1, read.length));
    const wanted = Math.floor(this.#entries / this.#entriesAGroup);
    this.#groups = Math.max(1, Math.min(wanted, 4 * this.#groups, MOST_GROUPS));
  }
}
