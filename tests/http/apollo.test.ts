import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import { buildGraphQlEndpoint } from '../../src/http/apollo.ts';
import type { Exchange } from '../../src/request/exchange.ts';
import { buildLog } from '../../src/telemetry/log.ts';

it('an unexpected error is a 500 that says nothing, and stands in the log without its message', async () => {
  const lines: string[] = [];
  const secret = '001094000001';
  const endpoint = await buildGraphQlEndpoint(
    buildSchema('type Query { a: ID }'),
    () => Promise.reject(new TypeError(`cannot read ${secret}`)),
    buildLog('info', { write: (line) => void lines.push(line) }),
  );
  const exchange = { head: { requestId: 'r1' }, refusal: null } as unknown as Exchange;
  const answer = await endpoint.execute(
    { contentType: 'application/json', accept: 'application/json', body: { query: '{a}' } },
    exchange,
  );
  await endpoint.stop();
  expect(answer.status).toBe(500);
  expect(JSON.parse(answer.body)).toEqual({
    errors: [{ message: 'The gateway failed.', extensions: { code: 'INTERNAL_ERROR' } }],
  });
  expect(exchange.refusal).toBe('INTERNAL_ERROR');
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({
    msg: 'request.failed',
    errorName: 'TypeError',
    requestId: 'r1',
  });
  expect(lines.join('')).not.toContain(secret);
});
