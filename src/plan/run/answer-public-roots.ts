import {
  execute,
  introspectionFromSchema,
  Kind,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Variables } from '../../operation/normalise-operation.ts';
import { isPublicRoot } from '../../operation/public-roots.ts';
import type { Plan } from '../compile/plan.ts';
import type { AnswerSize } from './answer-size.ts';
import { unitRoots } from './unit-roots.ts';

const EMPTY_BATCHES = { citizens: [], businesses: [], landParcels: [] };

interface AskedRoots {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
}

interface PublicRoots extends AskedRoots {
  readonly variables: Variables;
  /** In Viet Nam, `yyyy-mm-dd`. */
  readonly today: string;
}

/**
 * Answers introspection and administrative units by graphql-js; the other roots resolve to nothing and are left out. Lists within
 * each other multiply, so that the answer is measured before it is made. Throws OPERATION_TOO_LARGE.
 */
export async function answerPublicRoots(
  schema: GraphQLSchema,
  plan: Plan,
  { document, operation, variables, today }: PublicRoots,
  size: AnswerSize,
): Promise<Record<string, unknown>> {
  const names = plan.roots.flatMap((root) => (root.shape === 'public' ? [root.responseName] : []));
  if (names.length === 0) return {};
  const { values, characters } = publicRootsSize(schema, { document, operation });
  size.add(values, characters);
  const result: ExecutionResult = await execute({
    schema,
    document,
    // Batches may not be null; what they would hold is not used.
    rootValue: { ...EMPTY_BATCHES, ...unitRoots(today) },
    operationName: operation.name?.value ?? null,
    variableValues: variables,
  });
  return Object.fromEntries(names.map((name) => [name, result.data?.[name] ?? null]));
}

/** Entries of a list of introspection or of units at the most, by the name of its field. */
type ListLengths = Readonly<Record<string, number>>;

const lengthsBySchema = new WeakMap<GraphQLSchema, ListLengths>();

function listLengthsOf(schema: GraphQLSchema): ListLengths {
  const known = lengthsBySchema.get(schema);
  if (known) return known;
  const { types, directives } = introspectionFromSchema(schema, {}).__schema;
  const meanOf = (counts: readonly number[]): number =>
    Math.ceil(counts.reduce((sum, one) => sum + one, 0) / Math.max(1, counts.length));
  const fields = types.flatMap((type) => (type.kind === 'OBJECT' ? [type.fields.length] : []));
  const lengths: ListLengths = {
    types: types.length,
    directives: directives.length,
    fields: meanOf(fields),
    // Few of ours have any.
    args: 2,
    enumValues: 8,
    inputFields: 8,
    interfaces: 1,
    possibleTypes: 2,
    locations: 4,
    successors: 5,
    predecessors: 12,
    candidates: 12,
  };
  lengthsBySchema.set(schema, lengths);
  return lengths;
}

/** A description is the longest text of introspection. */
const TEXT_CHARACTERS = 40;

/** Values and characters to which the public roots of an operation come. Conditions are passed over: at worst it is too much. */
export function publicRootsSize(
  schema: GraphQLSchema,
  { document, operation }: AskedRoots,
): { readonly values: number; readonly characters: number } {
  const lengths = listLengthsOf(schema);
  let values = 0;
  let characters = 0;
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one.selectionSet] as const] : [],
    ),
  );
  const add = (set: SelectionSetNode | undefined, times: number, isInside: boolean): void => {
    for (const one of set?.selections ?? []) {
      if (one.kind === Kind.FRAGMENT_SPREAD) add(fragments.get(one.name.value), times, isInside);
      else if (one.kind === Kind.INLINE_FRAGMENT) add(one.selectionSet, times, isInside);
      else if (isInside || (one.name.value !== '__typename' && isPublicRoot(one.name.value))) {
        const name = one.alias?.value ?? one.name.value;
        values += times;
        characters += times * (name.length + (one.selectionSet ? 0 : TEXT_CHARACTERS));
        add(one.selectionSet, times * (lengths[one.name.value] ?? 1), true);
      }
    }
  };
  add(operation.selectionSet, 1, false);
  return { values, characters };
}
