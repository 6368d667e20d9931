import { canonicalJson, type JsonValue } from '../../log-format/canonical-json.ts';
import { subjectText } from '../../log-format/subject-text.ts';
import type { Subject } from '../../disclosure/subject.ts';
import type { OpenedAnswer, OpenedEntry } from '../read/opened-answer.ts';
import type { UnreadableEntries } from '../read/search/unreadable-entries.ts';
import { toEnum } from './filter-arguments.ts';

/** An entry under the names of the schema's AccessLogEntry; `register`: that register's part alone. */
export function showEntry(answer: OpenedAnswer, entry: OpenedEntry, register: string | null): object {
  const { head, first, log } = answer;
  const { caller, agreement, operation } = head;
  return {
    id: head.id,
    n: entry.n,
    time: new Date(head.time).toISOString(),
    log,
    index: entry.index,
    agency: caller.agency,
    client: caller.client,
    officer: caller.officer,
    callerKind: caller.kind,
    tokenKey: caller.key,
    purpose: head.purpose,
    legalBasis: head.legalBasis,
    case: head.case,
    cases: entry.caseIds,
    agreement: agreement?.id ?? null,
    agreementVersion: agreement?.version ?? null,
    operationHash: operation?.hash ?? null,
    operationName: operation?.name ?? null,
    code: head.code,
    reason: head.reason,
    denied: first.denied,
    detail: first.detail === null ? null : canonicalJson(first.detail as JsonValue),
    outcome: toEnum(entry.outcome),
    rule: entry.rule,
    subject: showSubject(entry.subject),
    disclosed: entry.disclosed
      .filter((part) => register === null || part.register === register)
      .map((part) => ({
        register: part.register,
        status: part.status,
        coordinates: part.coordinates,
        cached: part.isCached,
        age: part.age,
        upstream: part.upstreamIds,
      })),
    traceId: head.traceId,
    requestId: head.requestId,
  };
}

export function showSubject({ kind, key }: Subject): object {
  return { kind: toEnum(kind), key: kind === 'none' ? null : key };
}

/** Under the names of the schema's UnreadableEntries. */
export function showUnreadable({ log, firstLeaf, leaves, since, until }: UnreadableEntries): object {
  return {
    log,
    index: firstLeaf,
    entries: leaves,
    since: new Date(since).toISOString(),
    until: new Date(until).toISOString(),
  };
}

/** The subjects that an answer tells of, each once. */
export function subjectsOf(subjects: readonly Subject[]): readonly Subject[] {
  const distinct = new Map(subjects.map((subject) => [subjectText(subject), subject]));
  return [...distinct.values()].filter(({ kind }) => kind !== 'none');
}
