import { GraphQLError } from 'graphql';
import { HeaderMap } from '@apollo/server';
import { messageOf, type GatewayError } from '../errors.ts';
import { TokenRefused } from '../identity/token-refused.ts';
import type { ExplainedError, OutgoingAnswer } from '../request/stages.ts';
import { acceptedTypeOf } from './head/accepted-type.ts';

/** A refusal outside GraphQL's own formatting, in the media type that the caller accepts. */
export function refusalAnswer(error: GatewayError, accept: string | undefined): OutgoingAnswer {
  const { httpStatus, code, message } = error;
  return {
    status: httpStatus,
    headers: {
      'content-type': `${acceptedTypeOf(accept)}; charset=utf-8`,
      ...(httpStatus === 401 ? { 'www-authenticate': challengeOf(error) } : {}),
      // RFC 9110 12.5.3: the refusal of a content coding names those that are read.
      ...(httpStatus === 415 ? { 'accept-encoding': 'identity' } : {}),
      ...retryAfter(error),
    },
    body: JSON.stringify({ errors: [{ message, extensions: { code } }] }),
  };
}

/** RFC 6750 3.1: a request without any token gets no error code; the code says no more than the answer's own. */
function challengeOf(error: GatewayError): string {
  return error instanceof TokenRefused && error.fault === 'absent'
    ? 'Bearer'
    : 'Bearer error="invalid_token"';
}

/** RFC 9110 10.2.3, in seconds. */
function retryAfter({ httpStatus, retryAfterSeconds }: GatewayError): Readonly<Record<string, string>> {
  if (retryAfterSeconds !== null) return { 'retry-after': String(retryAfterSeconds) };
  return httpStatus === 503 ? { 'retry-after': '1' } : {};
}

/** A refusal of the whole operation, for the executor: Apollo takes status and headers from `extensions.http`. */
export function refusalError(error: GatewayError, legalBasis: string | null): GraphQLError {
  const { httpStatus, code, message } = error;
  return new GraphQLError(message, {
    extensions: {
      code,
      ...(legalBasis === null ? {} : { legalBasis }),
      http: { status: httpStatus, headers: new HeaderMap(Object.entries(retryAfter(error))) },
    },
  });
}

/** An error at its path, beside the data. */
export function fieldError({ code, path, coordinate, rule, legalBasis }: ExplainedError): GraphQLError {
  return new GraphQLError(messageOf(code), {
    path: [...path],
    extensions: {
      code,
      ...(coordinate === null ? {} : { coordinate }),
      ...(rule === null ? {} : { rule }),
      ...(legalBasis === null ? {} : { legalBasis }),
    },
  });
}
