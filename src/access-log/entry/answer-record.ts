import { hash } from 'node:crypto';
import type { SubjectDisclosure } from '../../disclosure/disclosure-recorder.ts';
import type { OperationInputs } from '../../policy/grant/operation-inputs.ts';

/** SHA-256 of a body that there is not, base64url. */
export const EMPTY_DIGEST = hash('sha256', '', 'base64url');

/** The outcome of the whole request. */
export type AnswerOutcome = 'answered' | 'refused';

/** A text that entries name by its digest, kept once: an operation without its literals, an agreement's documents. */
export interface LoggedDocument {
  /** SHA-256 as the entries name it, hexadecimal. */
  readonly digest: string;
  readonly text: string;
}

/**
 * One answer as it goes on record, with one entry for each subject. It holds coordinates, never values. It is written
 * before the answer leaves, and listed under `id`, which the caller gets as X-Access-Entry.
 */
export interface AnswerRecord {
  /** 32 hex digits, see entry-id.ts. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly instance: string;
  readonly client: string;
  /** The registered system's name. */
  readonly agency: string;
  readonly callerKind: string;
  /** Officer account, or the system itself; for a citizen the channel's client id. */
  readonly officer: string;
  /** `kid` of the key that signed the token; null for the gateway itself. */
  readonly tokenKey: string | null;
  /** Personal id of a citizen who asks; sealed like a subject's. Null for everybody else. */
  readonly citizen: string | null;
  readonly purpose: string | null;
  readonly legalBasis: string | null;
  /** Milliseconds since 1970 from which on subjects are told; null: at once. */
  readonly release: number | null;
  readonly caseId: string | null;
  /** The agreement; null where the request was refused before one was found. */
  readonly agreement: { readonly id: string; readonly version: number; readonly digest: string } | null;
  readonly operationName: string | null;
  /** SHA-256 of the operation without its literals; null where it was not even parsed. */
  readonly operationHash: string | null;
  /** The inputs of the operation's decision beside its text; null where there was no decision. */
  readonly operationInputs: OperationInputs | null;
  readonly outcome: AnswerOutcome;
  /** Refusal code, or null. */
  readonly code: string | null;
  /** Why, where one code stands for several reasons that the caller may not know, of items too; null elsewhere. */
  readonly reason: string | null;
  /** Fields and arguments that the agreement's grant cut from the operation, each as `coordinate CODE`. */
  readonly denied: readonly string[];
  readonly requestId: string;
  readonly traceId: string;
  /** Calls made for this answer, failed ones too, by the id under which the register logged them. */
  readonly upstream: readonly { readonly register: string; readonly requestId: string }[];
  /** SHA-256 of the bodies, base64url; that of an empty text where there is none. */
  readonly requestDigest: string;
  readonly answerDigest: string;
  /** Texts that this record names, kept where they are not yet. */
  readonly documents: readonly LoggedDocument[];
  /** True where the caller asked for a receipt. */
  readonly wantsReceipt: boolean;
  /** Empty where nobody was asked about: such an answer still has one entry, about nobody. */
  readonly subjects: readonly SubjectDisclosure[];
}
