import type { Freshness } from '../../plan/run/answer-sources.ts';
import type { ProcedureField } from '../procedures/procedure.ts';
import { printedValue, type FoundValue } from './answer-values.ts';
import type { PrefillAbsence, PrefilledField } from './prefilled-form.ts';

/** Facts that all values of one answer share. */
export interface FillContext {
  /** Vietnamese names of the registers' owners, by register. */
  readonly authorities: ReadonlyMap<string, string>;
  /** Day of the register's data, by register, where it gives one. */
  readonly asOf: ReadonlyMap<string, string>;
  readonly freshness: Freshness;
  /** Today in Viet Nam, `yyyy-mm-dd`. */
  readonly today: string;
}

/** Fields that number a record: an entry of a book, a certificate, a card. */
const RECORD_NUMBERS = ['entryNo', 'serial', 'number'];

/** Seconds after which a register that failed may be asked again. */
const RETRY_AFTER_SECONDS = 30;

/** A field with its value, and the record behind it. */
export function filledField(
  field: ProcedureField,
  { value, parents }: FoundValue,
  row: number | null,
  { authorities, asOf, freshness }: FillContext,
): PrefilledField {
  const entry = parents.findLast((one) => RECORD_NUMBERS.some((name) => name in one));
  const register = field.source;
  return {
    ...emptyField(field, null),
    row,
    value: printedValue(value),
    values: Array.isArray(value) ? value.map(printedValue) : null,
    source: {
      register,
      authority: authorities.get(register) ?? register,
      coordinate: field.path.at(-1) ?? '',
      recordNo: firstText(entry, RECORD_NUMBERS),
      recordDate: firstText(entry, ['registeredOn', 'issuedOn']),
      asOf: asOf.get(register) ?? null,
      freshness,
      assurance: 'AUTHORITATIVE',
    },
  };
}

/** The first of some fields that holds a text. */
export function firstText(
  object: Readonly<Record<string, unknown>> | undefined,
  names: readonly string[],
): string | null {
  for (const name of names) {
    const value = object?.[name];
    if (typeof value === 'string') return value;
  }
  return null;
}

/** A field without a value. */
export function emptyField(field: ProcedureField, absence: PrefillAbsence | null): PrefilledField {
  return {
    key: field.key,
    row: null,
    label: field.label,
    type: field.type,
    party: field.party,
    value: null,
    values: null,
    source: null,
    isEditable: field.isEditable || (absence !== null && absence !== 'NOT_APPLICABLE'),
    editingNote: editingNoteOf(field, absence),
    absence,
    candidates: null,
    retryAfter: absence === 'SOURCE_UNAVAILABLE' ? RETRY_AFTER_SECONDS : null,
  };
}

function editingNoteOf({ isEditable }: ProcedureField, absence: PrefillAbsence | null): string | null {
  if (absence !== null) return null;
  return isEditable
    ? 'Người khai có thể sửa giá trị này.'
    : 'Giá trị lấy từ cơ sở dữ liệu quốc gia; muốn sửa phải cải chính tại cơ quan quản lý.';
}
