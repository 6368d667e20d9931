import type { IncomingMessage } from 'node:http';
import { GatewayError } from '../errors.ts';
import type { AnswerRequest } from '../request/http-steps.ts';
import type { ReadBodyText } from '../request/receive-body.ts';
import type { OutgoingAnswer, RequestHead } from '../request/stages.ts';
import { describeError, type Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { GraphQlEndpoint } from './apollo.ts';
import type { RequestPlace, RequestBudget } from './budget/request-budget.ts';
import type { ShedRequests } from './budget/shed-requests.ts';
import { readBody } from './read-body.ts';
import { refusalAnswer } from './refusal.ts';
import type { Route, WrittenAnswer } from './server.ts';
import { requestIdOf, traceIdOf } from './request-ids.ts';

/** Clients ask queries by GET by default or by a setting; ids in a URL would stand in the logs of proxies. */
const METHOD_HINT =
  'Send the operation as a JSON body. Settings of clients: urql `preferGetMethod: false`, Apollo Client ' +
  '`useGETForQueries: false`, graphql-request `method: "POST"`.';

export interface GraphQlRoute {
  readonly answerRequest: AnswerRequest;
  readonly graphql: Pick<GraphQlEndpoint, 'execute'>;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly budget: RequestBudget;
  readonly shed: ShedRequests;
}

/** Answers one operation. Head and body are the request's own, unless the console puts a session's in their place. */
export type AnswerGraphQl = (
  request: IncomingMessage,
  head?: RequestHead,
  readText?: ReadBodyText,
) => Promise<WrittenAnswer>;

/** Answers POST /graphql; never rejects. */
export function buildGraphQlRoute(route: GraphQlRoute): AnswerGraphQl {
  const { answerRequest, graphql, metrics, log, budget, shed } = route;
  return async (request, head = headOf(request), readText = () => receive(request)) => {
    const startedAt = performance.now();
    const refuse = (error: GatewayError): OutgoingAnswer => refusalOf(error, head);
    const place = budget.enter();
    if (place instanceof GatewayError) {
      metrics.unauthenticated(place.code);
      return refuse(place);
    }
    metrics.inFlight(1);
    try {
      const answer = await answerRequest(head, {
        admit: ({ principal: { client, officer, subject } }) => {
          const refusal = place.admit(client.id, subject, client.kind === 'citizen');
          if (!refusal) return null;
          shed.add(client.id, officer);
          metrics.answer(refusal.httpStatus, refusal.code);
          return refusal;
        },
        reserve: place.reserve,
        readText,
        execute: graphql.execute,
        refuse,
      });
      return untilWritten(answer, place);
    } catch (error) {
      log.error('request.failed', { ...describeError(error), requestId: head.requestId });
      return untilWritten(refuse(new GatewayError('INTERNAL_ERROR')), place);
    } finally {
      metrics.inFlight(-1);
      metrics.step('total', performance.now() - startedAt);
    }
  };
}

/** The entry of POST /graphql in the server's routes; `page` answers a browser's GET, in the demo alone. */
export function graphQlEntry(
  answer: AnswerGraphQl,
  origins: ReadonlySet<string>,
  page: Route['page'] | undefined,
): readonly [string, Route] {
  const handler: Route['handler'] = (request) => answer(request);
  const route: Route = { method: 'POST', handler, methodHint: METHOD_HINT, origins };
  return ['/graphql', page ? { ...route, page } : route];
}

/** A refusal has the request id too, under which the operator finds its line. */
function refusalOf(error: GatewayError, { accept, requestId }: RequestHead): OutgoingAnswer {
  const refusal = refusalAnswer(error, accept);
  return { ...refusal, headers: { ...refusal.headers, 'x-request-id': requestId } };
}

/** The request's head, as far as the path needs it. */
export function headOf({ headers }: IncomingMessage): RequestHead {
  return {
    authorization: headers.authorization,
    purpose: single(headers['x-purpose']),
    caseId: single(headers['x-case-id']),
    contentType: headers['content-type'],
    accept: headers.accept,
    requestId: requestIdOf(single(headers['x-request-id'])),
    traceId: traceIdOf(single(headers['traceparent'])),
    wantsReceipt: single(headers['x-receipt']) === '1',
  };
}

async function receive(request: IncomingMessage): Promise<string> {
  assertUncoded(request);
  return readBody(request);
}

/** The place is held until the answer is written: a caller that does not read counts for itself. */
function untilWritten(answer: OutgoingAnswer, place: RequestPlace): WrittenAnswer {
  place.isComplete();
  place.holdsAnswer(2 * answer.body.length);
  return { ...answer, whenWritten: place.leave };
}

/** A compressed body would have to be unpacked before its size is known (RFC 9110 8.4). */
function assertUncoded({ headers }: IncomingMessage): void {
  const coding = (headers['content-encoding'] ?? '').trim();
  if (coding === '' || coding.toLowerCase() === 'identity') return;
  throw new GatewayError('BAD_REQUEST', {
    httpStatus: 415,
    message: 'The body must come without a Content-Encoding.',
  });
}

/** An empty header is an absent one. */
function single(header: string | string[] | undefined): string | undefined {
  const value = Array.isArray(header) ? header.join(', ') : header;
  return value === '' ? undefined : value;
}
