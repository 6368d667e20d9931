import { expect, test } from 'vitest';
import { buildInProcessTransport } from './in-process-transport.ts';
import type { WireHandler } from './in-process-transport.ts';
import { codeOf } from '../../sources/fixtures/register-fixture.ts';

const REQUEST = { method: 'GET', path: '/x', headers: {} } as const;

test('passes request and answer through', async () => {
  const transport = buildInProcessTransport((request) =>
    Promise.resolve({ status: 200, body: request.path }),
  );
  expect(await transport.send(REQUEST, 1_000)).toEqual({ status: 200, body: '/x' });
  await transport.close();
});

const FAILING: readonly (readonly [string, WireHandler, string])[] = [
  ['never answers', () => new Promise(() => {}), 'SOURCE_TIMEOUT'],
  ['rejects', () => Promise.reject(new Error('upstream text')), 'SOURCE_UNAVAILABLE'],
  [
    'throws',
    () => {
      throw new Error('upstream text');
    },
    'SOURCE_UNAVAILABLE',
  ],
];
test.each(FAILING)('a handler that %s', async (_name, handler, code) => {
  expect(await codeOf(buildInProcessTransport(handler).send(REQUEST, 10))).toBe(code);
});
