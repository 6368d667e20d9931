import type { DecidedField } from '../../policy/grant/decide-selection.ts';
import type { AnswerSize } from './answer-size.ts';
import { createContainer, type Container } from './pending.ts';
import type { AnswerError } from '../compile/plan.ts';

type Path = readonly (string | number)[];

/**
 * Picks the granted part of a selection from a value that holds every field by its name, as answers of our own do, and names
 * it by the response names. A denied field is null with an error at its path.
 */
export function project(
  selection: readonly DecidedField[],
  value: unknown,
  path: Path,
  errors: AnswerError[],
  size: AnswerSize,
): unknown {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value))
    return value.map((one, index) => project(selection, one, [...path, index], errors, size));
  const result: Container = createContainer();
  for (const { field, cuts, children } of selection) {
    const { responseName, fieldName } = field;
    size.add(1, responseName.length);
    const at = [...path, responseName];
    if (fieldName === '__typename') result[responseName] = typeNameOf(field.coordinate);
    else if (cuts !== null) {
      result[responseName] = null;
      for (const { code, coordinate, path: below } of cuts) {
        size.addError();
        errors.push({ code, path: [...at, ...below], coordinate, rule: null });
      }
    } else {
      const own: unknown = (value as Readonly<Record<string, unknown>>)[fieldName] ?? null;
      if (children === null) size.add(0, charactersIn(own));
      result[responseName] = children === null ? own : project(children, own, at, errors, size);
    }
  }
  return result;
}

function typeNameOf(coordinate: string): string {
  return coordinate.slice(0, coordinate.indexOf('.'));
}

/** Characters of a text, or of a list of them. */
function charactersIn(value: unknown): number {
  if (typeof value === 'string') return value.length;
  return Array.isArray(value) ? value.reduce<number>((sum, one) => sum + charactersIn(one), 0) : 8;
}
