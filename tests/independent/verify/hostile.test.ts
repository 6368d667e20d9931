import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { z } from 'zod';
import {
  EntryFormat,
  OpeningLineFormat,
  RemovedLineFormat,
  ToldAccessFormat,
} from '../../../src/log-format/entry-format.ts';
import { shapeCheck } from '../../../src/independent/verify/reading/shape-check.ts';
import { verifyHeld } from '../../../src/independent/verify/verify-export.ts';
import { honestLog } from './vectors/forged-export.ts';
import { accessOf, bundleOf, bundleText, heldAccess, heldBundle } from './vectors/forged-proofs.ts';
import { DEEP } from './vectors/hostile-vectors.ts';
import { retainedLog } from './vectors/history-vectors.ts';
import { evidenceOf } from './vectors/verify-forged.ts';

const faultsOf = (proofs: readonly ReturnType<typeof heldBundle>[]): readonly string[] =>
  verifyHeld(evidenceOf({ proofs })).faults.map(({ attack }) => attack);

describe('a bundle or an access made to end the verifier', () => {
  const honest = bundleText(bundleOf(honestLog(), [3]));

  test('a leaf nested 5,000 deep', () => {
    const bundle = bundleOf(honestLog(), [3]);
    const [entry] = bundle.entries;
    if (entry) entry.leaf = entry.leaf.replace('"detail":null', `"detail":${DEEP}`);
    expect(faultsOf([heldBundle(bundleText(bundle))])).toEqual(['malformed-entry']);
  });

  test.each([
    ['a million hashes that are none', honest.replace('"proof":[', `"proof":[${'0,'.repeat(1_000_000)}`)],
    ['a line of 16 MB', honest.replace('"proof":[', `"proof":[${'0,'.repeat(8_000_000)}`)],
    ['nothing but newlines', '\n'.repeat(10_000_000)],
    ['a line nested 5,000 deep', `${DEEP}\n`],
  ])('%s', (_name, text) => {
    expect(faultsOf([heldBundle(text)])).toEqual(['malformed-bundle']);
  });

  test('an access of a million parts', () => {
    const access = { ...accessOf(honestLog(), 3), disclosed: Array.from({ length: 1_000_000 }, () => 0) };
    expect(faultsOf([heldAccess(access)])).toEqual(['malformed-access']);
  });
});

describe('a shape is checked as zod would', () => {
  const forged = retainedLog();
  const values: readonly (readonly [name: string, format: z.ZodType, samples: readonly string[]])[] = [
    ['an entry', EntryFormat, forged.lines.filter((line) => !line.startsWith('{"removed"'))],
    ['a removed line', RemovedLineFormat, forged.lines.slice(0, 3)],
    ['an opening', OpeningLineFormat, forged.openings],
    ['an access', ToldAccessFormat, [JSON.stringify(accessOf(honestLog(), 7))]],
  ];
  const strange = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom<unknown>(-1, 0, 0.5, 2 ** 53, '', 'person', [], {}, null, ['a', 'b', 'c']),
  );

  test.each(values)('%s', (_name, format, samples) => {
    const hasShape = shapeCheck(format);
    for (const sample of samples) expect(hasShape(JSON.parse(sample))).toBe(true);
    fc.assert(
      fc.property(fc.constantFrom(...samples), fc.nat(), fc.nat(2), strange, (sample, place, how, value) => {
        const json = JSON.parse(sample) as object;
        const places = [...placesIn(json)];
        const [holder, name] = places[place % places.length] ?? [{}, ''];
        if (how === 0) holder[name] = value;
        else if (how === 1) Reflect.deleteProperty(holder, name);
        else Object.assign(holder, { [`${name}x`]: value });
        const changed = JSON.parse(JSON.stringify(json)) as unknown;
        expect(hasShape(changed)).toBe(format.safeParse(changed).success);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Every member of every object and list in a value. */
function* placesIn(value: object): Generator<readonly [Record<string, unknown>, string]> {
  for (const [name, inner] of Object.entries(value)) {
    yield [value as Record<string, unknown>, name];
    if (typeof inner === 'object' && inner !== null) yield* placesIn(inner as object);
  }
}
