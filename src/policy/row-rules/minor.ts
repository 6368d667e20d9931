import { ADULT_AGE, hasReachedAge } from '../age.ts';
import type { PersonFacts } from './person-facts.ts';
import type { RowContext, RowRule } from './row-rule.ts';

const applies = ({ clearance }: RowContext): boolean => !clearance.has('minors');

/** Under 18. Whoever may still be a minor is one: an unknown day is the last that it can be. */
export const minors: RowRule = {
  name: 'minor',
  legalBasis: { instrument: 'Civil Code 91/2015/QH13', article: 'art. 21', isModelled: true },
  isTold: false,
  reads: ['birthDate'],
  applies,
  denies: (facts: PersonFacts, context: RowContext) =>
    applies(context) && hasReachedAge(facts.birthDate, ADULT_AGE, context.today) !== true,
};
