import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, type JsonValue } from '../../../src/log-format/canonical-json.ts';
import { leafHash } from '../../../src/log-format/tree/merkle-hash.ts';
import { openDirectWriter } from '../support/direct-writer.ts';
import { exampleRecord, SUBJECTS } from '../support/example-record.ts';
import { openReader } from '../support/fixtures.ts';
import { createSqliteTestStore } from '../support/test-stores.ts';

/** Whatever a text may hold, lone surrogates included. */
const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('\\', '"', '\n', '\\n', '","', '\u0000', '\u2028', "'", '\ud800', '𐐷', '\u007f', '[]'),
);

test('the view gives each entry’s exact bytes, which are canonical and have the leaf’s hash', async () => {
  const store = await createSqliteTestStore();
  const writer = await openDirectWriter(store);
  await fc.assert(
    fc.asyncProperty(text, text, text, text, async (officer, caseId, coordinate, upstream) => {
      const [person, other] = SUBJECTS;
      if (!person || !other) throw new Error('no subjects');
      const subjects = [
        {
          ...person,
          caseIds: [caseId, officer],
          disclosed: person.disclosed.map((one) => ({
            ...one,
            coordinates: [coordinate],
            upstreamIds: [upstream, coordinate],
          })),
        },
        other,
      ];
      await writer.write([
        exampleRecord({
          officer,
          caseId,
          reason: coordinate,
          denied: [upstream, caseId],
          upstream: [{ register: 'population', requestId: upstream }],
          requestId: caseId,
          subjects,
        }),
        exampleRecord({ subjects: [] }),
      ]);
    }),
    { numRuns: 200 },
  );
  const groups = await openReader(store).groups();
  const leafHashes = groups.flatMap(({ leafHashes: hashes }) =>
    Array.from({ length: hashes.length / 32 }, (_, n) => Buffer.from(hashes.subarray(n * 32, n * 32 + 32))),
  );
  const entries = await store.sql<{ leaf: number; entry: string; answer_id: string }>(
    'SELECT leaf, entry, answer_id FROM entries ORDER BY leaf',
  );
  expect(entries.map(({ leaf }) => leaf)).toEqual(leafHashes.map((_hash, leaf) => leaf));
  expect(entries.filter(({ leaf, entry }) => !leafHashes[leaf]?.equals(leafHash(entry)))).toEqual([]);
  const isCanonical = (entry: string) => canonicalJson(JSON.parse(entry) as JsonValue) === entry;
  expect(entries.filter(({ entry }) => !isCanonical(entry))).toEqual([]);
  const ids = new Map(entries.map(({ leaf, answer_id }) => [leaf, answer_id]));
  for (const { answers } of groups)
    for (const { firstLeaf, id } of answers) expect(ids.get(firstLeaf)).toBe(id);
});
