import { paperOf, withinOrder, EVERYTHING } from '../../access-log/queries/audit-scope.ts';
import { readFirst, readPeriod, textFilterOf } from '../../access-log/queries/filter-arguments.ts';
import {
  refusal,
  reply,
  type LogCaller,
  type LogQueries,
  type LogQuery,
  type LogReply,
} from '../../access-log/queries/log-query.ts';
import { GatewayError } from '../../errors.ts';
import { UserInputError } from '../../operation/user-input-error.ts';
import type { AuditPapers } from '../../policy/case/audit-order.ts';
import { PATTERNS, type PatternName, type Severity } from '../suspicion/pattern.ts';
import type { Alert } from './alert-book.ts';
import { isClosingReason } from './closing-reasons.ts';
import type { AlertFilter, AlertPageWanted, FoundAlerts } from './select-alerts.ts';
import { showAlert, showAlertCount } from './show-alert.ts';

/** The alerts, wherever they are kept. Methods reject where they cannot be reached. */
export interface AlertReader {
  alerts(filter: AlertFilter, page: AlertPageWanted): Promise<FoundAlerts>;
  alert(id: string): Promise<Alert | null>;
}

export interface AlertQueryParts {
  readonly reader: AlertReader;
  readonly papers: () => AuditPapers;
}

const ANY_ALERT: AlertFilter = {
  state: null,
  pattern: null,
  severity: null,
  closing: null,
  clients: null,
  from: 0,
  until: Number.MAX_SAFE_INTEGER,
};

type Handler = (parts: AlertQueryParts, query: LogQuery, caller: LogCaller) => Promise<LogReply>;

const HANDLERS: Readonly<Record<string, Handler>> = {
  alerts: listAlerts,
  alert: oneAlert,
  alertCounts: countAlerts,
};

/** Log queries, and those about alerts beside them. */
export function withAlerts(queries: LogQueries, parts: AlertQueryParts): LogQueries {
  return {
    async answer(query, caller) {
      const handler = HANDLERS[query.fieldName];
      return handler ? handler(parts, query, caller) : queries.answer(query, caller);
    },
  };
}

/** The part of the alerts that an auditor's order opens; null where that is nothing. A complaint opens no alert. Throws CASE_NOT_VALID. */
export function alertScopeOf(papers: AuditPapers, caller: LogCaller): AlertFilter | null {
  const paper = paperOf(papers, caller);
  if ('subject' in paper) throw new GatewayError('CASE_NOT_VALID');
  const scope = withinOrder(paper, EVERYTHING);
  return scope && { ...ANY_ALERT, clients: scope.clients, from: scope.from, until: scope.until };
}

/** Tells whether a scope opens an alert. */
export function isWithinScope(scope: AlertFilter | null, { client, openedAt }: Alert): boolean {
  if (!scope) return false;
  const isClient = scope.clients === null || scope.clients.includes(client);
  return isClient && scope.from <= openedAt && openedAt <= scope.until;
}

async function listAlerts(
  { reader, papers }: AlertQueryParts,
  { given }: LogQuery,
  caller: LogCaller,
): Promise<LogReply> {
  if (caller.kind !== 'auditor') return refusal('FIELD_NOT_GRANTED');
  const wanted = readAlertFilter(given['filter']);
  const page = { first: readFirst(given['first']), after: textFilterOf('after', given['after']) };
  const scope = alertScopeOf(papers(), caller);
  const filter = scope && within(scope, wanted);
  if (!filter) return reply({ alerts: [], next: null, waiting: 0, oldestWaiting: null });
  const found = await reachable(reader.alerts(filter, page));
  return reply({
    alerts: found.alerts.map(showAlert),
    next: found.next,
    waiting: found.waiting,
    oldestWaiting: found.oldestWaiting === null ? null : new Date(found.oldestWaiting).toISOString(),
  });
}

async function oneAlert(
  { reader, papers }: AlertQueryParts,
  { given }: LogQuery,
  caller: LogCaller,
): Promise<LogReply> {
  if (caller.kind !== 'auditor') return refusal('FIELD_NOT_GRANTED');
  const id = textFilterOf('id', given['id']) ?? '';
  const scope = alertScopeOf(papers(), caller);
  const alert = await reachable(reader.alert(id));
  return reply(alert && isWithinScope(scope, alert) ? showAlert(alert) : null);
}

async function countAlerts(
  { reader }: AlertQueryParts,
  _query: LogQuery,
  caller: LogCaller,
): Promise<LogReply> {
  if (caller.kind !== 'centre') return refusal('FIELD_NOT_GRANTED');
  const { counts } = await reachable(reader.alerts(ANY_ALERT, { first: 0, after: null }));
  return reply(counts.map(showAlertCount));
}

/** Without the watch's thread there is no answer about alerts, and everything else goes on. */
async function reachable<Result>(asked: Promise<Result>): Promise<Result> {
  try {
    return await asked;
  } catch (error) {
    throw new GatewayError('ACCESS_LOG_UNAVAILABLE', { cause: error });
  }
}

/** Throws UserInputError. */
function readAlertFilter(given: unknown): AlertFilter {
  const filter = (given ?? {}) as Readonly<Record<string, unknown>>;
  const text = (name: string): string | null => textFilterOf(name, filter[name]);
  const { from, to } = readPeriod(filter);
  const pattern = text('pattern');
  const closing = text('closing');
  const client = text('client');
  if (pattern !== null && !isPattern(pattern)) throw new UserInputError('The argument "pattern" names none.');
  if (closing !== null && !isClosingReason(closing)) {
    throw new UserInputError('The argument "closing" names none.');
  }
  return {
    state: lower(text('state')) as AlertFilter['state'],
    pattern,
    severity: lower(text('severity')) as Severity | null,
    closing,
    clients: client === null ? null : [client],
    from: from ?? ANY_ALERT.from,
    until: to ?? ANY_ALERT.until,
  };
}

function isPattern(name: string): name is PatternName {
  return (PATTERNS as readonly string[]).includes(name);
}

function lower(name: string | null): string | null {
  return name === null ? null : name.toLowerCase();
}

function within(scope: AlertFilter, wanted: AlertFilter): AlertFilter | null {
  const clients =
    scope.clients === null || wanted.clients === null
      ? (wanted.clients ?? scope.clients)
      : wanted.clients.filter((client) => scope.clients?.includes(client));
  const from = Math.max(scope.from, wanted.from);
  const until = Math.min(scope.until, wanted.until);
  return from > until || clients?.length === 0 ? null : { ...wanted, clients, from, until };
}
