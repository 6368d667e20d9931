import type { ProcedureParty } from './procedure.ts';

/**
 * Paths from the applicant's record to a party, by the relation that the procedure names. Registers prove the relation: the
 * party is found in the applicant's own records, never by an id that somebody names.
 */
export const RELATION_PATHS: Readonly<Record<ProcedureParty['relation'], readonly (readonly string[])[]>> = {
  applicant: [[]],
  spouse: [['marriages', 'spouse']],
  mother: [['birth', 'mother']],
  father: [['birth', 'father']],
  parent: [
    ['birth', 'mother'],
    ['birth', 'father'],
  ],
  child: [
    ['relatives', 'person'],
    ['household', 'members', 'person'],
  ],
  ward: [['guardianships', 'ward', 'person']],
  kin: [
    ['relatives', 'person'],
    ['marriages', 'spouse'],
    ['birth', 'mother'],
    ['birth', 'father'],
  ],
  household: [['household', 'members', 'person']],
  'own-business': [['businesses']],
  'own-parcel': [['landParcels']],
  confirmed: [],
  none: [],
};

/** Rows beside a link that say whether it fits the relation, as the register words it. */
export const FITTING_ROWS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  child: { relation: ['CHILD'], relationToHead: ['Con'] },
};
