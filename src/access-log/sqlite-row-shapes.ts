import type { RegisterDisclosure, SubjectOutcome } from '../disclosure/disclosure-recorder.ts';
import type { AnswerOutcome, AnswerRecord } from './entry.ts';

/** A row of `answers` with its group's, by the names of sqlite-schema.ts. */
export interface AnswerRow {
  readonly seq: number;
  readonly id: string;
  readonly time: number;
  readonly instance: string;
  readonly client: string;
  readonly caller_kind: string;
  readonly officer: string;
  readonly purpose: string | null;
  readonly case_id: string | null;
  readonly agreement: string | null;
  readonly agreement_version: number | null;
  readonly operation_name: string | null;
  readonly operation_hash: string | null;
  readonly outcome: AnswerOutcome;
  readonly code: string | null;
  readonly reason: string | null;
  readonly denied: string | null;
  readonly detail: string | null;
  readonly request_id: string;
  readonly trace_id: string;
  readonly upstream: string;
  readonly packed: string;
  readonly group_id: string;
  readonly seal_key_id: string;
  readonly sealed: Uint8Array;
}

/** A row of the view `entries`. */
export interface EntryRow {
  readonly answer: number;
  readonly n: number;
  readonly subject_kind: string;
  readonly outcome: SubjectOutcome | 'nothing';
  readonly disclosed: string;
  readonly cases: string | null;
}

export function answerOf(row: AnswerRow, citizen: string | null): Omit<AnswerRecord, 'subjects'> {
  return {
    id: row.id,
    time: row.time,
    instance: row.instance,
    client: row.client,
    callerKind: row.caller_kind,
    officer: row.officer,
    citizen,
    purpose: row.purpose,
    caseId: row.case_id,
    agreement:
      row.agreement === null || row.agreement_version === null
        ? null
        : { id: row.agreement, version: row.agreement_version },
    operationName: row.operation_name,
    operationHash: row.operation_hash,
    outcome: row.outcome,
    code: row.code,
    reason: row.reason,
    denied: row.denied === null ? [] : (JSON.parse(row.denied) as readonly string[]),
    detail: row.detail,
    requestId: row.request_id,
    traceId: row.trace_id,
    upstream: JSON.parse(row.upstream) as AnswerRecord['upstream'],
  };
}

export function disclosedOf({ disclosed }: EntryRow): readonly RegisterDisclosure[] {
  const parts = JSON.parse(disclosed) as readonly {
    readonly register: string;
    readonly coordinates: readonly string[];
    readonly cached: boolean;
    readonly upstream: readonly string[];
  }[];
  return parts.map(({ register, coordinates, cached, upstream }) => ({
    register,
    coordinates,
    isCached: cached,
    upstreamIds: upstream,
  }));
}
