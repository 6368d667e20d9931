import { createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildKeyedHash } from '../../../src/config/secrets/keyed-hash.ts';

test('RFC 4231, test case 2', () => {
  const hash = buildKeyedHash(Buffer.from('Jefe'));
  expect(hash('what do ya want for nothing?')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
});

test('is HMAC-SHA-256 for keys of any length, and may be called again', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 200 }),
      fc.array(fc.string({ unit: 'grapheme', maxLength: 100 }), { minLength: 1, maxLength: 3 }),
      (key, messages) => {
        const hash = buildKeyedHash(Buffer.from(key));
        for (const message of messages) {
          expect(hash(message)).toBe(createHmac('sha256', key).update(message, 'utf8').digest('hex'));
        }
      },
    ),
  );
});
