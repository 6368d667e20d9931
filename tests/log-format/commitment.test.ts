import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { commitmentOf, opensCommitment } from '../../src/log-format/commitment.ts';

const SALT = 'AAAAAAAAAAAAAAAAAAAAAA';
const VALUE = '{"key":"001190900011","kind":"person"}';

test('a commitment is the hash of three lines', () => {
  const lines = createHash('sha256').update('national-data-gateway subject v1').update('\n').update(SALT);
  const expected = lines.update('\n').update(VALUE).digest('base64url');
  expect(commitmentOf('subject', SALT, VALUE)).toBe(expected);
  expect(expected).toHaveLength(43);
});

test('opens with its own label, salt and value only', () => {
  const commitment = commitmentOf('subject', SALT, VALUE);
  expect(opensCommitment(commitment, 'subject', SALT, VALUE)).toBe(true);
  expect(opensCommitment(commitment, 'predicates', SALT, VALUE)).toBe(false);
  expect(opensCommitment(commitment, 'subject', `B${SALT.slice(1)}`, VALUE)).toBe(false);
  expect(opensCommitment(commitment, 'subject', SALT, VALUE.replace('11"', '12"'))).toBe(false);
  expect(opensCommitment(commitment.slice(1), 'subject', SALT, VALUE)).toBe(false);
});
