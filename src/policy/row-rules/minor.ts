import { ADULT_AGE, hasReachedAge } from '../age.ts';
import type { PersonFacts } from './person-facts.ts';
import type { RowConditions, RowContext, RowRule } from './row-rule.ts';

/** Persons under 18. A person who may still be a minor is one: an unknown day counts as the last that it can be. */
export const minors: RowRule = {
  name: 'minor',
  legalBasis: { instrument: 'Civil Code 91/2015/QH13', article: 'art. 21', isModelled: true },
  isTold: false,
  reads: ['birthDate'],
  deniesUnreadable: false,
  appliesUnder: ({ clearance }: RowConditions) => !clearance.has('minors'),
  holds: ({ birthDate }: PersonFacts, { today }: RowContext) =>
    hasReachedAge(birthDate, ADULT_AGE, today) !== true,
};
