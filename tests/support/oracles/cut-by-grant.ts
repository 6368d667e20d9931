import {
  execute,
  getNamedType,
  getOperationAST,
  getVariableValues,
  isAbstractType,
  isCompositeType,
  isObjectType,
  Kind,
  parse,
  responsePathAsArray,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';
import type { RandomWorld, WorldObject } from '../random-world.ts';
import type { DecidedRun } from '../run-decided.ts';

export interface GrantedWorld {
  readonly schema: GraphQLSchema;
  readonly world: RandomWorld;
  readonly grant: string;
  /** Whether a coordinate of an object type has a label, and one that the agreement names. */
  readonly isNamed: (coordinate: string) => boolean;
}

export interface CutRun extends DecidedRun {
  /** Nothing that was asked is outside the grant. */
  readonly isContained: boolean;
  /** Objects that are null for their type: others may stand in their place. */
  readonly cutByType: number;
}

type Grouped = ReadonlyMap<string, readonly FieldNode[]>;

/**
 * The whole answer by graphql-js, cut afterwards by the text of the grant. Written without a look at `src/policy` and
 * `src/operation`: what is selected on a type is graphql-js's own word, what is granted is looked up in the grant's
 * syntax tree, path by path.
 */
export function cutByGrant(
  { schema, world, grant, isNamed }: GrantedWorld,
  document: DocumentNode,
  inputs: Readonly<Record<string, unknown>>,
): CutRun {
  const operation = getOperationAST(document);
  const query = schema.getQueryType();
  if (!operation || !query) throw new Error('nothing asked');
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], inputs);
  if (!coerced) throw new Error('variables do not fit');
  const fragments = fragmentsByName(document);
  const selectedOn = (type: GraphQLObjectType, nodes: readonly FieldNode[]): Grouped =>
    collectSubfields(schema, fragments, coerced, type, nodes);

  const granted = parse(grant);
  const grantFragments = fragmentsByName(granted);
  /** The grant's own nodes for one field of an object of that type, among selection sets of one level. */
  const grantsOf = (sets: readonly SelectionSetNode[], type: GraphQLObjectType, name: string): FieldNode[] =>
    sets.flatMap(({ selections }) =>
      selections.flatMap((one): FieldNode[] => {
        if (one.kind === Kind.FIELD) return one.name.value === name ? [one] : [];
        const fragment = one.kind === Kind.INLINE_FRAGMENT ? one : grantFragments[one.name.value];
        const condition = fragment?.typeCondition?.name.value;
        if (!fragment || (condition !== undefined && !isOneOf(schema, type, condition))) return [];
        return grantsOf([fragment.selectionSet], type, name);
      }),
    );

  const decide = (
    type: GraphQLObjectType,
    nodes: readonly FieldNode[],
    sets: readonly SelectionSetNode[],
  ) => {
    const [node] = nodes;
    const definition = node && type.getFields()[node.name.value];
    if (!definition) throw new Error('no such field');
    const grants = grantsOf(sets, type, definition.name);
    const below = grants.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
    const named = getNamedType(definition.type);
    let code: string | null = null;
    if (grants.length === 0 || !isNamed(`${type.name}.${definition.name}`)) code = 'FIELD_NOT_GRANTED';
    else if (asksMore(node, grants)) code = 'ARGUMENT_NOT_GRANTED';
    else if (isCompositeType(named)) {
      const standing = isAbstractType(named) ? schema.getPossibleTypes(named) : [named];
      if (!standing.some((one) => holdsGranted(one, nodes, below))) code = 'FIELD_NOT_GRANTED';
    }
    return { code, below, named };
  };

  /** Whether anything but a type name is granted of what is selected on objects of that type. */
  const holdsGranted = (
    type: GraphQLObjectType,
    nodes: readonly FieldNode[],
    sets: readonly SelectionSetNode[],
  ) =>
    [...selectedOn(type, nodes).values()].some(
      (below) => !isTypeName(below) && decide(type, below, sets).code === null,
    );

  const isContained = (
    type: GraphQLObjectType,
    grouped: Grouped,
    sets: readonly SelectionSetNode[],
  ): boolean =>
    [...grouped.values()].every((nodes) => {
      if (isTypeName(nodes)) return true;
      const { code, below, named } = decide(type, nodes, sets);
      if (code !== null) return false;
      if (isObjectType(named)) return isContained(named, selectedOn(named, nodes), below);
      if (!isAbstractType(named)) return true;
      return schema.getPossibleTypes(named).every((one) => isContained(one, selectedOn(one, nodes), below));
    });

  const errors: string[] = [];
  let cutByType = 0;
  const refuse = (path: string, code: string): null => {
    errors.push(`${path} ${code}`);
    return null;
  };

  const cutObject = (
    value: Readonly<Record<string, unknown>>,
    type: GraphQLObjectType,
    grouped: Grouped,
    sets: readonly SelectionSetNode[],
    above: string,
  ): object => {
    const kept = Object.entries(value).map(([name, held]) => {
      const nodes = grouped.get(name);
      if (!nodes) throw new Error('answered what was not asked');
      if (isTypeName(nodes)) return [name, held] as const;
      const path = above === '' ? name : `${above}.${name}`;
      const { code, below } = decide(type, nodes, sets);
      return [name, code === null ? cutValue(held, nodes, below, path) : refuse(path, code)] as const;
    });
    return Object.fromEntries(kept);
  };

  const cutValue = (
    value: unknown,
    nodes: readonly FieldNode[],
    sets: readonly SelectionSetNode[],
    path: string,
  ): unknown => {
    if (Array.isArray(value)) {
      return value.map((item, index) => cutValue(item, nodes, sets, `${path}.${index}`));
    }
    if (typeof value !== 'object' || value === null) return value;
    const type = schema.getType(typeAt.get(path) ?? '');
    // An object that nothing but its type name is selected on was resolved nowhere: nothing of it can be granted.
    if (!isObjectType(type) || !holdsGranted(type, nodes, sets)) {
      cutByType += 1;
      return refuse(path, 'FIELD_NOT_GRANTED');
    }
    return cutObject(value as Record<string, unknown>, type, selectedOn(type, nodes), sets, path);
  };

  /** Path of each object whose fields were resolved -> its type. */
  const typeAt = new Map<string, string>();
  const answer = execute({
    schema,
    document,
    variableValues: inputs,
    rootValue: world.root,
    fieldResolver: (source: WorldObject, given: Record<string, unknown>, _context, { path, fieldName }) => {
      typeAt.set(responsePathAsArray(path.prev).join('.'), source.typeName);
      return world.resolve(source, fieldName, given);
    },
    typeResolver: ({ typeName }: WorldObject) => typeName,
  });
  if ('then' in answer || answer.errors || !answer.data) throw new Error('the whole answer failed');

  const asked = collectFields(schema, fragments, coerced, query, operation.selectionSet);
  const rootSets = granted.definitions.flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION ? [one.selectionSet] : [],
  );
  return {
    data: cutObject(answer.data, query, asked, rootSets, ''),
    errors,
    isContained: isContained(query, asked, rootSets),
    cutByType,
  };
}

function fragmentsByName(document: DocumentNode): Record<string, FragmentDefinitionNode> {
  return Object.fromEntries(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  );
}

function isOneOf(schema: GraphQLSchema, type: GraphQLObjectType, name: string): boolean {
  const named = schema.getType(name);
  return named === type || (isAbstractType(named) && schema.getPossibleTypes(named).includes(type));
}

function isTypeName(nodes: readonly FieldNode[]): boolean {
  return nodes[0]?.name.value === '__typename';
}

function asksMore(node: FieldNode, grants: readonly FieldNode[]): boolean {
  const granted = new Set(grants.flatMap((one) => (one.arguments ?? []).map(({ name }) => name.value)));
  return (node.arguments ?? []).some(({ name }) => name.value !== 'first' && !granted.has(name.value));
}
