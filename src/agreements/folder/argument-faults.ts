import { coerceInputValue, getNullableType, isObjectType, type GraphQLSchema } from 'graphql';
import type { FieldLabels } from '../../policy/grant/field-labels.ts';

/** Words that stand for a value which is known only when a request comes. */
const SYMBOLS: ReadonlySet<unknown> = new Set(['any', 'today', 'dossier-date', 'own-unit']);

/**
 * Finds the faults of an agreement's `arguments`: arguments that the schema lacks or the grant leaves out, and values
 * of a wrong type.
 */
export function faultsOfArguments(
  values: Readonly<Record<string, readonly (string | number | boolean)[]>>,
  schema: GraphQLSchema,
  openArguments: ReadonlySet<string>,
): readonly string[] {
  return Object.entries(values).flatMap(([coordinate, allowed]) => {
    const [typeName = '', fieldName = '', name = ''] = coordinate.split('.');
    const type = schema.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
    const argument = field?.args.find((one) => one.name === name);
    if (!argument) return [`arguments: ${coordinate} does not exist`];
    if (!openArguments.has(coordinate)) {
      return [`arguments: ${coordinate} stands in the grant with no variable`];
    }
    let isFitting = true;
    for (const value of allowed) {
      if (SYMBOLS.has(value)) continue;
      coerceInputValue(value, getNullableType(argument.type), () => (isFitting = false));
    }
    return isFitting ? [] : [`arguments: ${coordinate} cannot take each of these values`];
  });
}

/** Finds arguments of minimised fields that the grant opens with a variable without a list of allowed values. */
export function faultsOfOpenEvaluations(
  values: Readonly<Record<string, unknown>>,
  openArguments: ReadonlySet<string>,
  labels: FieldLabels,
): readonly string[] {
  return [...openArguments].flatMap((coordinate) => {
    const field = coordinate.slice(0, coordinate.lastIndexOf('.'));
    return labels.isMinimised?.(field) && !(coordinate in values)
      ? [`arguments: ${coordinate} must be listed with what it may be`]
      : [];
  });
}
