import { deceasedPersons } from './deceased.ts';
import { minors } from './minor.ts';
import { ownData } from './own-data.ts';
import type { PersonFacts } from './person-facts.ts';
import { protectedPersons } from './protected.ts';
import { relatives } from './relatives.ts';
import type { RowContext, RowRule } from './row-rule.ts';
import { territories } from './territory.ts';

/** What is not told stands first: a reason that is told must not give away that the row exists. */
export const ROW_RULES: readonly RowRule[] = [
  protectedPersons,
  territories,
  deceasedPersons,
  minors,
  ownData,
  relatives,
];

/** The first rule that denies the row; null: it may be seen. Citizens see their own, whatever stands in it. */
export function decideRow(facts: PersonFacts, context: RowContext): RowRule | null {
  if (context.self === facts.personalId) return null;
  for (const rule of ROW_RULES) if (rule.denies(facts, context)) return rule;
  return null;
}
