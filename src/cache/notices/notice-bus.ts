import type { ChangeNotice } from './change-notice.ts';

/** The fate of a notice that was taken. `missing`: the number of the first notice that has not come before it. */
export type NoticeOutcome = 'new' | 'repeated' | { readonly missing: number };

/** Takes notices and spreads them over all instances. */
export interface NoticeBus {
  /**
   * Stores a notice durably and evicts what it makes invalid. Rejects where it cannot be stored now: it is not acknowledged
   * then, and the register sends it again.
   */
  take(notice: ChangeNotice): Promise<NoticeOutcome>;
  /** True while this instance knows of every notice that any instance has acknowledged. */
  isCurrent(): boolean;
  close(): Promise<void>;
}
