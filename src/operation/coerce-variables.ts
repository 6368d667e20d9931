import { getVariableValues, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { Variables } from './normalise.ts';
import { UserInputError } from './user-input-error.ts';

/** Values of the operation's variables with defaults applied; throws UserInputError without any value in it. */
export function coerceVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  inputs: Readonly<Record<string, unknown>>,
): Variables {
  const result = getVariableValues(schema, operation.variableDefinitions ?? [], inputs, { maxErrors: 5 });
  if (result.coerced) return result.coerced;
  const name = /^Variable "(\$\w+)"/.exec(result.errors[0]?.message ?? '')?.[1] ?? 'A variable';
  throw new UserInputError(`${name} does not have a value of its type.`);
}
