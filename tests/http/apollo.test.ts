import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import { buildGraphQlEndpoint } from '../../src/http/apollo.ts';
import type { Received } from '../../src/request/stages.ts';
import { buildLog } from '../../src/telemetry/log.ts';

it('an unexpected error is a 500 that says nothing, and stands in the log without its message', async () => {
  const lines: string[] = [];
  const secret = '001094000001';
  const endpoint = await buildGraphQlEndpoint(
    buildSchema('type Query { a: ID }'),
    buildLog('info', { write: (line) => void lines.push(line) }),
  );
  const received = {
    head: { requestId: 'r1', contentType: 'application/json', accept: 'application/json' },
    body: { query: '{a}' },
  } as unknown as Received;
  const { answer, outcome } = await endpoint.execute(received, () =>
    Promise.reject(new TypeError(`cannot read ${secret}`)),
  );
  await endpoint.stop();
  expect(answer.status).toBe(500);
  expect(JSON.parse(answer.body)).toEqual({
    errors: [{ message: 'The gateway failed.', extensions: { code: 'INTERNAL_ERROR' } }],
  });
  expect(outcome).toMatchObject({ code: 'INTERNAL_ERROR', reached: received });
  expect(lines).toHaveLength(1);
  expect(JSON.parse(lines[0] ?? '{}')).toMatchObject({
    msg: 'request.failed',
    errorName: 'TypeError',
    requestId: 'r1',
  });
  expect(lines.join('')).not.toContain(secret);
});
