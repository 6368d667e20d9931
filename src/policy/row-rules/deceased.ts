import type { PersonFacts } from './person-facts.ts';
import type { RowContext, RowRule } from './row-rule.ts';

const applies = ({ clearance }: RowContext): boolean => !clearance.has('deceased');

/** A death that any register states counts, whatever its date. */
export const deceasedPersons: RowRule = {
  name: 'deceased',
  legalBasis: { instrument: 'Civil Code 91/2015/QH13', article: 'art. 38', isModelled: true },
  isTold: false,
  reads: ['deathDate'],
  applies,
  denies: (facts: PersonFacts, context: RowContext) => applies(context) && facts.deathDate !== null,
};
