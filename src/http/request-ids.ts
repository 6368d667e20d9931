import { randomUUID } from 'node:crypto';
import { mayHoldIdentifier } from '../operation/tellable-name.ts';

const REQUEST_ID = /^[A-Za-z0-9._-]{1,64}$/;
/** W3C Trace Context, version 00. */
const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/;

/** The caller's request id where it is well-formed, else a new one. Request ids stand in logs, so they hold no identifier. */
export function requestIdOf(header: string | undefined): string {
  return header !== undefined && REQUEST_ID.test(header) && !mayHoldIdentifier(header)
    ? header
    : randomUUID();
}

/** Trace id of a well-formed `traceparent`, else a new one; 32 hex digits, not all zero. */
export function traceIdOf(header: string | undefined): string {
  const match = header === undefined ? null : TRACEPARENT.exec(header);
  const [, traceId = '', parentId = ''] = match ?? [];
  return /[1-9a-f]/.test(traceId) && /[1-9a-f]/.test(parentId) ? traceId : randomUUID().replaceAll('-', '');
}
