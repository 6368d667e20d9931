import { expect, test } from 'vitest';
import { withAdvice } from '../../../src/access-log/stores/fault-advice.ts';

test.each([
  ['opened', 'pg-42501', 'migrate-log --grant'],
  ['opened', 'role-not-granted', 'migrate-log -- --grant'],
  ['opened', 'not-migrated', 'migrate-log -- --grant'],
  ['opened', 'login-may-change-log', 'owns nothing'],
  ['opened', 'fsync-off', 'fsync = on'],
  ['opened', 'tree-not-genuine', 'checkpoint key'],
  ['used', 'sqlite-26', 'DATA_DIR'],
])('cannot be %s: %s is explained in one sentence', (how, code, advised) => {
  const message = `the access log cannot be ${how}: ${code}`;
  const [first, sentence = '', ...more] = withAdvice(message)?.split('\n') ?? [];
  expect({ first, more }).toEqual({ first: message, more: [] });
  expect(sentence).toContain(advised);
  expect(sentence).toMatch(/^[A-Z].*\.$/);
});

test.each([
  'the access log cannot be opened: pg-XX000',
  'the access log cannot be opened: constructor',
  'something else: not-migrated',
])('%s has none', (message) => {
  expect(withAdvice(message)).toBe(null);
});
