import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { GatewayError } from '../../src/errors.ts';
import { buildGraphQlRoute } from '../../src/http/graphql-route.ts';
import { RequestBudget } from '../../src/http/budget/request-budget.ts';
import { ShedRequests } from '../../src/http/budget/shed-requests.ts';
import { answerRequest } from '../../src/pipeline.ts';
import type { RequestParts } from '../../src/request/request-parts.ts';
import type { WrittenAnswer } from '../../src/http/server.ts';
import { buildLog } from '../../src/telemetry/log.ts';
import { buildMetrics } from '../../src/telemetry/metrics.ts';

const servers: ReturnType<typeof createServer>[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  }
});

/** The route with an identity step that the test holds, over a real socket. */
async function start(identify: () => Promise<never>, maxInFlight: number) {
  const metrics = buildMetrics();
  const lines: string[] = [];
  const log = buildLog('info', { write: (line) => void lines.push(line) });
  // The path ends at the identity step here.
  const parts = { identity: { identify, close: () => undefined }, metrics, log } as unknown as RequestParts;
  const route = buildGraphQlRoute({
    answerRequest: (head, http) => answerRequest(parts, head, http),
    graphql: { execute: () => Promise.reject(new Error('not reached')) },
    metrics,
    log,
    budget: new RequestBudget({ requests: maxInFlight }),
    shed: new ShedRequests(() => undefined),
  });
  const send = (answer: WrittenAnswer, response: ServerResponse): void => {
    response.once('close', () => answer.whenWritten?.());
    response.writeHead(answer.status, answer.headers).end(answer.body);
  };
  const server = createServer((request: IncomingMessage, response) => {
    void route(request).then((answer) => send(answer, response));
  });
  servers.push(server);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const ask = async () => {
    const response = await fetch(url, { method: 'POST', body: '{}' });
    const body = (await response.json()) as { errors: { extensions: { code: string } }[] };
    return {
      status: response.status,
      code: body.errors[0]?.extensions.code,
      retryAfter: response.headers.get('retry-after'),
      text: JSON.stringify(body),
    };
  };
  return { ask, metrics, lines };
}

it('beyond so many at a time a request is OVERLOADED at once, and room comes back', async () => {
  const gate = Promise.withResolvers<never>();
  let waiting = 0;
  const { ask, metrics } = await start(() => {
    waiting += 1;
    return gate.promise;
  }, 2);
  const held = [ask(), ask()];
  await vi.waitFor(() => expect(waiting).toBe(2));
  expect(await ask()).toMatchObject({ status: 503, code: 'OVERLOADED', retryAfter: '1' });
  expect(waiting).toBe(2);
  expect((await metrics.expose()).body).toContain('gateway_requests_in_flight 2');
  gate.reject(new GatewayError('UNAUTHENTICATED'));
  expect((await Promise.all(held)).map(({ code }) => code)).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED']);
  expect(await ask()).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  const { body } = await metrics.expose();
  expect(body).toContain('gateway_requests_in_flight 0');
  expect(body).toContain('gateway_unauthenticated_total{code="OVERLOADED"} 1');
});

it('KEY_SET_UNAVAILABLE is a 503 with Retry-After', async () => {
  const { ask } = await start(() => Promise.reject(new GatewayError('KEY_SET_UNAVAILABLE')), 10);
  expect(await ask()).toMatchObject({ status: 503, code: 'KEY_SET_UNAVAILABLE', retryAfter: '1' });
});

it('an unexpected error before the caller is known is a 500 that says nothing', async () => {
  const { ask, lines } = await start(() => Promise.reject(new RangeError('about 001094000001')), 10);
  const answer = await ask();
  expect(answer).toMatchObject({ status: 500, code: 'INTERNAL_ERROR' });
  expect(answer.text + lines.join('')).not.toContain('001094000001');
  expect(lines.join('')).toContain('RangeError');
});
