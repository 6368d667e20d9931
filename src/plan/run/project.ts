import type { DecidedField } from '../../policy/grant/decide-selection.ts';
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
): unknown {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value))
    return value.map((one, index) => project(selection, one, [...path, index], errors));
  const result: Container = createContainer();
  for (const { field, denial, children } of selection) {
    const { responseName, fieldName } = field;
    const at = [...path, responseName];
    if (fieldName === '__typename') result[responseName] = typeNameOf(field.coordinate);
    else if (denial !== null) {
      result[responseName] = null;
      errors.push({ code: denial, path: at, rule: null });
    } else {
      const own: unknown = (value as Readonly<Record<string, unknown>>)[fieldName] ?? null;
      result[responseName] = children === null ? own : project(children, own, at, errors);
    }
  }
  return result;
}

function typeNameOf(coordinate: string): string {
  return coordinate.slice(0, coordinate.indexOf('.'));
}
