import type { ErrorCode } from '../errors.ts';
import type { SelectedField } from '../operation/normalise.ts';
import type { Agreement } from './agreement.ts';
import type { FieldLabels } from './field-labels.ts';
import type { GrantField, GrantNode } from './grant.ts';

export type DenialCode = Extract<ErrorCode, 'FIELD_NOT_GRANTED' | 'ARGUMENT_NOT_GRANTED'>;

/** A selected field with the decision of the operation; a denied one has no children. */
export interface DecidedField {
  readonly field: SelectedField;
  readonly denial: DenialCode | null;
  readonly children: readonly DecidedField[] | null;
}

/** Arguments that only narrow an answer and need no grant. */
const FREE_ARGUMENTS: ReadonlySet<string> = new Set(['first']);

/**
 * Compares a selection with a grant, path by path. Introspection roots are not the grant's business. A selection
 * set with nothing granted but `__typename` is denied itself, at its own path.
 */
export function decideSelection(
  selection: readonly SelectedField[],
  agreement: Agreement,
  labels: FieldLabels,
): readonly DecidedField[] {
  const decideSet = (fields: readonly SelectedField[], grant: GrantNode): readonly DecidedField[] =>
    fields.map((field) => {
      if (field.fieldName.startsWith('__')) return { field, denial: null, children: null };
      const granted = grant.fields.get(field.fieldName);
      const denial = denialOf(field, granted, agreement, labels);
      if (denial !== null || !granted)
        return { field, denial: denial ?? 'FIELD_NOT_GRANTED', children: null };
      if (field.children === null) return { field, denial: null, children: null };
      if (granted.selection === null) return { field, denial: 'FIELD_NOT_GRANTED', children: null };
      const children = decideSet(field.children, granted.selection);
      const grantsAnything = children.some(
        (child) => child.denial === null && child.field.fieldName !== '__typename',
      );
      return grantsAnything
        ? { field, denial: null, children }
        : { field, denial: 'FIELD_NOT_GRANTED', children: null };
    });
  return decideSet(selection, agreement.grant);
}

function denialOf(
  field: SelectedField,
  granted: GrantField | undefined,
  agreement: Agreement,
  labels: FieldLabels,
): DenialCode | null {
  const category = labels.categoryOf(field.coordinate);
  if (!granted || !category || !agreement.categories.has(category)) return 'FIELD_NOT_GRANTED';
  for (const name of field.arguments.keys()) {
    if (!FREE_ARGUMENTS.has(name) && !granted.arguments.has(name)) return 'ARGUMENT_NOT_GRANTED';
  }
  return null;
}

/** True where anything of the selection was cut. */
export function hasDenial(fields: readonly DecidedField[]): boolean {
  return fields.some((one) => one.denial !== null || (one.children !== null && hasDenial(one.children)));
}
