import { randomUUID } from 'node:crypto';
import type { NoticeObserver } from '../../telemetry/notice-observer.ts';
import type { RecordCache } from '../record-cache.ts';
import { Evictions } from './evictions.ts';
import { buildLocalNoticeBus } from './local-notice-bus.ts';
import { openNoticeBook } from './notice-book.ts';
import type { NoticeBus } from './notice-bus.ts';
import { buildNoticedCache, type NoticedCache } from './noticed-cache.ts';
import { buildRedisNoticeBus } from './redis-notice-bus.ts';
import type { NoticeSeal } from './sealed-eviction.ts';

/** The bus of notices, and what they guard. */
export interface Notices {
  readonly bus: NoticeBus;
  guard(cache: RecordCache): NoticedCache;
}

/** Builds the bus: over Redis where instances share one, else within this process. */
export function buildNotices(options: {
  readonly dataDirectory: string;
  readonly redisUrl: string | null;
  readonly seal: NoticeSeal;
  readonly observer: NoticeObserver;
}): Notices {
  const { redisUrl: url, seal, observer } = options;
  const book = openNoticeBook(options.dataDirectory);
  const evictions = new Evictions(randomUUID());
  const bus =
    url === null
      ? buildLocalNoticeBus(book, evictions)
      : buildRedisNoticeBus({
          url,
          book,
          evictions,
          seal,
          onCurrent: (isCurrent) => observer.current(isCurrent),
          onForged: () => observer.forged(),
        });
  if (url === null) observer.current(true);
  return { bus, guard: (cache) => buildNoticedCache(cache, evictions, () => bus.isCurrent()) };
}
