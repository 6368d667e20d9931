import type { PersonFacts } from './person-facts.ts';
import type { RowContext, RowRule } from './row-rule.ts';

/** Officers do not handle their own matters (conflict of interest): their own row is closed to them at work. */
export const ownData: RowRule = {
  name: 'own-data',
  legalBasis: { instrument: 'Anti-Corruption Law 36/2018/QH14', article: 'art. 23', isModelled: true },
  isTold: true,
  reads: [],
  deniesUnreadable: false,
  appliesUnder: () => 'officers',
  holds: (facts: PersonFacts, { officer }: RowContext) => officer?.personalId === facts.personalId,
};
