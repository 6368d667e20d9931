import type { IncomingMessage } from 'node:http';
import type { Limits } from '../config/limits.ts';
import { GatewayError } from '../errors.ts';
import type { AnswerRequest } from '../request/http-steps.ts';
import type { Identified, OutgoingAnswer, RequestHead } from '../request/stages.ts';
import { describeError, type Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';
import type { GraphQlEndpoint } from './apollo.ts';
import { BodyPlaces } from './body-places.ts';
import { readBody } from './read-body.ts';
import { refusalAnswer } from './refusal.ts';
import { requestIdOf, traceIdOf } from './request-ids.ts';

export const IN_FLIGHT_LIMITS = {
  requests: { value: 1_000, unit: 'requests', why: 'One more is OVERLOADED before it costs anything.' },
} as const satisfies Limits;

/** Clients ask queries by GET by default or by a setting; ids in a URL would stand in the logs of proxies. */
export const METHOD_HINT =
  'Send the operation as a JSON body. Settings of clients: urql `preferGetMethod: false`, Apollo Client ' +
  '`useGETForQueries: false`, graphql-request `method: "POST"`.';

export interface GraphQlRoute {
  readonly answerRequest: AnswerRequest;
  readonly graphql: Pick<GraphQlEndpoint, 'execute'>;
  readonly metrics: Metrics;
  readonly log: Log;
  /** With so many requests in flight, another one is OVERLOADED before it costs anything. */
  readonly maxInFlight: number;
}

/** Answers POST /graphql; never rejects. */
export function buildGraphQlRoute(
  route: GraphQlRoute,
): (request: IncomingMessage) => Promise<OutgoingAnswer> {
  const { answerRequest, graphql, metrics, log, maxInFlight } = route;
  const bodies = new BodyPlaces();
  let inFlight = 0;
  return async (request) => {
    const startedAt = performance.now();
    const head = headOf(request);
    const refuse = (error: GatewayError): OutgoingAnswer => refusalOf(error, head);
    if (inFlight >= maxInFlight) {
      metrics.unauthenticated('OVERLOADED');
      return refuse(new GatewayError('OVERLOADED'));
    }
    inFlight += 1;
    metrics.inFlight(1);
    try {
      return await answerRequest(head, {
        readText: (caller) => receive(request, caller, bodies),
        execute: graphql.execute,
        refuse,
      });
    } catch (error) {
      log.error('request.failed', { ...describeError(error), requestId: head.requestId });
      return refuse(new GatewayError('INTERNAL_ERROR'));
    } finally {
      inFlight -= 1;
      metrics.inFlight(-1);
      metrics.step('total', performance.now() - startedAt);
    }
  };
}

/** A refusal has the request id too, under which the operator finds its line. */
function refusalOf(error: GatewayError, { accept, requestId }: RequestHead): OutgoingAnswer {
  const refusal = refusalAnswer(error, accept);
  return { ...refusal, headers: { ...refusal.headers, 'x-request-id': requestId } };
}

function headOf({ headers }: IncomingMessage): RequestHead {
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

async function receive(
  request: IncomingMessage,
  { principal }: Identified,
  bodies: BodyPlaces,
): Promise<string> {
  const caller = `${principal.client.id} ${principal.subject}`;
  assertUncoded(request);
  if (!bodies.take(caller)) throw new GatewayError('OVERLOADED');
  try {
    return await readBody(request);
  } finally {
    bodies.giveBack(caller);
  }
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
