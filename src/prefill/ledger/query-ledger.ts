import {
  refusal,
  reply,
  type LogCaller,
  type LogQueries,
  type LogQuery,
  type LogReply,
} from '../../access-log/queries/log-query.ts';
import { startOfVietNamDay } from '../../log-format/viet-nam-time.ts';
import { UserInputError } from '../../operation/user-input-error.ts';
import type { Procedures } from '../procedures/procedures.ts';
import type { FormLedger } from './form-ledger.ts';
import { reportLedger } from './ledger-report.ts';

/** The longest span of one query. */
const MAX_DAYS = 366;
const DAY_MS = 86_400_000;

export interface LedgerQueryParts {
  readonly ledger: FormLedger;
  readonly procedures: Procedures;
  /** Name of the agency behind a registered client; null where there is no such client. */
  readonly agencyOf: (clientId: string) => string | null;
}

/** Log queries, and the ledger of forms beside them. */
export function withFormLedger(queries: LogQueries, parts: LedgerQueryParts): LogQueries {
  return {
    answer: async (query, caller) =>
      query.fieldName === 'formLedger' ? queryLedger(parts, query, caller) : queries.answer(query, caller),
  };
}

/**
 * Answers the root field `formLedger`. An owner sees the procedures that the own ministry promulgates. Throws UserInputError for a span
 * that is none, or too long.
 */
export function queryLedger(
  { ledger, procedures, agencyOf }: LedgerQueryParts,
  { given }: LogQuery,
  { kind, clientId }: LogCaller,
): LogReply {
  if (kind !== 'owner') return refusal('FIELD_NOT_GRANTED');
  const span = { from: String(given['from']), to: String(given['to']) };
  const [from, to] = [startOfVietNamDay(span.from), startOfVietNamDay(span.to)];
  if (!(from <= to) || to - from > MAX_DAYS * DAY_MS) {
    throw new UserInputError(
      `The arguments "from" and "to" must be days such as 2026-11-30, in this order, at most ${MAX_DAYS} days apart.`,
    );
  }
  // The agency's name opens with its ministry's: `Bộ Công an, cơ sở dữ liệu quốc gia về dân cư`.
  const ministry = agencyOf(clientId)?.split(',')[0];
  const asked = given['procedure'];
  return reply(
    reportLedger(
      span,
      ledger.read(span),
      procedures,
      (code) =>
        procedures.get(code)?.promulgatedBy === ministry && (typeof asked !== 'string' || asked === code),
    ),
  );
}
