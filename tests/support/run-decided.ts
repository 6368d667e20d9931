import {
  getArgumentValues,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';
import type { SelectedField, Variables } from '../../src/operation/normalise-operation.ts';
import type { DecidedField } from '../../src/policy/grant/decide-selection.ts';
import type { RandomWorld, WorldObject } from './random/random-world.ts';

export interface DecidedRun {
  readonly data: unknown;
  /** `f2.0.f3 FIELD_NOT_GRANTED`. */
  readonly errors: readonly string[];
}

/** Answers a decided selection from a world: does what it is told, and decides nothing itself. */
export function runDecided(
  schema: GraphQLSchema,
  world: RandomWorld,
  decided: readonly DecidedField[],
  variables: Variables,
): DecidedRun {
  const errors: string[] = [];

  const object = (value: WorldObject, fields: readonly DecidedField[], path: string): object =>
    Object.fromEntries(fields.map((one) => [one.field.responseName, field(value, one, path)]));

  const field = (value: WorldObject, one: DecidedField, above: string): unknown => {
    const { fieldName, responseName, type } = one.field;
    const path = above === '' ? responseName : `${above}.${responseName}`;
    if (one.cuts !== null) {
      for (const { code, path: below } of one.cuts) refuse([path, ...below].join('.'), code);
      return null;
    }
    if (fieldName === '__typename') return value.typeName;
    return complete(
      world.resolve(value, fieldName, argumentsOf(schema, one.field, variables)),
      type,
      one,
      path,
    );
  };

  const complete = (value: unknown, type: GraphQLOutputType, one: DecidedField, path: string): unknown => {
    if (isNonNullType(type)) return complete(value, type.ofType, one, path);
    if (value === null) return null;
    if (isListType(type)) {
      return (value as readonly unknown[]).map((item, index) =>
        complete(item, type.ofType, one, `${path}.${index}`),
      );
    }
    if (one.children === null && one.possible === null) return value;
    const held = value as WorldObject;
    const fields = one.children ?? one.possible?.get(held.typeName);
    return fields ? object(held, fields, path) : refuse(path, 'FIELD_NOT_GRANTED');
  };

  const refuse = (path: string, code: string): null => {
    errors.push(`${path} ${code}`);
    return null;
  };

  return { data: object(world.root, decided, ''), errors };
}

function argumentsOf(
  schema: GraphQLSchema,
  { coordinate, fieldName, arguments: given }: SelectedField,
  variables: Variables,
): Readonly<Record<string, unknown>> {
  const type = schema.getType(coordinate.split('.')[0] ?? '');
  const definition = isObjectType(type) ? type.getFields()[fieldName] : undefined;
  if (!definition) throw new Error(`no field ${coordinate}`);
  const nodes = [...given].map(([name, value]) => ({
    kind: Kind.ARGUMENT as const,
    name: { kind: Kind.NAME as const, value: name },
    value,
  }));
  const node = {
    kind: Kind.FIELD as const,
    name: { kind: Kind.NAME as const, value: fieldName },
    arguments: nodes,
  };
  return getArgumentValues(definition, node, variables);
}
