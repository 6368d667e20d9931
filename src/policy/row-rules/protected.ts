import type { PersonFacts } from './person-facts.ts';
import type { RowContext, RowRule } from './row-rule.ts';

const applies = ({ clearance }: RowContext): boolean => !clearance.has('protected');

/** Persons under a protection order exist only for who is cleared to know of them. */
export const protectedPersons: RowRule = {
  name: 'protected',
  legalBasis: { instrument: 'Criminal Procedure Code 101/2015/QH13', article: 'art. 486', isModelled: true },
  isTold: false,
  reads: ['isProtected'],
  applies,
  denies: (facts: PersonFacts, context: RowContext) => applies(context) && facts.isProtected,
};
