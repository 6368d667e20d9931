import { hash } from 'node:crypto';
import { GatewayError } from '../errors.ts';
import { nextTurn } from '../plan/run/loop-turns.ts';
import { advanceAsync } from './refuse-at.ts';
import { REQUEST_LIMITS } from './request-limits.ts';
import type { RequestParts } from './request-parts.ts';
import {
  isRefused,
  type BodyRead,
  type Identified,
  type OperationBody,
  type Received,
  type Refused,
} from './stages.ts';

type Parts = Pick<RequestParts, 'agreements' | 'documents' | 'log'>;

/** Reads the body's text, and fails with BAD_REQUEST, OPERATION_TOO_LARGE or OVERLOADED. http/ hands it in. */
export type ReadBodyText = (caller: Identified) => Promise<string>;

/** Takes in the body. A suspended caller gets nothing, and its request is on record. */
export async function receiveBody(
  parts: Parts,
  identified: Identified,
  readText: ReadBodyText,
): Promise<Received | Refused> {
  let text = '';
  const read = await advanceAsync(parts.log, identified, async (): Promise<BodyRead> => {
    refuseSuspended(parts, identified);
    text = await readText(identified);
    const bodyEndedAt = performance.now();
    return { ...identified, bodyEndedAt, requestDigest: hash('sha256', text, 'base64url') };
  });
  if (isRefused(read)) return read;
  return advanceAsync(parts.log, read, async (): Promise<Received> => {
    const body = readJson(text);
    const { query } = body;
    // To parse and validate a long text takes milliseconds: of those that come at once, one does in each turn of the event loop.
    if (typeof query === 'string' && isLongAndNew(parts, query)) await nextTurn();
    // A body may take its time: a caller that is suspended meanwhile is not answered.
    refuseSuspended(parts, identified);
    if (!isJson(identified.head.contentType)) throw badRequest('The body must be application/json.');
    if (typeof query === 'string' && !parts.documents.isWithinLimits(query)) {
      throw new GatewayError('OPERATION_TOO_LARGE');
    }
    return { ...read, body };
  });
}

function isLongAndNew({ documents }: Parts, query: string): boolean {
  return query.length > REQUEST_LIMITS.longText.value && !documents.isKnown(query);
}

function refuseSuspended({ agreements }: Parts, { principal }: Identified): void {
  const { client, officer, tokenId, keyId } = principal;
  if (agreements.isSuspended({ client, officer, tokenId, keyId })) throw new GatewayError('TOKEN_REVOKED');
}

/** A form on another site could send any other media type without the browser asking first (CSRF). */
function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(;|$)/i.test(contentType ?? '');
}

/** Extensions are ignored, persisted queries among them. */
function readJson(text: string): OperationBody {
  let value: unknown;
  try {
    // RFC 8259 8.1: a byte order mark before the text may be ignored.
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    throw badRequest('The body is not JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw badRequest('The body must be one JSON object.');
  }
  const { query, operationName, variables } = value as Record<string, unknown>;
  return {
    query,
    ...(operationName === undefined || operationName === null ? {} : { operationName }),
    ...(variables === undefined || variables === null ? {} : { variables }),
  };
}

function badRequest(message: string): GatewayError {
  return new GatewayError('BAD_REQUEST', { message });
}
