import { execute, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { Variables } from '../../operation/normalise-operation.ts';
import type { Plan } from '../compile/plan.ts';

const EMPTY_BATCHES = { citizens: [], businesses: [], landParcels: [] };

/** Answers `__schema` and `__type` by graphql-js; the other roots resolve to nothing and are left out. */
export async function introspect(
  schema: GraphQLSchema,
  plan: Plan,
  document: DocumentNode,
  operationName: string | undefined,
  variables: Variables,
): Promise<Record<string, unknown>> {
  const names = plan.roots.flatMap((root) => (root.shape === 'introspection' ? [root.responseName] : []));
  if (names.length === 0) return {};
  const result: ExecutionResult = await execute({
    schema,
    document,
    // Batches may not be null; what they would hold is not used.
    rootValue: EMPTY_BATCHES,
    operationName: operationName ?? null,
    variableValues: variables,
  });
  return Object.fromEntries(names.map((name) => [name, result.data?.[name] ?? null]));
}
