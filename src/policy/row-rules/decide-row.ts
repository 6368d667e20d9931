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

/**
 * The first rule that denies the row; null: it may be seen. Citizens see their own, whatever stands in it. `unreadable`:
 * no rule denies what can be read, but one that applies needs a fact that cannot be. Whose protection cannot be read is
 * protected.
 */
export function decideRow(facts: PersonFacts, context: RowContext): RowRule | 'unreadable' | null {
  if (context.self === facts.personalId) return null;
  let isUndecided = false;
  for (const rule of ROW_RULES) {
    if (facts.unreadable.length > 0 && rule.reads.some((fact) => facts.unreadable.includes(fact))) {
      if (!rule.applies(context)) continue;
      if (rule === protectedPersons) return rule;
      isUndecided = true;
    } else if (rule.denies(facts, context)) return rule;
  }
  return isUndecided ? 'unreadable' : null;
}
