import { describe, expect, test } from 'vitest';
import {
  findingsAbout,
  mergeFindings,
  CaseFindings,
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
  household: 'HK-1',
  guardians: [],
  unreadable: [],
};
const OFFICER = {
  personalId: '001080000001',
  parents: ['001050000001'],
  children: [] as readonly string[],
  spouse: null,
  residence: HOME,
  household: 'HK-1',
  surname: 'nguyễn',
};
const UNKNOWN_KIN = { personalId: '001080000001', parents: [], children: [], spouse: null };
const ELSEWHERE = { ...HOME, communeCode: '00100' };

describe('what the gate found about officer and subject', () => {
  test.each([
    ['a sister in the same household', FACTS, OFFICER, '-1111-'],
    ['one who moved out', { ...FACTS, household: 'HK-2' }, OFFICER, '-1011-'],
    ['an adopted child', { ...FACTS, parents: [] }, { ...OFFICER, children: [FACTS.personalId] }, '-1111-'],
    ['of another name', FACTS, { ...OFFICER, surname: 'trần' }, '-1110-'],
    ['an officer whom the register does not know', FACTS, UNKNOWN_KIN, '-0----'],
    ['a household that cannot be read', { ...FACTS, unreadable: ['household'] as const }, OFFICER, '-1?11-'],
    ['a stranger of the same commune', { ...FACTS, parents: [] }, OFFICER, '-0111-'],
    ['a stranger from elsewhere', { ...FACTS, parents: [], residence: ELSEWHERE }, OFFICER, '-0101-'],
    ['an officer without a residence', FACTS, { ...OFFICER, residence: null }, '-11-1-'],
    ['parents that cannot be read', { ...FACTS, unreadable: ['parents'] as const }, OFFICER, '-?111-'],
    ['nobody known as the officer', FACTS, null, NO_FINDINGS],
  ] as const)('%s', (_what, facts, officer, findings) => {
    expect(findingsAbout(facts, 'nguyễn', officer)).toBe(findings);
  });

  test('findings keep their places, and what was read stands', () => {
    expect(withFindings(NO_FINDINGS, { party: '1', grant: '0' })).toBe('1----0');
    expect(mergeFindings('1-----', '0-?---')).toBe('1-?---');
  });
});

describe('what the dossiers of a request tell', () => {
  test('of a party, somebody reached from one, somebody asked for in vain, and somebody met in the answer', () => {
    const found = new CaseFindings();
    expect(found.addTo('-1----', 'a')).toBe('-1----');
    found.note(['a'], ['a', 'b', 'c']);
    found.noteReached('b');
    expect(['a', 'b', 'c', 'd'].map((one) => found.addTo('-1?10-', one))).toEqual([
      '11?10-',
      '01?101',
      '01?100',
      '01?101',
    ]);
  });
});
