import { z } from 'zod';
import { GatewayError } from '../../errors.ts';
import { admitToPage } from '../../request/page/admit-to-page.ts';
import type { StreamParts } from '../../request/stream/open-stream.ts';
import { headOf, type AnswerGraphQl } from '../graphql-route.ts';
import { readBody } from '../read-body.ts';
import { refusalAnswer } from '../refusal.ts';
import type { ConsoleHandler } from './console-answer.ts';
import { headOfSession } from './console-caller.ts';
import type { ConsoleOperation } from './console-pages.ts';
import { refusalOf } from './session-routes.ts';

const queryBody = z.strictObject({
  operation: z.string().max(64),
  variables: z.record(z.string(), z.unknown()).optional(),
});

export interface QueryRouteParts {
  readonly operations: ReadonlyMap<string, ConsoleOperation>;
  readonly parts: StreamParts;
  /** POST /graphql, whose path the console's requests take too. */
  readonly answerGraphQl: AnswerGraphQl;
}

/**
 * Answers POST /console/graphql: an operation of a page, by its name, goes through the same pipeline as POST /graphql, with the
 * session's token and order. A session runs no other document, and another role's operation is refused on record.
 */
export function buildQueryRoute({ operations, parts, answerGraphQl }: QueryRouteParts): ConsoleHandler {
  return async (request, { session, origin }) => {
    const { accept } = request.headers;
    const refusal = refusalOf(request, session, origin);
    if (refusal || !session) return refusal ?? refusalAnswer(new GatewayError('UNAUTHENTICATED'), accept);
    const text = await readBody(request).catch((error: unknown) =>
      error instanceof GatewayError ? error : Promise.reject(error),
    );
    if (text instanceof GatewayError) return refusalAnswer(text, accept);
    const given = queryBody.safeParse(parsed(text)).data;
    const operation = given && operations.get(given.operation);
    if (!given || !operation) return refusalAnswer(new GatewayError('BAD_REQUEST'), accept);
    const head = headOfSession(headOf(request), session);
    const admitted = await admitToPage(parts, head, operation.kinds, (error) => refusalAnswer(error, accept));
    if ('status' in admitted) return admitted;
    const body = JSON.stringify({ query: operation.document, variables: given.variables ?? {} });
    return answerGraphQl(request, head, async () => body);
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
