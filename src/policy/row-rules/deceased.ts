import type { PersonFacts } from './person-facts.ts';
import type { RowConditions, RowRule } from './row-rule.ts';

/** A death that any register states counts, whatever its date. */
export const deceasedPersons: RowRule = {
  name: 'deceased',
  legalBasis: { instrument: 'Civil Code 91/2015/QH13', article: 'art. 38', isModelled: true },
  isTold: false,
  reads: ['deathDate'],
  deniesUnreadable: false,
  appliesUnder: ({ clearance }: RowConditions) => !clearance.has('deceased'),
  holds: ({ deathDate }: PersonFacts) => deathDate !== null,
};
