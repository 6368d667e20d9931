import type { Limits } from '../../../config/limits.ts';
import type { FullGroup } from '../../stores/log-rows.ts';

export const GROUP_PACE_LIMITS = {
  first: {
    value: 16,
    unit: 'groups',
    why: 'The first read of the index takes so many groups, before their size is known.',
  },
  most: { value: 1_000, unit: 'groups', why: 'However small groups are, one read takes no more of them.' },
} as const satisfies Limits;

/**
 * Tells how many groups to read at once for about so many entries. One group may hold a single entry, or the entries of
 * hundreds of mass answers. A fixed number of groups is slow with the one and fills the memory with the other.
 */
export class GroupPace {
  readonly #entries: number;
  #groups: number = GROUP_PACE_LIMITS.first.value;
  #entriesAGroup = 1;

  constructor(entries: number) {
    this.#entries = entries;
  }

  get groups(): number {
    return this.#groups;
  }

  /**
   * Number of groups for wanted entries that lie so far apart: where they are scarce it reads group by group, and no
   * group for nothing.
   */
  groupsFor(gap: number): number {
    return gap > 2 * this.#entriesAGroup ? 1 : this.#groups;
  }

  /** Learns from what was read; at most four times as many follow. */
  note(read: readonly Pick<FullGroup, 'leaves'>[]): void {
    const entries = read.reduce((sum, { leaves }) => sum + leaves, 0);
    this.#entriesAGroup = Math.max(1, entries / Math.max(1, read.length));
    const wanted = Math.floor(this.#entries / this.#entriesAGroup);
    this.#groups = Math.max(1, Math.min(wanted, 4 * this.#groups, GROUP_PACE_LIMITS.most.value));
  }
}
