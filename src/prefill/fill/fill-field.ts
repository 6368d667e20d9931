import { ADULT_AGE, hasReachedAge } from '../../policy/age.ts';
import { APPLICANT, isRepeatingKey, type Expansion, type FieldPlace } from '../expand/expand-form.ts';
import { relativeMeant } from '../expand/relation-paths.ts';
import type { ProcedureField } from '../procedures/procedure.ts';
import { printedValue, rootOf, type ExpandedAnswer, type FoundValue } from './answer-values.ts';
import { distinct, isAbout, isEmpty } from './distinct-values.ts';
import { emptyField, filledField, type FillContext } from './field-result.ts';
import { fillRows } from './fill-rows.ts';
import { findParty, property } from './find-party.ts';
import type { PrefillAbsence, PrefilledField } from './prefilled-form.ts';
import { readLeaves, rowsInForce, type ChooseRows } from './read-leaves.ts';

/** One field of the form: its value with the source, or the reason why it has none. A column of a table has a field for each row. */
export function fillField(
  fieldPlace: FieldPlace,
  { applicant }: Expansion,
  answer: ExpandedAnswer,
  context: FillContext,
): readonly PrefilledField[] {
  const { field, relation, place, names, isGranted } = fieldPlace;
  if (place === null) return [emptyField(field, absenceWithoutPlace(field))];
  if (!isGranted.includes(true)) return [emptyField(field, 'NOT_GRANTED')];
  if (relation === 'minors-parent' && isAdult(answer, context)) return [emptyField(field, 'NOT_APPLICABLE')];
  const { records, fault } = findParty(answer, place);
  if (records.length === 0) return [emptyField(field, fault ?? absenceOfParty(fieldPlace))];
  if (!records.some(({ pathIndex }) => isGranted[pathIndex])) return [emptyField(field, 'NOT_GRANTED')];
  const choose: ChooseRows = (name, rows) => rowsInForce(rowsMeant(fieldPlace, applicant, name, rows));
  if (isRepeatingKey(field.key)) return fillRows(fieldPlace, records, applicant, answer, context);
  const ends = records.map((one) => readLeaves(answer, one, names, choose));
  const leaves = ends.flatMap((one) => one.leaves).map((one) => one && countedWhere(field, relation, one));
  const values = distinct(leaves);
  const [only] = values;
  if (!only) return [emptyField(field, ends.find((one) => one.fault)?.fault ?? 'NO_RECORD')];
  // A value that only one of several candidates has would mix up persons or records.
  const isOpen = values.length > 1 || leaves.some(isEmpty) || (relation === 'child' && place.key === null);
  if (isOpen)
    return [
      { ...emptyField(field, 'AMBIGUOUS'), candidates: values.map(({ value }) => printedValue(value)) },
    ];
  return [filledField(field, only, null, context)];
}

/** The number of a list's items, where the form asks for a number; a marriage that is registered now counts too. */
function countedWhere(
  { type }: ProcedureField,
  relation: FieldPlace['relation'],
  end: FoundValue,
): FoundValue {
  if (type !== 'int' || !Array.isArray(end.value)) return end;
  return { ...end, value: end.value.length + (relation === 'bride' || relation === 'groom' ? 1 : 0) };
}

/** Nobody fits: a future spouse is named by the applicant alone, any other party is looked for in a register. */
function absenceOfParty({ relation, place }: FieldPlace): PrefillAbsence {
  const isUnnamed = (relation === 'bride' || relation === 'groom') && place?.key === null;
  return isUnnamed ? 'APPLICANT_PROVIDES' : 'NO_RECORD';
}

/** Whether the applicant has surely reached the age of 18: then no parent or guardian acts. */
function isAdult(answer: ExpandedAnswer, { today }: FillContext): boolean {
  const birthDate = property(rootOf(answer, APPLICANT).value, 'birthDate');
  return typeof birthDate === 'string' && hasReachedAge(birthDate, ADULT_AGE, today) === true;
}

/** Rows of a list that the field is about: the relative whom it names, the applicant among the holders of a parcel. */
function rowsMeant(
  { field, relation, place }: FieldPlace,
  applicant: string,
  name: string,
  rows: readonly FoundValue[],
): readonly FoundValue[] {
  if (name === 'relatives') {
    const meant = relativeMeant(field.party, field.key);
    const named = place?.key?.[1];
    return rows.filter(({ value }) => {
      const told = property(value, 'relation');
      const isKind = meant === null ? told !== undefined : told === undefined || told === meant;
      return isKind && (named === undefined || isAbout(value, named));
    });
  }
  const own =
    name === 'holders' && relation === 'applicant'
      ? rows.filter(({ value }) => isAbout(value, applicant))
      : [];
  return own.length > 0 ? own : rows;
}

function absenceWithoutPlace({ source, path, isPrefilled }: ProcedureField): PrefillAbsence {
  if (source === 'other-document') return 'OTHER_DOCUMENT';
  // Nobody is named in a part that only the applicant can name.
  if (source === 'applicant' || isPrefilled) return 'APPLICANT_PROVIDES';
  // A register has it, but a printed rule of the form asks for it only where the register cannot be asked.
  return path.length > 0 ? 'NOT_APPLICABLE' : 'APPLICANT_PROVIDES';
}
