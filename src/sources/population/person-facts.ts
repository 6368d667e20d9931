import type { FactName, PersonFacts } from '../../policy/row-rules/person-facts.ts';
import { BROKEN, type RecordValue } from '../records/record.ts';
import type { PersonRecord } from './record.ts';

const ALL_READABLE: readonly FactName[] = [];
const NOBODY: readonly string[] = [];

/**
 * Reads the facts on which row rules decide from a `population.person` record. A fact that is broken, or
 * missing from a record that was cached before the fact was mapped, is named as unreadable. Gives null when the
 * record does not even say whose it is.
 */
export function readPersonFacts(record: RecordValue): PersonFacts | null {
  const { personalId, isProtected, deathDate, birthDate, residenceUnit, fatherId, motherId } =
    record as Partial<PersonRecord>;
  const { spouseId, residenceFileNo, guardianId } = record as Partial<PersonRecord>;
  if (personalId === undefined) return null;
  let unreadable: FactName[] | null = null;
  const read = <T>(fact: FactName, value: T | typeof BROKEN | undefined, filling: T): T => {
    if (value !== undefined && value !== BROKEN) return value;
    (unreadable ??= []).push(fact);
    return filling;
  };
  const father = read('parents', fatherId, null);
  const mother = read('parents', motherId, null);
  const guardian = read('guardians', guardianId, null);
  const parents: string[] = [];
  if (father !== null) parents.push(father);
  if (mother !== null) parents.push(mother);
  return {
    personalId,
    isProtected: read('isProtected', isProtected, true),
    deathDate: read('deathDate', deathDate, null),
    birthDate: read('birthDate', birthDate, ''),
    residence: read('residence', residenceUnit, null),
    parents,
    spouse: read('spouse', spouseId, null),
    household: read('household', residenceFileNo, null),
    guardians: guardian === null ? NOBODY : [guardian],
    unreadable: unreadable ?? ALL_READABLE,
  };
}

/**
 * Reads the surname of a person, with which Vietnamese names begin, in small letters; null where the record has no name that
 * can be read. No rule decides on it.
 */
export function readSurname(record: RecordValue): string | null {
  const { name } = record as Partial<PersonRecord>;
  const full = typeof name === 'object' && name !== null && 'full' in name ? name.full : null;
  if (typeof full !== 'string') return null;
  const [surname = ''] = full.trim().split(/\s/, 1);
  return surname === '' ? null : surname.normalize('NFC').toLowerCase();
}
