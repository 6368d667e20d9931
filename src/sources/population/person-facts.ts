import type { PersonFacts } from '../../policy/row-rules/person-facts.ts';
import { BROKEN, type PersonRecord, type RecordValue } from '../record.ts';

/**
 * What row rules decide on, from a `population.person` record. Null where a fact is broken, or missing from a record
 * that was stored before it was mapped: a row is never decided on part of the facts (SOURCE_CONTRACT_BROKEN).
 */
export function readPersonFacts(record: RecordValue): PersonFacts | null {
  const { personalId, isProtected, deathDate, birthDate, residenceUnit, fatherId, motherId, spouseId } =
    record as Partial<PersonRecord>;
  if (
    personalId === undefined ||
    !isFact(isProtected) ||
    !isFact(deathDate) ||
    !isFact(birthDate) ||
    !isFact(residenceUnit) ||
    !isFact(fatherId) ||
    !isFact(motherId) ||
    !isFact(spouseId)
  ) {
    return null;
  }
  const parents: string[] = [];
  if (fatherId !== null) parents.push(fatherId);
  if (motherId !== null) parents.push(motherId);
  return {
    personalId,
    isProtected,
    deathDate,
    birthDate,
    residence: residenceUnit,
    parents,
    spouse: spouseId,
  };
}

function isFact<T>(value: T | typeof BROKEN | undefined): value is T {
  return value !== undefined && value !== BROKEN;
}
