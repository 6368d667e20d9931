/**
 * One base class, closed codes, one exhaustive table. Messages are fixed texts: no value, upstream text or
 * address is ever in one.
 */
export type ErrorCode = keyof typeof ERRORS;

export type BatchStatus = 'OK' | 'NOT_FOUND' | 'DENIED' | 'BAD_IDENTIFIER' | 'SOURCE_UNAVAILABLE';

/** The reason why a field of a form is empty. A denial that the caller may know looks like absence: a form names no rule. */
export type FaultAbsence = 'NO_RECORD' | 'NOT_GRANTED' | 'SOURCE_UNAVAILABLE' | 'AMBIGUOUS';

interface ErrorRow {
  readonly http: 200 | 400 | 401 | 403 | 429 | 500 | 503;
  readonly batch: BatchStatus;
  readonly message: string;
  readonly absence: FaultAbsence;
}

const ERRORS = {
  UNAUTHENTICATED: row(401, 'DENIED', 'The access token is missing or not valid.'),
  TOKEN_EXPIRED: row(401, 'DENIED', 'The access token has expired.'),
  TOKEN_REVOKED: row(401, 'DENIED', 'The client, the officer, the token or its key is suspended.'),
  PURPOSE_REQUIRED: row(400, 'DENIED', 'The X-Purpose header is required.'),
  CASE_REQUIRED: row(400, 'DENIED', 'The X-Case-Id header is required.'),
  BAD_REQUEST: row(400, 'DENIED', 'The request is malformed.'),
  BAD_USER_INPUT: row(400, 'DENIED', 'A variable or an argument does not have a value of its type.'),
  OPERATION_TOO_LARGE: row(400, 'DENIED', 'The operation exceeds a limit of this gateway.'),
  PURPOSE_UNKNOWN: row(403, 'DENIED', 'This purpose is not known.'),
  PURPOSE_NOT_GRANTED: row(403, 'DENIED', 'No agreement grants this client this purpose.'),
  AGREEMENT_EXPIRED: row(403, 'DENIED', 'The agreement is not in force.'),
  CASE_NOT_VALID: row(403, 'DENIED', 'The case does not allow this request.'),
  STRICT_DENIED: row(403, 'DENIED', 'The agreement refuses operations beyond its grant.'),
  QUOTA_EXCEEDED: row(429, 'DENIED', 'The agreement’s volume for this hour is used up.'),
  AGREEMENT_UNCONFIRMED: row(
    503,
    'SOURCE_UNAVAILABLE',
    'It cannot be confirmed now that the agreement is in force.',
  ),
  KEY_SET_UNAVAILABLE: row(503, 'SOURCE_UNAVAILABLE', 'Token keys cannot be fetched now.'),
  CASE_SERVICE_UNAVAILABLE: row(503, 'SOURCE_UNAVAILABLE', 'The dossier service does not answer.'),
  ACCESS_LOG_UNAVAILABLE: row(503, 'SOURCE_UNAVAILABLE', 'The disclosure cannot be recorded now.'),
  OVERLOADED: row(503, 'SOURCE_UNAVAILABLE', 'Too many requests are in progress.'),
  INTERNAL_ERROR: row(500, 'SOURCE_UNAVAILABLE', 'The gateway failed.'),
  FIELD_NOT_GRANTED: row(200, 'DENIED', 'This field is not granted for this purpose.', 'NOT_GRANTED'),
  ARGUMENT_NOT_GRANTED: row(200, 'DENIED', 'This argument is not granted for this purpose.', 'NOT_GRANTED'),
  ROW_DENIED: row(200, 'DENIED', 'A rule of the agreement denies this record.'),
  BAD_IDENTIFIER: row(200, 'BAD_IDENTIFIER', 'The identifier is malformed.'),
  EVALUATIONS_EXCEEDED: row(
    200,
    'DENIED',
    'This question was asked too often about this person in this case.',
  ),
  HISTORY_UNSUPPORTED: row(200, 'OK', 'The register does not know this for that day.'),
  LOOKUP_UNSUPPORTED: row(200, 'SOURCE_UNAVAILABLE', 'The register has no operation for this key.'),
  LIST_TOO_LONG: row(200, 'OK', 'The list has over 100 entries: ask with first.', 'AMBIGUOUS'),
  SOURCE_TIMEOUT: row(200, 'SOURCE_UNAVAILABLE', 'The register did not answer in time.'),
  SOURCE_UNAVAILABLE: row(200, 'SOURCE_UNAVAILABLE', 'The register is not available.'),
  SOURCE_CONTRACT_BROKEN: row(200, 'SOURCE_UNAVAILABLE', 'The register answered in a wrong shape.'),
} as const satisfies Record<string, ErrorRow>;

function row(
  http: ErrorRow['http'],
  batch: BatchStatus,
  message: string,
  absence: FaultAbsence = batch === 'SOURCE_UNAVAILABLE' ? batch : 'NO_RECORD',
): ErrorRow {
  return { http, batch, message, absence };
}

export function httpStatusOf(code: ErrorCode): number {
  return ERRORS[code].http;
}

export function batchStatusOf(code: ErrorCode): BatchStatus {
  return ERRORS[code].batch;
}

export function prefillAbsenceOf(code: ErrorCode): FaultAbsence {
  return ERRORS[code].absence;
}

export function messageOf(code: ErrorCode): string {
  return ERRORS[code].message;
}

/** How one refusal differs from what the table says of its code. */
export interface GatewayErrorOptions {
  /** For tests; it never leaves the process. */
  readonly cause?: unknown;
  /** When asking again may help, where that is known. */
  readonly retryAfterSeconds?: number;
  /** Replaces the code's own message, and is as safe to show: it holds no value, upstream text or address. */
  readonly message?: string;
  /** Replaces the code's own HTTP status. */
  readonly httpStatus?: number;
}

/** An expected refusal or failure with its closed code. */
export class GatewayError extends Error {
  override readonly name: string = 'GatewayError';
  readonly code: ErrorCode;
  readonly httpStatus: number;
  readonly retryAfterSeconds: number | null;

  constructor(code: ErrorCode, options: GatewayErrorOptions = {}) {
    super(
      options.message ?? messageOf(code),
      options.cause === undefined ? undefined : { cause: options.cause },
    );
    this.code = code;
    this.httpStatus = options.httpStatus ?? httpStatusOf(code);
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
  }
}
