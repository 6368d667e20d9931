import type { FieldPlace } from '../expand/expand-form.ts';
import { faultAt, type ExpandedAnswer, type FoundValue } from './answer-values.ts';
import { distinct, isAbout } from './distinct-values.ts';
import { emptyField, filledField, type FillContext } from './field-result.ts';
import type { PrefilledField } from './prefilled-form.ts';
import { below, readLeaves, rowsInForce, rowsOf } from './read-leaves.ts';

/**
 * Rows of a table in the form, every item of the list but the applicant, who stands above it. Each row keeps its number in every
 * column, whatever it lacks: otherwise one member's name would stand beside another one's id.
 */
export function fillRows(
  { field, names }: FieldPlace,
  records: readonly FoundValue[],
  applicant: string,
  answer: ExpandedAnswer,
  context: FillContext,
): readonly PrefilledField[] {
  const table = tableOf(records, names);
  if (table === null) return [emptyField(field, 'AMBIGUOUS')];
  const { list, rows, rest } = table;
  const others = rows.filter(({ value }) => !isAbout(value, applicant));
  if (others.length === 0) return [emptyField(field, (list && faultAt(answer, list.path)) ?? 'NO_RECORD')];
  return others.map((one, row) => {
    const { leaves, fault } = readLeaves(answer, one, rest, (_name, inner) => rowsInForce(inner));
    const [only, ...more] = distinct(leaves);
    if (only && more.length === 0) return filledField(field, only, row, context);
    return { ...emptyField(field, only ? 'AMBIGUOUS' : (fault ?? 'NO_RECORD')), row };
  });
}

interface Table {
  readonly list: FoundValue | null;
  readonly rows: readonly FoundValue[];
  /** Field names from a row to the value. */
  readonly rest: readonly string[];
}

/** The first list on the way has the rows; without one each record is a row. Null where several records have a list each. */
function tableOf(records: readonly FoundValue[], names: readonly string[]): Table | null {
  const [only, ...more] = records;
  let at = only;
  for (const [index, name] of names.entries()) {
    if (!at || at.value === null || at.value === undefined) break;
    at = below(at, name);
    // A list of texts, such as nationalities, is one value.
    if (!Array.isArray(at.value) || at.value.every((item) => typeof item !== 'object')) continue;
    return more.length > 0 ? null : { list: at, rows: rowsOf(at), rest: names.slice(index + 1) };
  }
  if (at && (at.value === null || at.value === undefined) && more.length === 0)
    return { list: at, rows: [], rest: [] };
  return { list: null, rows: records, rest: names };
}
