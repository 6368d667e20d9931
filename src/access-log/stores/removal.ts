/** Entries that leave a store after their time; the archive has them, and the log's own entry says so. */
export interface Removal {
  readonly log: string;
  /** Ends of groups: from one up to but not the other. */
  readonly from: number;
  readonly to: number;
  /** `yyyymm`: every group of the range was written in an earlier month. */
  readonly before: number;
}

/** The store's owner. Both reject with StoreFault. */
export interface Remover {
  /** Whether it may remove at all: before the log states that it does. */
  mustBeAllowed(): Promise<void>;
  /** Leaf hashes and checkpoints stay. */
  remove(removal: Removal): Promise<void>;
}
