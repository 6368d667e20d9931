import type { Shape } from '../../wire/shape.ts';
import { readRecognitionKind } from './entry-codes.ts';
import { mapRegistration, type EntryFields } from './entry-fields.ts';
import { idElementOf, mapRecordedPerson, type PersonPrefix } from './recorded-person.ts';

/** An entry of module GH (fields modelled), in the record of the guardian (`ngh`) or of the ward (`ndgh`). */
export function mapGuardianship(fields: EntryFields, personalId: string, shape: Shape) {
  if (!isBetween(fields, personalId, ['ndgh'], ['ngh'])) return shape.broken();
  return Object.freeze({
    ...mapRegistration(fields),
    guardian: mapRecordedPerson(fields, 'ngh'),
    ward: mapRecordedPerson(fields, 'ndgh'),
    reason: fields.text('lyDo'),
    endedOn: fields.date('ngayChamDut'),
  });
}

/** An entry of module CMC (fields modelled), in the record of the parent (`cm`) or of the child (`con`). */
export function mapRecognition(fields: EntryFields, personalId: string, shape: Shape) {
  if (!isBetween(fields, personalId, ['con'], ['cm'])) return shape.broken();
  return Object.freeze({
    ...mapRegistration(fields),
    kind: fields.optional('loaiNhan', readRecognitionKind),
    parent: mapRecordedPerson(fields, 'cm'),
    child: mapRecordedPerson(fields, 'con'),
  });
}

/** An entry of module NCN (modelled), in the record of the child (`con`) or of an adoptive parent (`men`, `chan`). */
export function mapAdoption(fields: EntryFields, personalId: string, shape: Shape) {
  if (!isBetween(fields, personalId, ['con'], ['men', 'chan'])) return shape.broken();
  return Object.freeze({
    ...mapRegistration(fields),
    child: mapRecordedPerson(fields, 'con'),
    adoptiveMother: mapRecordedPerson(fields, 'men'),
    adoptiveFather: mapRecordedPerson(fields, 'chan'),
    endedOn: fields.date('ngayChamDut'),
  });
}

/** Tells whether the person stands on exactly one side: another entry is nobody's, and no right may follow from it. */
function isBetween(
  fields: EntryFields,
  personalId: string,
  one: readonly PersonPrefix[],
  other: readonly PersonPrefix[],
): boolean {
  const stands = (side: readonly PersonPrefix[]): number =>
    side.filter((prefix) => fields.raw(idElementOf(prefix)) === personalId).length;
  return stands(one) + stands(other) === 1;
}
