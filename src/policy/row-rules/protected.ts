import type { PersonFacts } from './person-facts.ts';
import type { RowConditions, RowRule } from './row-rule.ts';

/** Persons under a protection order exist only for who is cleared to know of them; whoever may be under one is. */
export const protectedPersons: RowRule = {
  name: 'protected',
  legalBasis: { instrument: 'Criminal Procedure Code 101/2015/QH13', article: 'art. 486', isModelled: true },
  isTold: false,
  reads: ['isProtected'],
  deniesUnreadable: true,
  appliesUnder: ({ clearance }: RowConditions) => !clearance.has('protected'),
  holds: ({ isProtected }: PersonFacts) => isProtected,
};
