import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { bytesOfDocument } from '../../src/operation/document-bytes.ts';

const bytes = (source: string): number => bytesOfDocument(parse(source));

test('what is ignored weighs as text, what is read weighs more', () => {
  const small = bytes('{ a }');
  expect(bytes(`{ a } # ${'x'.repeat(1_000)}`) - small).toBeGreaterThan(2_000);
  expect(bytes(`{ ${'a '.repeat(100)} }`) - small).toBeGreaterThan(99 * 400);
  expect(bytesOfDocument(parse('{ a }', { noLocation: true }))).toBeGreaterThan(0);
});
