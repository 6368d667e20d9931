import { getVariableValues, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { Variables } from './normalise-operation.ts';
import { isTellableName } from './tellable-name.ts';
import { UserInputError } from './user-input-error.ts';

/** Values of the operation's variables with defaults applied; throws UserInputError without any value in it. */
export function coerceVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  inputs: Readonly<Record<string, unknown>>,
): Variables {
  const result = getVariableValues(schema, operation.variableDefinitions ?? [], inputs, { maxErrors: 5 });
  if (result.coerced) return result.coerced;
  const missing = /^Variable "(\$\w+)" of required type "[\w![\]]+" was not provided\.$/.exec(
    result.errors[0]?.message ?? '',
  )?.[1];
  if (missing !== undefined && isTellableName(missing)) {
    throw new UserInputError(`${missing} is required and was not provided.`);
  }
  const name = /^Variable "(\$\w+)"/.exec(result.errors[0]?.message ?? '')?.[1];
  const subject = name !== undefined && isTellableName(name) ? name : 'A variable';
  throw new UserInputError(`${subject} does not have a value of its type.`);
}
