import type { PersonFacts } from './person-facts.ts';
import type { RowConditions, RowRule } from './row-rule.ts';

/** Persons under a protection order exist only for callers that are cleared to know of them. A person who may be under one counts as protected. */
export const protectedPersons: RowRule = {
  name: 'protected',
  legalBasis: { instrument: 'Criminal Procedure Code 101/2015/QH13', article: 'art. 486', isModelled: true },
  isTold: false,
  reads: ['isProtected'],
  deniesUnreadable: true,
  appliesUnder: ({ clearance }: RowConditions) => !clearance.has('protected'),
  holds: ({ isProtected }: PersonFacts) => isProtected,
};
