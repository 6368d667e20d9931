import {
  refusal,
  reply,
  type LogQueries,
  type LogQuery,
  type LogReply,
} from '../../access-log/queries/log-query.ts';
import type { Limits } from '../../config/limits.ts';
import { startOfVietNamDay, vietNamDay } from '../../log-format/viet-nam-time.ts';
import { UserInputError } from '../../operation/user-input-error.ts';
import { dayBefore } from '../series/activity-series.ts';
import type { ReportBook } from './report-book.ts';

export const REPORT_QUERY_LIMITS = {
  back: {
    value: 366,
    unit: 'days',
    why: 'Earlier reports are made by the command, which may take its time.',
  },
} as const satisfies Limits;

/** Log queries, and the centre's daily report beside them. */
export function withDailyReport(queries: LogQueries, book: Pick<ReportBook, 'of'>): LogQueries {
  return {
    answer: async (query, caller) => {
      if (query.fieldName !== 'dailyReport') return queries.answer(query, caller);
      return caller.kind === 'centre' ? answerReport(book, query, caller.now) : refusal('FIELD_NOT_GRANTED');
    },
  };
}

/** Rejects with UserInputError for what is no day, a day to come, and one too long ago. */
async function answerReport(
  book: Pick<ReportBook, 'of'>,
  { given }: LogQuery,
  now: number,
): Promise<LogReply> {
  const day = String(given['day']);
  const today = vietNamDay(now);
  const isDay = !Number.isNaN(startOfVietNamDay(day));
  if (!isDay || day > today || day < dayBefore(today, REPORT_QUERY_LIMITS.back.value)) {
    throw new UserInputError(
      `The argument "day" must be a day such as 2026-11-30, today or at most ${REPORT_QUERY_LIMITS.back.value} days ago.`,
    );
  }
  return reply(await book.of(day));
}
