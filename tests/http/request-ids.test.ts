import { expect, it } from 'vitest';
import { requestIdOf, traceIdOf } from '../../src/http/request-ids.ts';

it.each(['a', 'req-2026.11_21', 'A'.repeat(64), '12345678-x'])('keeps the request id %s', (id) => {
  expect(requestIdOf(id)).toBe(id);
});

it.each([undefined, '', 'a b', 'a\r\nb', 'ü', 'a'.repeat(65), '001094000001', 'req-001094000001', '{}'])(
  'replaces the request id %j',
  (id) => {
    const made = requestIdOf(id);
    expect(made).not.toBe(id);
    expect(made).toMatch(/^[0-9a-f-]{36}$/);
    expect(requestIdOf(id)).not.toBe(made);
  },
);

const TRACE = '0af7651916cd43dd8448eb211c80319c';

it.each([
  `00-${TRACE}-b7ad6b7169203331-01`,
  `01-${TRACE}-b7ad6b7169203331-01`,
  `cc-${TRACE}-b7ad6b7169203331-01-what-the-future-will-be-like`,
  `fe-${TRACE}-b7ad6b7169203331-00-`,
])('keeps the trace id of %s', (header) => {
  expect(traceIdOf(header)).toBe(TRACE);
});

it.each([
  undefined,
  '',
  TRACE,
  `ff-${TRACE}-b7ad6b7169203331-01`,
  `01-${TRACE}-b7ad6b7169203331-01.more`,
  `1-${TRACE}-b7ad6b7169203331-01`,
  `00-${TRACE}-0000000000000000-01`,
  `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
  `00-${TRACE.toUpperCase()}-b7ad6b7169203331-01`,
  `00-${TRACE}-b7ad6b7169203331-01-x`,
  `00-${TRACE}-b7ad6b7169203331-01\n`,
])('replaces the trace id of %j', (header) => {
  const made = traceIdOf(header);
  expect(made).toMatch(/^[0-9a-f]{32}$/);
  expect(made).not.toBe(TRACE);
  expect(made).not.toBe('0'.repeat(32));
});
