import { describe, expect, test } from 'vitest';
import { verifyHeld } from '../../../src/independent/verify/verify-export.ts';
import type { VerifyResult } from '../../../src/independent/verify/verdict/verify-result.ts';
import { verifyReportText } from '../../../src/independent/verify/verdict/verify-report.ts';
import { honestLog, signerOf } from './vectors/forged-export.ts';
import { bundleOf, bundleText, heldAccess, heldBundle, openAccessOf } from './vectors/forged-proofs.ts';
import {
  ACCESS_VECTORS,
  BUNDLE_VECTORS,
  HONEST,
  OPENED_BUNDLE,
  OTHER_LOG,
  type ProofVector,
} from './vectors/proof-vectors.ts';
import { evidenceOf, verifyForged } from './vectors/verify-forged.ts';

function verified({ forged, proofs, known = [] }: ReturnType<ProofVector['make']>): VerifyResult {
  const held = { proofs, known, otherKeys: [signerOf(OTHER_LOG).key] };
  return forged ? verifyForged(forged, held) : verifyHeld(evidenceOf(held));
}

describe.each([
  ['bundles', [...BUNDLE_VECTORS, OPENED_BUNDLE]],
  ['accesses', ACCESS_VECTORS],
] as const)('%s', (_name, vectors) => {
  test.each(vectors.map((vector) => [vector.name, vector] as const))('%s', (_vector, vector) => {
    const { verdict, faults, proofs } = verified(vector.make());
    expect({ verdict, faults: faults.map(({ attack, index }) => ({ attack, index })) }).toEqual({
      verdict: 'tampered',
      faults: [{ attack: vector.attack, index: vector.index }],
    });
    expect(proofs.at(-1)).toMatchObject({ isProven: false, entries: 0 });
  });
});

test.each(HONEST.map((one) => [one.name, one] as const))('honest: %s', (_name, { isProven, make }) => {
  const result = verified(make());
  expect(result.faults).toEqual([]);
  expect(result.proofs.map((one) => one.isProven)).toEqual([isProven]);
});

test('of a bundle by itself it is said what it does not show', () => {
  const [honest] = HONEST;
  const { notProven } = verified(honest?.make() ?? { proofs: [] });
  expect(notProven).toEqual([
    'It is open whether the log still has these entries: no export was given.',
    'It is open whether a bundle holds everything that was searched for, and which persons its entries are about.',
    'It is open whether others were shown the same tree: no witness’s cosignature was checked.',
  ]);
});

test('an access with its entry and opening shows by itself what the entry says, and that it is about its holder', () => {
  const result = verified({ proofs: [heldAccess(openAccessOf(honestLog(), 7))] });
  expect(result).toMatchObject({
    verdict: 'verified',
    proofs: [{ entries: 1, shown: 1, opened: 1 }],
  });
  expect(result.notProven.join()).not.toMatch(/only the hash|whether its entry is about them/);
  expect(verifyReportText(result)).toContain('the entry says what was told, and it is about the subject');
});

test('a bundle under a second approval shows who its entries are about', () => {
  const forge = honestLog();
  const own = bundleOf(forge, [3, 7]);
  for (const entry of own.entries) {
    const opening = forge.written[entry.index]?.opening;
    if (opening) entry.subject = opening.subject;
  }
  const result = verified({ proofs: [heldBundle(bundleText(own))] });
  expect(result).toMatchObject({ verdict: 'verified', proofs: [{ entries: 2, opened: 2 }] });
  expect(result.notProven.join()).not.toContain('which persons');
});
