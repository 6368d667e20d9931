import { Kind, type ValueNode } from 'graphql';
import type { Variables } from '../../operation/normalise-operation.ts';

/** The values that the symbols of an agreement's `argumentValues` stand for in one request. */
export interface ValueContext {
  /** `yyyy-mm-dd`, Viet Nam time. */
  readonly today: string;
  /** Day on which the dossier was received; null without one, or where several dossiers differ. */
  readonly dossierDate: string | null;
  /** Commune code of the caller's office. */
  readonly ownUnit: string | null;
}

/** The values that a restricted argument may have: a list with symbols in it, or the one value that the grant writes out. */
export type AllowedValues =
  | { readonly kind: 'list'; readonly values: readonly string[] }
  | { readonly kind: 'literal'; readonly value: string };

/** Whether a restricted argument may have the value that stands at `node`; an argument left out means today. */
export type ValueDecider = (allowed: AllowedValues, node: ValueNode | undefined) => boolean;

export function createValueDecider(variables: Variables, context: ValueContext): ValueDecider {
  return (allowed, node) => {
    const value = textOf(node, variables);
    if (allowed.kind === 'literal') return value === allowed.value;
    const { values } = allowed;
    if (value === undefined) return values.includes('today') || values.includes('any');
    return value !== null && values.some((one) => isMeant(one, value, context));
  };
}

function isMeant(allowed: string, value: string, { today, dossierDate, ownUnit }: ValueContext): boolean {
  if (allowed === 'any') return true;
  if (allowed === 'today') return value === today;
  if (allowed === 'dossier-date') return value === dossierDate;
  return allowed === 'own-unit' ? value === ownUnit : value === allowed;
}

/** A single value as text; undefined where there is none, null where it is no single value. */
function textOf(node: ValueNode | undefined, variables: Variables): string | null | undefined {
  if (node === undefined || node.kind === Kind.NULL) return undefined;
  const value: unknown = node.kind === Kind.VARIABLE ? variables[node.name.value] : literalOf(node);
  if (value === undefined || value === null) return undefined;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : null;
}

function literalOf(node: ValueNode): unknown {
  return 'value' in node ? node.value : {};
}
