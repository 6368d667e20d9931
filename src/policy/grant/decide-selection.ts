import { getNullableType, isListType } from 'graphql';
import type { ErrorCode } from '../../errors.ts';
import { isPublicRoot } from '../../operation/public-roots.ts';
import type { SelectedField } from '../../operation/normalise-operation.ts';
import type { Agreement } from '../agreement/agreement.ts';
import type { AllowedValues, ValueDecider } from './value-decider.ts';
import type { FieldLabels } from './field-labels.ts';
import type { GrantField, GrantNode } from './grant.ts';

export type DenialCode = Extract<ErrorCode, 'FIELD_NOT_GRANTED' | 'ARGUMENT_NOT_GRANTED'>;

/** A field or argument that the grant cuts, seen from a denied field. */
export interface Cut {
  readonly code: DenialCode;
  /** Schema coordinate of the field that is cut. */
  readonly coordinate: string;
  /** Response names from the denied field down to the cut one, as far as no list lies before it. */
  readonly path: readonly string[];
}

/** A selected field with the decision of the operation; there is nothing below a denied one. */
export interface DecidedField {
  readonly field: SelectedField;
  /**
   * The cuts for which the field is null and never fetched: its own, or those below it where nothing else was asked there. Null
   * where the field is granted.
   */
  readonly cuts: readonly Cut[] | null;
  readonly children: readonly DecidedField[] | null;
  /**
   * Decisions by object type, for an abstract type. An entry is null where nothing is granted on objects of that type: such an
   * object is null with FIELD_NOT_GRANTED at its own path, an item of a list at its index.
   */
  readonly possible: ReadonlyMap<string, readonly DecidedField[] | null> | null;
  /** True where an argument's value decides, which only a request has. */
  readonly isRestricted: boolean;
}

/** Arguments that only narrow an answer and need no grant. */
const FREE_ARGUMENTS: ReadonlySet<string> = new Set(['first']);

/**
 * Compares a selection with a grant, path by path and, below an interface or union, object type by object type.
 * Public roots are not the grant's business. A selection set with nothing granted but `__typename` is denied
 * itself, with the cuts below it; one of an abstract type where that holds for every type that may stand there. A selection
 * set that `@skip` and `@include` emptied asks for nothing but the object, whose own path the grant must hold. Without
 * `values` every value of a granted argument passes: such a decision holds for all requests, and is not the last one
 * where anything is restricted.
 */
export function decideSelection(
  selection: readonly SelectedField[],
  agreement: Agreement,
  labels: FieldLabels,
  values: ValueDecider | null = null,
): readonly DecidedField[] {
  const decideSet = (fields: readonly SelectedField[], grant: GrantNode): readonly DecidedField[] =>
    fields.map((field) => {
      if (isPublicField(field)) return allowed(field, null, null);
      const granted = grant.fields.get(field.fieldName);
      const denial = denialOf(field, granted, agreement, labels, values);
      if (denial !== null || !granted) return denied(field, [cutAt(field, denial ?? 'FIELD_NOT_GRANTED')]);
      if (field.children !== null) {
        const children = granted.selection && decideSet(field.children, granted.selection);
        const isEmptied = field.children.length === 0;
        return children && (isEmptied || grantsAnything(children))
          ? allowed(field, children, null, isRestricted(granted, agreement))
          : denied(field, cutsBelow(field, children ?? []));
      }
      return field.possible === null
        ? allowed(field, null, null, isRestricted(granted, agreement))
        : decideAbstract(field, field.possible, granted);
    });

  const decideAbstract = (
    field: SelectedField,
    selected: NonNullable<SelectedField['possible']>,
    granted: GrantField,
  ): DecidedField => {
    const possible = new Map<string, readonly DecidedField[] | null>();
    let isAnyGranted = false;
    for (const [typeName, fields] of selected) {
      const grant = granted.possible?.get(typeName);
      const decided = grant ? decideSet(fields, grant) : [];
      const isGranted = grantsAnything(decided);
      possible.set(typeName, isGranted ? decided : null);
      isAnyGranted ||= isGranted;
    }
    return isAnyGranted
      ? allowed(field, null, possible, isRestricted(granted, agreement))
      : denied(field, [cutAt(field, 'FIELD_NOT_GRANTED')]);
  };

  return decideSet(selection, agreement.grant);
}

/** A field of another type may have the name of a public root. */
function isPublicField({ fieldName, coordinate }: SelectedField): boolean {
  return fieldName.startsWith('__') || (coordinate === `Query.${fieldName}` && isPublicRoot(fieldName));
}

