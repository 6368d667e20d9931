import { randomUUID } from 'node:crypto';
import type { LoggedDocument } from './answer-record.ts';
import { createEntryId } from './entry-id.ts';

/**
 * An act of the gateway itself, on the same record as its answers: the agreements that it put in force, the beginning or
 * the restore of the log. It has a caller of kind `gateway` in the log, and is about nobody.
 */
export interface GatewayAct {
  /** 32 hex digits, see entry-id.ts. */
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly instance: string;
  /** Names the act, e.g. `retention`. */
  readonly purpose: string;
  /** Nothing about persons, and only what canonical JSON can hold. */
  readonly detail: object;
  readonly requestId: string;
  /** Texts that the act names, kept where they are not yet. */
  readonly documents: readonly LoggedDocument[];
}

export function gatewayAct(
  instance: string,
  act: {
    readonly purpose: string;
    readonly at: number;
    readonly detail: object;
    readonly documents?: readonly LoggedDocument[];
  },
): GatewayAct {
  const { purpose, at, detail, documents = [] } = act;
  return {
    id: createEntryId(at),
    time: at,
    instance,
    purpose,
    detail,
    requestId: randomUUID(),
    documents,
  };
}
