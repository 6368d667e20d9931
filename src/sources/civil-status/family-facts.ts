import { BROKEN, type Checked, type RecordValue } from '../records/record.ts';
import type { EventsRecord } from './record.ts';

/** Personal ids of a person's family by the books, beside those whom the population register names. */
export interface FamilyFacts {
  /** Adoptive parents, and parents who were recognised. */
  readonly parents: readonly string[];
  /** Adoptive and recognised children. */
  readonly children: readonly string[];
  readonly guardians: readonly string[];
  readonly wards: readonly string[];
  /** An adoption or a recognition is in a shape that cannot be read: a parent or a child may be missing above. */
  readonly isParentageUnreadable: boolean;
  readonly isGuardianshipUnreadable: boolean;
}

export const NO_FAMILY: FamilyFacts = {
  parents: [],
  children: [],
  guardians: [],
  wards: [],
  isParentageUnreadable: false,
  isGuardianshipUnreadable: false,
};

/**
 * Reads the facts that row rules take from a `civil-status.events` record. A guardianship or an adoption counts while it is
 * in force; a recognition counts for ever (Law 52/2014/QH13 art. 88 to 91). One whose end cannot be read counts as no
 * relation and as unreadable, so that it opens no row, and a rule that denies relatives cannot pass by it.
 */
export function readFamilyFacts(record: RecordValue): FamilyFacts {
  const { personalId, guardianships, recognitions, adoptions } = record as Partial<EventsRecord>;
  if (guardianships?.length === 0 && recognitions?.length === 0 && adoptions?.length === 0) return NO_FAMILY;
  const parentage = new Relations(personalId);
  for (const one of recognitions ?? BROKEN_LIST) {
    if (one === BROKEN) parentage.isUnreadable = true;
    else parentage.add([one.parent], one.child, null);
  }
  for (const one of adoptions ?? BROKEN_LIST) {
    if (one === BROKEN) parentage.isUnreadable = true;
    else parentage.add([one.adoptiveMother, one.adoptiveFather], one.child, one.endedOn);
  }
  const guardianship = new Relations(personalId);
  for (const one of guardianships ?? BROKEN_LIST) {
    if (one === BROKEN) guardianship.isUnreadable = true;
    else guardianship.add([one.guardian], one.ward, one.endedOn);
  }
  return {
    parents: parentage.elders,
    children: parentage.charges,
    guardians: guardianship.elders,
    wards: guardianship.charges,
    isParentageUnreadable: parentage.isUnreadable,
    isGuardianshipUnreadable: guardianship.isUnreadable,
  };
}

/** Stands for a list that a record does not have, since it was cached before the list was mapped. */
const BROKEN_LIST = [BROKEN] as const;

interface Named {
  readonly personalId: Checked<string | null>;
}

/** One kind of relation, as one person's entries tell it. */
class Relations {
  readonly elders: string[] = [];
  readonly charges: string[] = [];
  isUnreadable = false;
  readonly #personalId: string | undefined;

  constructor(personalId: string | undefined) {
    this.#personalId = personalId;
  }

  /** The person is the younger one, or one of the elder ones: an entry between others is broken as a whole. */
  add(elders: readonly (Named | null)[], charge: Named | null, endedOn: Checked<string | null>): void {
    if (endedOn === BROKEN) this.isUnreadable = true;
    if (endedOn !== null) return;
    const isCharge = charge?.personalId === this.#personalId;
    for (const one of isCharge ? elders : [charge]) {
      const id = one?.personalId ?? null;
      if (id === BROKEN) this.isUnreadable = true;
      else if (id !== null) (isCharge ? this.elders : this.charges).push(id);
    }
  }
}