function allowed(
  field: SelectedField,
  children: DecidedField['children'],
  possible: DecidedField['possible'],
  isRestrictedField = false,
): DecidedField {
  return { field, cuts: null, children, possible, isRestricted: isRestrictedField };
}

function denied(field: SelectedField, cuts: readonly Cut[]): DecidedField {
  return { field, cuts, children: null, possible: null, isRestricted: false };
}

function cutAt({ coordinate }: SelectedField, code: DenialCode): Cut {
  return { code, coordinate, path: [] };
}

/** The cuts below a field of whose selection nothing is granted; its own where nothing but `__typename` was asked. */
function cutsBelow(field: SelectedField, children: readonly DecidedField[]): readonly Cut[] {
  const isList = isListType(getNullableType(field.type));
  const cuts = children.flatMap(({ field: below, cuts: own }) =>
    (own ?? []).map((cut) => ({ ...cut, path: isList ? [] : [below.responseName, ...cut.path] })),
  );
  return cuts.length > 0 ? cuts : [cutAt(field, 'FIELD_NOT_GRANTED')];
}

function grantsAnything(fields: readonly DecidedField[]): boolean {
  return fields.some(({ field, cuts }) => cuts === null && field.fieldName !== '__typename');
}

function denialOf(
  field: SelectedField,
  granted: GrantField | undefined,
  agreement: Agreement,
  labels: FieldLabels,
  values: ValueDecider | null,
): DenialCode | null {
  const category = labels.categoryOf(field.coordinate);
  if (!granted || !category || !agreement.categories.has(category)) return 'FIELD_NOT_GRANTED';
  for (const name of field.arguments.keys()) {
    if (!FREE_ARGUMENTS.has(name) && !granted.arguments.has(name)) return 'ARGUMENT_NOT_GRANTED';
    if (labels.isMinimised?.(field.coordinate) && valuesOf(granted, name, agreement) === null) {
      return 'ARGUMENT_NOT_GRANTED';
    }
  }
  if (!values || !isRestricted(granted, agreement)) return null;
  for (const name of granted.arguments.keys()) {
    const fitting = valuesOf(granted, name, agreement);
    if (fitting && !values(fitting, field.arguments.get(name))) return 'ARGUMENT_NOT_GRANTED';
  }
  return null;
}

/** Null: anything. */
function valuesOf(granted: GrantField, name: string, agreement: Agreement): AllowedValues | null {
  if (FREE_ARGUMENTS.has(name)) return null;
  const only = granted.arguments.get(name);
  if (typeof only === 'string') return { kind: 'literal', value: only };
  const values = agreement.argumentValues.get(`${granted.coordinate}.${name}`);
  return values ? { kind: 'list', values } : null;
}

function isRestricted(granted: GrantField, agreement: Agreement): boolean {
  for (const name of granted.arguments.keys()) if (valuesOf(granted, name, agreement)) return true;
  return false;
}

/** Lists the cut fields with their codes, such as `Citizen.religion FIELD_NOT_GRANTED`, each once. */
export function denialsIn(decided: readonly DecidedField[]): readonly string[] {
  return [...new Set(decided.flatMap(denialsBelow))];
}

function denialsBelow({ field, cuts, children, possible }: DecidedField): readonly string[] {
  if (cuts !== null) return cuts.map(({ coordinate, code }) => `${coordinate} ${code}`);
  if (children !== null) return children.flatMap(denialsBelow);
  if (possible === null) return [];
  return [...possible].flatMap(([typeName, below]) => {
    if (below !== null) return below.flatMap(denialsBelow);
    return asksAnything(field.possible?.get(typeName) ?? []) ? [`${field.coordinate} FIELD_NOT_GRANTED`] : [];
  });
}

/**
 * True where anything of the selection was cut. Below an interface or union an object type of which nothing but its
 * name was asked is not: who asks for one member of a union asks nothing of the others.
 */
export function hasDenial(fields: readonly DecidedField[]): boolean {
  return fields.some(({ field, cuts, children, possible }) => {
    if (cuts !== null) return true;
    if (children !== null) return hasDenial(children);
    if (possible === null) return false;
    return [...possible].some(([typeName, decided]) =>
      decided === null ? asksAnything(field.possible?.get(typeName) ?? []) : hasDenial(decided),
    );
  });
}

function asksAnything(fields: readonly SelectedField[]): boolean {
  return fields.some(({ fieldName }) => fieldName !== '__typename');
}
