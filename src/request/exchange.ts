import { createEntryId } from '../access-log/entry/entry-id.ts';
import { DisclosureRecorder } from '../disclosure/disclosure-recorder.ts';
import type { Principal } from '../identity/principal.ts';
import type { Agreement } from '../policy/agreement/agreement.ts';
import type { OperationInputs } from '../policy/grant/operation-inputs.ts';
import type { RecordReader } from '../sources/records/record-reader.ts';
import type { RootRequest } from '../plan/roots/root-requests.ts';

/** The request's head, as far as the path needs it; the body is read only once the caller is known. */
export interface RequestHead {
  readonly authorization: string | undefined;
  readonly purpose: string | undefined;
  readonly caseId: string | undefined;
  readonly requestId: string;
  readonly traceId: string;
  /** Whether the caller asked for a receipt. */
  readonly wantsReceipt: boolean;
}

/** One verified caller's request on its way. */
export interface Exchange {
  readonly entryId: string;
  readonly head: RequestHead;
  readonly principal: Principal;
  readonly receivedAt: number;
  /** The same moment on the clock of performance.now(). */
  readonly startedAt: number;
  recorder: DisclosureRecorder;
  agreement: Agreement | null;
  operationName: string | null;
  operationHash: string | null;
  /** The document without its literals: what operationHash is the hash of. */
  operationText: string | null;
  /** What the operation's decision depended on; null until it was decided. */
  operationInputs: OperationInputs | null;
  /** SHA-256 of the request's body, base64url; null until it is read. */
  requestDigest: string | null;
  roots: readonly RootRequest[];
  /** Day on which each dossier was received. */
  receivedOn: ReadonlyMap<string, string>;
  /** What is hidden and what is absent must take the same time. */
  hasAbsence: boolean;
  /** Before it, subjects are not told of this answer, whatever the agreement says; null: at once. */
  release: number | null;
  /** Set once records are read. */
  reader: RecordReader | null;
  /** What the grant cut from the operation. */
  denied: readonly string[];
  refusal: string | null;
  /** Why, where the code alone does not say it: for the log only. */
  reason: string | null;
}

const NOTHING_DENIED: readonly string[] = [];

/** `startedAt` is on the clock of performance.now(). */
export function createExchange(head: RequestHead, principal: Principal, startedAt: number): Exchange {
  const receivedAt = Date.now();
  return {
    entryId: createEntryId(receivedAt),
    head,
    principal,
    receivedAt,
    startedAt,
    recorder: new DisclosureRecorder(),
    agreement: null,
    operationName: null,
    operationHash: null,
    operationText: null,
    operationInputs: null,
    requestDigest: null,
    roots: [],
    receivedOn: new Map(),
    hasAbsence: false,
    release: null,
    reader: null,
    denied: NOTHING_DENIED,
    refusal: null,
    reason: null,
  };
}
