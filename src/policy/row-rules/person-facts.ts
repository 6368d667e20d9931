import type { UnitReference } from '../../units/unit-reference.ts';

/** Facts that the gateway reads for itself about a person before a row is decided. They are never in the answer. */
export interface PersonFacts {
  readonly personalId: string;
  readonly isProtected: boolean;
  /** `yyyy-mm-dd`, or null while no register that was asked has a death. */
  readonly deathDate: string | null;
  /** `yyyy`, `yyyy-mm` or `yyyy-mm-dd`. */
  readonly birthDate: string;
  /** Permanent residence; null where the register has none. */
  readonly residence: UnitReference | null;
  /** Personal ids of father and mother, and by the civil-status books, where these were read, of adoptive and recognised parents. */
  readonly parents: readonly string[];
  /** Personal id of the present spouse. */
  readonly spouse: string | null;
  /** Residence file number of the household; null where the register has none. */
  readonly household: string | null;
  /** Personal ids of legal representatives (guardians), as far as the registers that were read have them. */
  readonly guardians: readonly string[];
  /** Facts that the register's record holds in a shape that cannot be read; what stands for them here means nothing. */
  readonly unreadable: readonly FactName[];
}

export type FactName =
  'isProtected' | 'deathDate' | 'birthDate' | 'residence' | 'parents' | 'spouse' | 'household' | 'guardians';
