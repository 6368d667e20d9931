/** Entries that leave a store after their time; the archive has them, and the log's own entry says so. */
export interface Removal {
  readonly log: string;
  /** Ends of groups: from one up to but not the other. */
  readonly from: number;
  readonly to: number;
  /** `yyyymm`: every group of the range was written in an earlier month. */
  readonly before: number;
}

/** A part of the store that is empty, and that somebody uses still. */
export interface KeptPart {
  readonly part: string;
  /** Why, as StoreFault has it. */
  readonly code: string;
}

/** The store's owner. All reject with StoreFault. */
export interface Remover {
  /** Rejects where it may not remove at all. It is asked before the log states the removal. */
  mustBeAllowed(): Promise<void>;
  /** Leaf hashes and checkpoints stay. */
  remove(removal: Removal): Promise<void>;
  /** Gives back the room of months before this one in which no log has anything left; what is in use stays for the next run. */
  dropEmpty(before: number): Promise<readonly KeptPart[]>;
}
