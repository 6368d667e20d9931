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
    if (inFlight >= maxInFlight) {
      metrics.unauthenticated('OVERLOADED');
      return refusalAnswer(new GatewayError('OVERLOADED'));
    }
    inFlight += 1;
    metrics.inFlight(1);
    try {
      return await answerRequest(headOf(request), {
        readText: (caller) => receive(request, caller, bodies),
        execute: graphql.execute,
        refuse: refusalAnswer,
      });
    } catch (error) {
      log.error('request.failed', describeError(error));
      return refusalAnswer(new GatewayError('INTERNAL_ERROR'));
    } finally {
      inFlight -= 1;
      metrics.inFlight(-1);
      metrics.step('total', performance.now() - startedAt);
    }
  };
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
  if (!bodies.take(caller)) throw new GatewayError('OVERLOADED');
  try {
    return await readBody(request);
  } finally {
    bodies.giveBack(caller);
  }
}

/** An empty header is an absent one. */
function single(header: string | string[] | undefined): string | undefined {
  const value = Array.isArray(header) ? header.join(', ') : header;
  return value === '' ? undefined : value;
}
