import { deceasedPersons } from './deceased.ts';
import { minors } from './minor.ts';
import { ownData } from './own-data.ts';
import { protectedPersons } from './protected.ts';
import { relatives } from './relatives.ts';
import type { RowRule, RowRuleName } from './row-rule.ts';
import { territories } from './territory.ts';

/** The part of a rule that errors and the access log state. */
export type NamedRule = Pick<RowRule, 'name' | 'legalBasis' | 'isTold'>;

const RULES: Readonly<Record<RowRuleName, NamedRule>> = {
  protected: protectedPersons,
  territory: territories,
  deceased: deceasedPersons,
  minor: minors,
  'own-data': ownData,
  relatives,
  // Decided where the factors are compared (match-factor.ts), which needs more than facts.
  match: {
    name: 'match',
    legalBasis: {
      instrument: 'Resolution 66.7/2025/NQ-CP',
      article: 'text of the procedures: personal id, full name and birth date',
      isModelled: false,
    },
    isTold: false,
  },
  // A row that names a person whom the population register, the one source for persons, does not know.
  'unknown-person': {
    name: 'unknown-person',
    legalBasis: { instrument: 'Decree 278/2025/ND-CP', article: 'art. 5(2)', isModelled: true },
    isTold: false,
  },
};

/** The rule of a name, also of those that need more than one person's facts. */
export function ruleNamed(name: RowRuleName): NamedRule {
  return RULES[name];
}
