import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { DisclosureRecorder } from '../disclosure/disclosure-recorder.ts';
import type { GatewayError } from '../errors.ts';
import type { Principal } from '../identity/principal.ts';
import type { Variables } from '../operation/normalise-operation.ts';
import type { OperationText } from '../operation/operation-text.ts';
import type { AnswerError, Plan } from '../plan/compile/plan.ts';
import type { RootRequest } from '../plan/roots/root-requests.ts';
import type { RowGate } from '../plan/rows/row-gate.ts';
import type { RowRights } from '../plan/rows/row-rights.ts';
import type { Agreement } from '../policy/agreement/agreement.ts';
import type { OperationInputs } from '../policy/grant/operation-inputs.ts';
import type { AnswerSource } from '../plan/run/answer-sources.ts';
import type { RecordReader } from '../sources/records/record-reader.ts';

/**
 * The stages of a request. Each extends the one before it, and each step of the path takes one and gives the next, so that
 * a step that is left out does not compile.
 */

/** The request's head, as far as the path needs it. The body is read only once the caller is known. */
export interface RequestHead {
  readonly authorization: string | undefined;
  readonly purpose: string | undefined;
  readonly caseId: string | undefined;
  readonly contentType: string | undefined;
  readonly accept: string | undefined;
  readonly requestId: string;
  readonly traceId: string;
  /** The caller asked for a receipt. */
  readonly wantsReceipt: boolean;
}

/** The token is verified. From here on the answer has an entry in the access log. */
export interface Identified {
  readonly entryId: string;
  readonly head: RequestHead;
  readonly principal: Principal;
  /** Milliseconds since 1970. */
  readonly receivedAt: number;
}

/** All bytes of the body have come. */
export interface BodyRead extends Identified {
  /** SHA-256 of the body, base64url. */
  readonly requestDigest: string;
  /** The moment of the body's last byte, on the clock of performance.now(). */
  readonly bodyEndedAt: number;
}

/** GraphQL over HTTP: the members of the body that the gateway reads. Their types are not checked yet. */
export interface OperationBody {
  readonly query: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
}

/** The body is a request of GraphQL over HTTP, and its document is within the limits. */
export interface Received extends BodyRead {
  readonly body: OperationBody;
}

/** Apollo has parsed and validated the document. */
export interface Parsed extends Received {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Persons who agreed, each by a token of their own, that the portal reads their data for a form. */
  readonly confirmed: ReadonlySet<string>;
  /** The document without its literals, and its hash. */
  readonly operationText: OperationText;
  /** The operation's name; null where it has none, or one that may hold an identifier. */
  readonly operationName: string | null;
}

/** An agreement grants this client this purpose. */
export interface Agreed extends Parsed {
  readonly variables: Variables;
  /** EMPTY_AGREEMENT for an operation that asks no data. */
  readonly agreement: Agreement;
}

/** The operation is decided: what of it the agreement grants, and which identifiers may be asked at all. */
export interface Decided extends Agreed {
  readonly plan: Plan;
  readonly roots: readonly RootRequest[];
  readonly operationInputs: OperationInputs;
}

/** The work and the registers that the plan needs are within everybody's shares. */
export interface Reserved extends Decided {
  readonly rights: RowRights;
  /** The answer is built in slices, so that others are answered in between. */
  readonly isLarge: boolean;
}

/** Records may be read for the rules: the case's parties and the officer's relatives. */
export interface Reading extends Reserved {
  readonly reader: RecordReader;
  readonly gate: RowGate;
}

/** The cases are confirmed, the values of arguments decided, and the volume is charged. */
export interface Opened extends Reading {
  /** The day on which each dossier was received. */
  readonly receivedOn: ReadonlyMap<string, string>;
  /** Names of the papers that the office asked the parties of the request's own dossier for. */
  readonly papersAsked: ReadonlySet<string>;
  /** Why single items are denied, where the code alone does not say it. For the log only. */
  readonly reason: string | null;
}

/** The roots that ask the access log are answered. */
export interface LogQueried extends Opened {
  readonly recorder: DisclosureRecorder;
  /**
   * Subjects are not told of this answer before this moment (milliseconds since 1970), whatever the agreement says; null: at
   * once.
   */
  readonly shownRelease: number | null;
}

/** An error with the law behind it, where the caller may know it. */
export type ExplainedError = AnswerError & { readonly legalBasis: string | null };

/** Data and errors are complete. Only the release gate is left. */
export interface Answered extends LogQueried {
  readonly data: Record<string, unknown> | null;
  readonly errors: readonly ExplainedError[];
  /** The registers that the answer rests on. */
  readonly sources: readonly AnswerSource[];
  /** The answer waits, so that what is hidden and what is absent take the same time. */
  readonly isHeldBack: boolean;
}

/** The last stage that a refused request reached: each stage is this type with more of its members present. */
export type Reached = Identified & Partial<Omit<Answered, keyof Identified>>;

/** A verified caller's request ends here. */
export interface Refused {
  readonly reached: Reached;
  readonly error: GatewayError;
  /** The code that the answer carries: the error's own, or Apollo's for a document that does not parse or validate. */
  readonly code: string;
  /** Why, where the code alone does not say it. For the log only. */
  readonly reason: string | null;
}

/** A whole answer: its bytes are known, and none has left. */
export interface OutgoingAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer with what it rests on. The release gate takes nothing less. */
export interface Produced {
  readonly outcome: Answered | Refused;
  readonly answer: OutgoingAnswer;
}

export function isRefused(outcome: Reached | Refused): outcome is Refused {
  return 'reached' in outcome;
}
