import { describe, expect, test } from 'vitest';
import {
  findingsAbout,
  mergeFindings,
  NO_FINDINGS,
  withFindings,
} from '../../../src/policy/row-rules/caller-findings.ts';
import type { PersonFacts } from '../../../src/policy/row-rules/person-facts.ts';

const HOME = { communeCode: '00070', provinceCode: '01', generation: 'current' } as const;
const FACTS: PersonFacts = {
  personalId: '001075000001',
  isProtected: false,
  deathDate: null,
  birthDate: '1975-01-01',
  residence: HOME,
  parents: ['001050000001'],
  spouse: null,
  household: null,
  guardian: null,
  unreadable: [],
};
const OFFICER = { personalId: '001080000001', parents: ['001050000001'], spouse: null, residence: HOME };
const ELSEWHERE = { ...HOME, communeCode: '00100' };

describe('what the gate found about officer and subject', () => {
  test.each([
    ['a sister of the same commune', FACTS, OFFICER, '-1-1--'],
    ['a stranger of the same commune', { ...FACTS, parents: [] }, OFFICER, '-0-1--'],
    ['a stranger from elsewhere', { ...FACTS, parents: [], residence: ELSEWHERE }, OFFICER, '-0-0--'],
    ['an officer without a residence', FACTS, { ...OFFICER, residence: null }, '-1----'],
    ['parents that cannot be read', { ...FACTS, unreadable: ['parents'] as const }, OFFICER, '-?-1--'],
    ['nobody known as the officer', FACTS, null, NO_FINDINGS],
  ] as const)('%s', (_what, facts, officer, findings) => {
    expect(findingsAbout(facts, officer)).toBe(findings);
  });

  test('findings keep their places, and what was read stands', () => {
    expect(withFindings(NO_FINDINGS, { party: '1', grant: '0' })).toBe('1----0');
    expect(mergeFindings('1-----', '0-?---')).toBe('1-?---');
  });
});
