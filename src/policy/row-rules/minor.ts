import { ADULT_AGE, hasReachedAge } from '../age.ts';
import type { PersonFacts } from './person-facts.ts';
import type { Applicant, RowConditions, RowContext, RowRule } from './row-rule.ts';

/**
 * Persons under 18, unless a parent (by birth, recognition or adoption), a guardian or a grown-up of the same household is an
 * applicant of the dossier (Civil Code art. 136, Law 52/2014/QH13 art. 73, Law 52/2010/QH12 art. 24). A person who may still be a minor is one: an unknown day counts as the last that
 * it can be.
 */
export const minors: RowRule = {
  name: 'minor',
  legalBasis: { instrument: 'Civil Code 91/2015/QH13', article: 'art. 21', isModelled: true },
  isTold: false,
  reads: ['birthDate'],
  liftedBy: ['parents', 'household', 'guardians'],
  deniesUnreadable: false,
  appliesUnder: ({ clearance }: RowConditions) => !clearance.has('minors'),
  holds: (facts: PersonFacts, { today, applicants }: RowContext) =>
    hasReachedAge(facts.birthDate, ADULT_AGE, today) !== true &&
    !applicants.some((applicant) => cares(applicant, facts)),
};

/** Nobody cares for themselves: an applicant is of age. A fact that cannot be read relates nobody. */
function cares(applicant: Applicant, { personalId, parents, guardians, household }: PersonFacts): boolean {
  if (applicant.personalId === personalId) return false;
  return (
    parents.includes(applicant.personalId) ||
    guardians.includes(applicant.personalId) ||
    applicant.charges.includes(personalId) ||
    (household !== null && household === applicant.household)
  );
}
