import { randomUUID } from 'node:crypto';
import { mayHoldIdentifier } from '../operation/tellable-name.ts';

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;
/** W3C Trace Context 3.2 and 4.3: version 00, or the same fields of a higher one, after which more may follow. */
const TRACEPARENT = /^(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/;

/** The caller's request id where it is well-formed and holds nobody's identifier, since it stands in logs; else a new one. */
export function requestIdOf(header: string | undefined): string {
  return header !== undefined && REQUEST_ID.test(header) && !mayHoldIdentifier(header)
    ? header
    : randomUUID();
}

/** Trace id of a well-formed `traceparent`, else a new one; 32 hex digits, not all zero. */
export function traceIdOf(header: string | undefined): string {
  const match = header === undefined ? null : TRACEPARENT.exec(header);
  const [, version = '', traceId = '', parentId = '', more] = match ?? [];
  const isKnown = version !== '00' || more === undefined;
  const isSet = /[1-9a-f]/.test(traceId) && /[1-9a-f]/.test(parentId);
  return isKnown && isSet ? traceId : randomUUID().replaceAll('-', '');
}
