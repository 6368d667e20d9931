import type { GatewayError } from '../errors.ts';
import type { ParsedOperation } from './decide-operation.ts';
import type { ReadBodyText } from './receive-body.ts';
import type {
  Answered,
  Identified,
  OutgoingAnswer,
  Produced,
  Received,
  Refused,
  RequestHead,
} from './stages.ts';

/** Apollo's executor: from the parsed operation to data and errors. */
export type Executor = (operation: ParsedOperation) => Promise<Answered | Refused>;

/** The part of the shared budget that a decided operation needs. It follows from the plan and the agreement alone. */
export interface AnswerNeeds {
  /** Estimated microseconds of CPU time. */
  readonly work: number;
  /** Every register that may be called, and the dossier service. */
  readonly sources: readonly string[];
}

/** The steps that http/ lends to the path. It alone knows sockets and formats errors. */
export interface HttpSteps {
  /** Gives the verified caller a place, or the refusal of a request that is shed before anything of it is read. */
  readonly admit: (caller: Identified) => GatewayError | null;
  /** Reads the body of this request. */
  readonly readText: ReadBodyText;
  /** Parses and validates with Apollo, answers through the executor, and formats data and errors. */
  readonly execute: (received: Received, executor: Executor) => Promise<Produced>;
  /** Takes what the answer needs out of the caller's and everybody's shares, until it is complete; or the refusal. */
  readonly reserve: (needs: AnswerNeeds) => GatewayError | null;
  /** Formats a refusal that Apollo has no part in. */
  readonly refuse: (error: GatewayError) => OutgoingAnswer;
}

/** The path's one entry (pipeline.ts), as gateway.ts hands it to http/. */
export type AnswerRequest = (head: RequestHead, http: HttpSteps) => Promise<OutgoingAnswer>;
