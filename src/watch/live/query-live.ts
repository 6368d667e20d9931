import { refusal, reply, type LogQueries } from '../../access-log/queries/log-query.ts';
import type { LiveState } from './live-state.ts';

/** Log queries, and the centre's live state beside them. */
export function withLiveState(queries: LogQueries, state: () => LiveState): LogQueries {
  return {
    answer: async (query, caller) => {
      if (query.fieldName !== 'liveState') return queries.answer(query, caller);
      return caller.kind === 'centre' ? reply(state()) : refusal('FIELD_NOT_GRANTED');
    },
  };
}
