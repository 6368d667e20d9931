import type { PersonFacts } from './person-facts.ts';
import type { OfficerKin, RowContext, RowRule } from './row-rule.ts';

/**
 * Parents, children, siblings and the spouse of the officer, as far as either side's record names them (conflict of
 * interest), by birth, recognition or adoption. The reason is not told: otherwise a thief of the officer's token could learn the officer's family, id by id.
 */
export const relatives: RowRule = {
  name: 'relatives',
  legalBasis: { instrument: 'Anti-Corruption Law 36/2018/QH14', article: 'art. 23', isModelled: true },
  isTold: false,
  reads: ['parents', 'spouse'],
  deniesUnreadable: false,
  appliesUnder: () => 'officers',
  holds: (facts: PersonFacts, { officer }: RowContext) => officer !== null && isRelative(facts, officer),
};

/** Tells whether two persons are parent and child, siblings or spouses, as far as either record says. */
export function isRelative(facts: PersonFacts, officer: OfficerKin): boolean {
  if (facts.personalId === officer.personalId) return false;
  return (
    officer.parents.includes(facts.personalId) ||
    facts.parents.includes(officer.personalId) ||
    officer.children.includes(facts.personalId) ||
    officer.spouse === facts.personalId ||
    facts.spouse === officer.personalId ||
    haveCommonParent(facts, officer)
  );
}

function haveCommonParent(facts: PersonFacts, officer: OfficerKin): boolean {
  for (const parent of facts.parents) if (officer.parents.includes(parent)) return true;
  return false;
}
