import { GraphQLError } from 'graphql';
import { HeaderMap } from '@apollo/server';
import { messageOf, type GatewayError } from '../errors.ts';
import type { ExplainedError, OutgoingAnswer } from '../request/stages.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

/** A refusal outside GraphQL's own formatting. */
export function refusalAnswer(error: GatewayError): OutgoingAnswer {
  const { httpStatus, code, message } = error;
  return {
    status: httpStatus,
    headers: {
      'content-type': JSON_TYPE,
      ...(httpStatus === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...retryAfter(error),
    },
    body: JSON.stringify({ errors: [{ message, extensions: { code } }] }),
  };
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
