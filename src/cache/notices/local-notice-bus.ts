import type { Evictions } from './evictions.ts';
import type { NoticeBook } from './notice-book.ts';
import type { NoticeBus } from './notice-bus.ts';

/** Notices of a single instance with its cache in memory: there is nobody to tell, and nothing to wait for. */
export function buildLocalNoticeBus(book: NoticeBook, evictions: Evictions): NoticeBus {
  return {
    async take(notice) {
      if (book.has(notice)) return 'repeated';
      const next = book.last(notice.register) + 1;
      if (notice.seq > next) return { missing: next };
      book.add(notice);
      const position = evictions.position + 1;
      evictions.evict(notice.keys, position);
      evictions.reach(position);
      return 'new';
    },
    isCurrent: () => true,
    close: async () => book.close(),
  };
}
