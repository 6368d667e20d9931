import type { SubjectDisclosure } from '../disclosure/disclosure-recorder.ts';

/** What became of the whole request. */
export type AnswerOutcome = 'answered' | 'refused';

/**
 * One answer as it goes on record, with an entry a subject. Coordinates, never values. Written before the answer
 * leaves; listed under `id`, which the caller gets as X-Access-Entry.
 */
export interface AnswerRecord {
  /** 32 hex digits, see entry-id.ts. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly instance: string;
  readonly client: string;
  readonly callerKind: string;
  /** Officer account, or the system itself; for a citizen the channel's client id. */
  readonly officer: string;
  /** Personal id of a citizen who asks; sealed like a subject's. Null for everybody else. */
  readonly citizen: string | null;
  readonly purpose: string | null;
  readonly caseId: string | null;
  /** Null where the request was refused before an agreement was found. */
  readonly agreement: { readonly id: string; readonly version: number } | null;
  readonly operationName: string | null;
  /** SHA-256 of the operation without its literals; null where it was not even parsed. */
  readonly operationHash: string | null;
  readonly outcome: AnswerOutcome;
  /** Refusal code, or null. */
  readonly code: string | null;
  /** Why, where one code stands for several reasons that the caller may not know, of items too; null elsewhere. */
  readonly reason: string | null;
  /** What the agreement's grant cut from the operation, `coordinate CODE`. */
  readonly denied: readonly string[];
  /** For an act of the gateway itself (caller kind `gateway`): what it did, as JSON; null for answers to callers. */
  readonly detail: string | null;
  readonly requestId: string;
  readonly traceId: string;
  /** Calls made for this answer, failed ones too, by the id under which the register logged them. */
  readonly upstream: readonly { readonly register: string; readonly requestId: string }[];
  /** Empty where nobody was asked about: such an answer still has one entry, about nobody. */
  readonly subjects: readonly SubjectDisclosure[];
}

/** Writing is one narrow interface; reading is another, so that neither can slow or alter the other. */
export interface AccessLogWriter {
  /** Settles when the record is synced to disk. Rejects with GatewayError ACCESS_LOG_UNAVAILABLE in bounded time. */
  append(record: AnswerRecord): Promise<void>;
  /** False while entries cannot be written: the instance is not ready. */
  isHealthy(): boolean;
  close(): Promise<void>;
}
