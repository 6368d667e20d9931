import { expect, it } from 'vitest';
import { LIMITED_LINE_LIMITS, limitLines } from '../../src/telemetry/limited-lines.ts';

const { lines, window } = LIMITED_LINE_LIMITS;

it('writes so many lines with one reason in a window, and then says how many were left out', () => {
  let now = 0;
  const written: object[] = [];
  const write = limitLines<{ reason: string }>(
    (event, fields) => written.push({ event, ...fields }),
    () => now,
  );
  for (let line = 0; line < lines.value + 7; line++) write('token.refused', { reason: 'signature' });
  expect(written).toHaveLength(lines.value);
  write('token.refused', { reason: 'issuer' });
  expect(written.at(-1)).toEqual({ event: 'token.refused', reason: 'issuer' });
  now = window.value;
  write('token.refused', { reason: 'signature' });
  expect(written.at(-1)).toEqual({ event: 'token.refused', reason: 'signature', count: 7 });
  write('token.refused', { reason: 'signature' });
  expect(written.at(-1)).toEqual({ event: 'token.refused', reason: 'signature' });
});
