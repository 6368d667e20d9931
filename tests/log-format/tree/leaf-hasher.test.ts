import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLeafHasher, leafHash } from '../../../src/log-format/tree/merkle-hash.ts';

test('entries that begin alike have the hashes that each has by itself', () => {
  const text = fc.string({ unit: 'binary', maxLength: 300 }).map((one) => one.toWellFormed());
  fc.assert(
    fc.property(text, fc.array(text, { maxLength: 8 }), (start, ends) => {
      const hashLeaf = createLeafHasher(start);
      const hashes = ends.map((end) => hashLeaf(end));
      expect(hashes).toEqual(ends.map((end) => leafHash(start + end)));
    }),
  );
});
