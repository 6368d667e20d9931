import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { DisclosureRecorder } from '../disclosure/disclosure-recorder.ts';
import { GatewayError } from '../errors.ts';
import { checkDocument, openExchange, refuseSuspended, release, type PipelineParts } from '../pipeline.ts';
import type { Exchange } from '../request/exchange.ts';
import { describeError, type Log } from '../telemetry/log.ts';
import type { GraphQlEndpoint } from './apollo.ts';
import { BodyPlaces } from './body-places.ts';
import { BodyTooLarge, readBody, UnreadableBody } from './read-body.ts';
import { refusalAnswer, type HttpAnswer } from './refusal.ts';
import { requestIdOf, traceIdOf } from './request-ids.ts';

export interface GraphQlRoute {
  readonly parts: PipelineParts;
  readonly graphql: GraphQlEndpoint;
  readonly log: Log;
  /** Beyond so many at a time a request is OVERLOADED, before it costs anything. */
  readonly maxInFlight: number;
}

/** Answers POST /graphql; never rejects. */
export function buildGraphQlRoute(route: GraphQlRoute): (request: IncomingMessage) => Promise<HttpAnswer> {
  const { parts, log } = route;
  const bodies = new BodyPlaces();
  let inFlight = 0;
  return async (request) => {
    const startedAt = performance.now();
    if (inFlight >= route.maxInFlight) {
      parts.metrics.unauthenticated('OVERLOADED');
      return refusalAnswer('OVERLOADED');
    }
    inFlight += 1;
    parts.metrics.inFlight(1);
    try {
      return await answer(route, request, bodies);
    } catch (error) {
      log.error('request.failed', describeError(error));
      return refusalAnswer('INTERNAL_ERROR');
    } finally {
      inFlight -= 1;
      parts.metrics.inFlight(-1);
      parts.metrics.step('total', performance.now() - startedAt);
    }
  };
}

async function answer(
  route: GraphQlRoute,
  request: IncomingMessage,
  bodies: BodyPlaces,
): Promise<HttpAnswer> {
  const { parts, log } = route;
  const { headers } = request;
  let exchange: Exchange;
  try {
    exchange = await openExchange(parts, {
      authorization: headers.authorization,
      purpose: single(headers['x-purpose']),
      caseId: single(headers['x-case-id']),
      requestId: requestIdOf(single(headers['x-request-id'])),
      traceId: traceIdOf(single(headers['traceparent'])),
      wantsReceipt: single(headers['x-receipt']) === '1',
    });
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error;
    parts.metrics.unauthenticated(error.code);
    return refusalAnswer(error.code);
  }
  const produced = await produce(route, request, exchange, bodies);
  if (produced.status !== 200) exchange.refusal ??= codeIn(produced.body);
  let body: string;
  try {
    body = await release(parts, exchange, produced);
  } catch (error) {
    // No durable entry, no data: what was produced is dropped here.
    const code = error instanceof GatewayError ? error.code : 'INTERNAL_ERROR';
    log.error('access-log.failed', { code, requestId: exchange.head.requestId });
    parts.metrics.answer(503, code);
    return refusalAnswer('ACCESS_LOG_UNAVAILABLE');
  }
  forget(exchange);
  const code = produced.status === 200 ? 'OK' : (exchange.refusal ?? 'UNKNOWN');
  parts.metrics.answer(produced.status, code);
  log.debug('request.answered', {
    status: produced.status,
    code,
    entry: exchange.entryId,
    requestId: exchange.head.requestId,
    traceId: exchange.head.traceId,
    client: exchange.principal.client.id,
  });
  return {
    ...produced,
    body,
    headers: {
      ...produced.headers,
      'x-access-entry': exchange.entryId,
      'x-request-id': exchange.head.requestId,
    },
  };
}

/** Apollo's own objects outlive the request for a while: what was read for it must not stay alive with them. */
function forget(exchange: Exchange): void {
  exchange.reader = null;
  exchange.recorder = new DisclosureRecorder();
  exchange.roots = [];
}

/** The answer to a verified caller, whatever it is; it leaves only through the release gate. */
async function produce(
  { parts, graphql, log }: GraphQlRoute,
  request: IncomingMessage,
  exchange: Exchange,
  bodies: BodyPlaces,
): Promise<HttpAnswer> {
  try {
    refuseSuspended(parts, exchange);
    const text = await receiveBody(request, exchange, bodies);
    exchange.requestDigest = hash('sha256', text, 'base64url');
    const body = readJson(text);
    // Once more: a body may take its time, and who is suspended meanwhile is not answered.
    refuseSuspended(parts, exchange);
    if (!isJson(request.headers['content-type'])) throw new BadJson('The body must be application/json.');
    checkDocument(parts, body['query']);
    return await graphql.execute(
      {
        contentType: request.headers['content-type'] ?? '',
        accept: mediaTypeFor(request.headers.accept),
        body,
      },
      exchange,
    );
  } catch (error) {
    if (error instanceof GatewayError) {
      exchange.refusal = error.code;
      return refusalAnswer(error.code, undefined, error instanceof BodyTooLarge ? 413 : undefined);
    }
    if (error instanceof BadJson || error instanceof UnreadableBody) {
      exchange.refusal = 'BAD_REQUEST';
      return refusalAnswer('BAD_REQUEST', error.message);
    }
    exchange.refusal = 'INTERNAL_ERROR';
    log.error('request.failed', { ...describeError(error), requestId: exchange.head.requestId });
    return refusalAnswer('INTERNAL_ERROR');
  }
}

async function receiveBody(
  request: IncomingMessage,
  { principal }: Exchange,
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

/** The two media types of GraphQL over HTTP, without the cost of negotiating among all; others are Apollo's to refuse. */
function mediaTypeFor(accept: string | undefined): string {
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return 'application/json';
  return accept;
}

/** Any other type could come from a form on somebody's page, without the browser asking first (CSRF). */
function isJson(contentType: string | undefined): boolean {
  return /^application\/json\s*(;|$)/i.test(contentType ?? '');
}

class BadJson extends Error {}

/** Extensions are ignored, persisted queries among them. */
function readJson(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new BadJson('The body is not JSON.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new BadJson('The body must be one JSON object.');
  }
  const { query, operationName, variables } = value as Record<string, unknown>;
  return {
    query,
    ...(operationName === undefined || operationName === null ? {} : { operationName }),
    ...(variables === undefined || variables === null ? {} : { variables }),
  };
}

/** Empty headers are absent ones. */
function single(header: string | string[] | undefined): string | undefined {
  const value = Array.isArray(header) ? header.join(', ') : header;
  return value === '' ? undefined : value;
}

/** Code of the first error of a refusal that Apollo formatted (parse, validation, media type). */
function codeIn(body: string): string {
  try {
    const parsed = JSON.parse(body) as { errors?: readonly { extensions?: { code?: unknown } }[] };
    const code = parsed.errors?.[0]?.extensions?.code;
    return typeof code === 'string' ? code : 'BAD_REQUEST';
  } catch {
    return 'BAD_REQUEST';
  }
}
