import { GraphQLError } from 'graphql';
import { HeaderMap } from '@apollo/server';
import { httpStatusOf, messageOf, type ErrorCode } from '../errors.ts';
import type { ExplainedError } from '../pipeline.ts';

/** What goes back over HTTP: a whole body, known before the first byte leaves. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const JSON_TYPE = 'application/json; charset=utf-8';

/** A refusal outside GraphQL's own formatting; `status` where the contract gives this code another one here. */
export function refusalAnswer(
  code: ErrorCode | 'BAD_REQUEST',
  message?: string,
  status?: number,
  retryAfterSeconds: number | null = null,
): HttpAnswer {
  const text = message ?? (code === 'BAD_REQUEST' ? 'The request is malformed.' : messageOf(code));
  const httpStatus = status ?? (code === 'BAD_REQUEST' ? 400 : httpStatusOf(code));
  return {
    status: httpStatus,
    headers: {
      'content-type': JSON_TYPE,
      ...(httpStatus === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...retryAfter(httpStatus, retryAfterSeconds),
    },
    body: JSON.stringify({ errors: [{ message: text, extensions: { code } }] }),
  };
}

/** RFC 9110 10.2.3, in seconds. */
function retryAfter(status: number, seconds: number | null): Readonly<Record<string, string>> {
  if (seconds !== null) return { 'retry-after': String(seconds) };
  return status === 503 ? { 'retry-after': '1' } : {};
}

/** A refusal of the whole operation, for the executor: Apollo takes status and headers from `extensions.http`. */
export function refusalError(
  code: ErrorCode,
  retryAfterSeconds: number | null = null,
  legalBasis: string | null = null,
): GraphQLError {
  const status = httpStatusOf(code);
  return new GraphQLError(messageOf(code), {
    extensions: {
      code,
      ...(legalBasis === null ? {} : { legalBasis }),
      http: { status, headers: new HeaderMap(Object.entries(retryAfter(status, retryAfterSeconds))) },
    },
  });
}

export function fieldError({ code, path, rule, legalBasis }: ExplainedError): GraphQLError {
  return new GraphQLError(messageOf(code), {
    path: [...path],
    extensions: {
      code,
      ...(rule === null ? {} : { rule }),
      ...(legalBasis === null ? {} : { legalBasis }),
    },
  });
}
