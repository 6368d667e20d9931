import type { ProcedureParty } from '../procedures/procedure.ts';

const KIN: readonly (readonly string[])[] = [
  ['relatives', 'person'],
  ['marriages', 'spouse'],
  ['birth', 'mother'],
  ['birth', 'father'],
  ['household', 'members', 'person'],
];

/**
 * Paths from the applicant's record to a party, by the relation that the procedure names. Registers prove the relation: the
 * party is found in the applicant's own records, never by an id that somebody names.
 */
export const RELATION_PATHS: Readonly<Record<ProcedureParty['relation'], readonly (readonly string[])[]>> = {
  applicant: [[]],
  spouse: [['marriages', 'spouse']],
  // Whoever marries now is no spouse yet: one of the two is the applicant, the other one confirms.
  bride: [[]],
  groom: [[]],
  // Parents of a child that is registered now, or the couple whose marriage is registered again.
  wife: [[], ['marriages', 'spouse']],
  husband: [[], ['marriages', 'spouse']],
  mother: [['birth', 'mother']],
  father: [['birth', 'father']],
  parent: [
    ['birth', 'mother'],
    ['birth', 'father'],
  ],
  'minors-parent': [
    ['birth', 'mother'],
    ['birth', 'father'],
  ],
  child: [
    ['relatives', 'person'],
    ['household', 'members', 'person'],
  ],
  ward: [['guardianships', 'ward', 'person']],
  // A child that is registered now is in no register: its parents are the applicant and whom the applicant is married to.
  'newborn-parent': [[], ['marriages', 'spouse']],
  // Somebody of another household whom the applicant names: a register must know them as kin.
  'named-kin': KIN,
  household: [['household', 'members', 'person']],
  'household-head': [['household', 'members', 'person']],
  'own-business': [['businesses']],
  'own-parcel': [['landParcels']],
  confirmed: [],
  none: [],
};

/** Relatives of the population register that a field of a form can mean, by the party's role or by a word of the field's key. */
const RELATIVES: readonly (readonly [role: RegExp, word: RegExp, relation: string])[] = [
  [/^mother$/, /(^|_)me(_|$)/, 'MOTHER'],
  [/^father$/, /(^|_)cha(_|$)/, 'FATHER'],
  [/^(spouse|wife|husband)$/, /(^|_)(vo|chong)(_|$)/, 'SPOUSE'],
  [/^child$/, /(^|_)con(_|$)/, 'CHILD'],
  [/^representative$/, /(^|_)dai_dien(_|$)/, 'REPRESENTATIVE'],
];

/** The relative that a field means; null where it means any. A key that names both parents means either. */
export function relativeMeant(party: string, key: string): string | null {
  if (/cha_me/.test(key)) return null;
  const meant = RELATIVES.find(([role, word]) => role.test(party) || word.test(key));
  return meant?.[2] ?? null;
}

/** The sex that a relation asks for. */
export const FITTING_SEX: Readonly<Record<string, string>> = {
  bride: 'FEMALE',
  groom: 'MALE',
  wife: 'FEMALE',
  husband: 'MALE',
};

/** Rows beside a link that say whether it fits the relation, as the register words it. */
export const FITTING_ROWS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  child: { relation: ['CHILD'], relationToHead: ['Con'] },
  'household-head': { relationToHead: ['Chủ hộ'] },
};
