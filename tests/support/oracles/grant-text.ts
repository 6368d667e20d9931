import {
  getNamedType,
  getNullableType,
  getOperationAST,
  getVariableValues,
  isAbstractType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedOutputType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { collectFields, collectSubfields } from 'graphql/execution/collectFields.js';

export interface GrantText {
  readonly schema: GraphQLSchema;
  readonly grant: string;
  /** Whether a coordinate of an object type has a label, and one that the agreement names. */
  readonly isNamed: (coordinate: string) => boolean;
  /**
   * Whether an argument may have this value, undefined where it is left out; `only` is what the grant writes there
   * itself. Any, unless given.
   */
  readonly mayBe?: (coordinate: string, value: unknown, only: string | undefined) => boolean;
}

export interface AskedDocument {
  readonly document: DocumentNode;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** A field or argument outside the grant: its path from the field that is null for it, as far as no list lies before it. */
export interface TextCut {
  readonly path: readonly string[];
  readonly code: string;
  readonly coordinate: string;
}

export interface TextDecision {
  /** Null where the field is granted. */
  readonly cuts: readonly TextCut[] | null;
  /** The grant's selection sets below the field. */
  readonly below: readonly SelectionSetNode[];
  readonly named: GraphQLNamedOutputType;
  readonly isNullable: boolean;
}

export type Grouped = ReadonlyMap<string, readonly FieldNode[]>;

/**
 * What the text of a grant says of an operation. Written without a look at `src/policy` and `src/operation`: what is
 * selected on a type is graphql-js's own word, what is granted is looked up in the grant's syntax tree, path by path.
 */
export function readGrantText(
  { schema, grant, isNamed, mayBe = () => true }: GrantText,
  { document, inputs, operationName }: AskedDocument,
) {
  const operation = getOperationAST(document, operationName);
  const query = schema.getQueryType();
  if (!operation || !query) throw new Error('nothing asked');
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], inputs);
  if (!coerced) throw new Error('variables do not fit');
  const fragments = fragmentsByName(document);
  const selectedOn = (type: GraphQLObjectType, nodes: readonly FieldNode[]): Grouped =>
    collectSubfields(schema, fragments, coerced, type, nodes);

  const granted = parsed(grant);
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

  const isFitting = (coordinate: string, node: FieldNode, grants: readonly FieldNode[]): boolean =>
    grants
      .flatMap((one) => one.arguments ?? [])
      .every(({ name, value: only }) => {
        const given = node.arguments?.find((one) => one.name.value === name.value)?.value;
        return mayBe(
          `${coordinate}.${name.value}`,
          given && valueFromASTUntyped(given, coerced),
          only.kind === Kind.VARIABLE ? undefined : String(valueFromASTUntyped(only)),
        );
      });

  const decide = (
    type: GraphQLObjectType,
    nodes: readonly FieldNode[],
    sets: readonly SelectionSetNode[],
  ): TextDecision => {
    const [node] = nodes;
    const definition = node && type.getFields()[node.name.value];
    if (!definition) throw new Error('no such field');
    const coordinate = `${type.name}.${definition.name}`;
    const grants = grantsOf(sets, type, definition.name);
    const below = grants.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
    const named = getNamedType(definition.type);
    const own = (code: string): TextCut[] => [{ path: [], code, coordinate }];
    let cuts: readonly TextCut[] | null = null;
    if (grants.length === 0 || !isNamed(coordinate)) cuts = own('FIELD_NOT_GRANTED');
    else if (asksMore(node, grants) || !isFitting(coordinate, node, grants))
      cuts = own('ARGUMENT_NOT_GRANTED');
    else if (isAbstractType(named)) {
      const standing = schema.getPossibleTypes(named);
      if (!standing.some((one) => holdsGranted(one, nodes, below))) cuts = own('FIELD_NOT_GRANTED');
    } else if (
      isObjectType(named) &&
      selectedOn(named, nodes).size > 0 &&
      !holdsGranted(named, nodes, below)
    ) {
      const isList = isListType(getNullableType(definition.type));
      const found = [...selectedOn(named, nodes)].flatMap(([name, deeper]): TextCut[] =>
        isTypeName(deeper)
          ? []
          : (decide(named, deeper, below).cuts ?? []).map((cut) => ({
              ...cut,
              path: isList ? [] : [name, ...cut.path],
            })),
      );
      cuts = found.length > 0 ? found : own('FIELD_NOT_GRANTED');
    }
    return { cuts, below, named, isNullable: !isNonNullType(definition.type) };
  };

  /** Whether anything but a type name is granted of what is selected on objects of that type. */
  const holdsGranted = (
    type: GraphQLObjectType,
    nodes: readonly FieldNode[],
    sets: readonly SelectionSetNode[],
  ): boolean =>
    [...selectedOn(type, nodes).values()].some(
      (below) => !isTypeName(below) && decide(type, below, sets).cuts === null,
    );

  const asked: Grouped = collectFields(schema, fragments, coerced, query, operation.selectionSet);
  const rootSets = granted.definitions.flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION ? [one.selectionSet] : [],
  );
  return { query, asked, rootSets, selectedOn, decide, holdsGranted };
}

export interface Denials {
  /** Path of response names, without indexes, of a field that is null -> what is cut there or below it. */
  readonly places: ReadonlyMap<string, readonly TextCut[]>;
  /** A denied root may not be null: the whole answer is. */
  readonly leaveNothing: boolean;
}

/** Where an operation goes beyond the grant, in a schema without interfaces and unions. */
export function denialsBy(text: GrantText, asked: AskedDocument): Denials {
  const { query, asked: roots, rootSets, selectedOn, decide } = readGrantText(text, asked);
  const places = new Map<string, readonly TextCut[]>();
  let leaveNothing = false;
  const walk = (
    type: GraphQLObjectType,
    grouped: Grouped,
    sets: readonly SelectionSetNode[],
    above: string,
  ): void => {
    for (const [name, nodes] of grouped) {
      if (isTypeName(nodes)) continue;
      const { cuts, below, named, isNullable } = decide(type, nodes, sets);
      if (cuts !== null) {
        places.set(above + name, cuts);
        leaveNothing ||= above === '' && !isNullable;
      } else if (isObjectType(named)) walk(named, selectedOn(named, nodes), below, `${above}${name}.`);
    }
  };
  walk(query, roots, rootSets, '');
  return { places, leaveNothing };
}

let last = { text: '', document: parse('{ __typename }') };

/** A grant is asked about many times in a row. */
function parsed(text: string): DocumentNode {
  if (last.text !== text) last = { text, document: parse(text, { noLocation: true }) };
  return last.document;
}

export function isTypeName(nodes: readonly FieldNode[]): boolean {
  return nodes[0]?.name.value === '__typename';
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

function asksMore(node: FieldNode, grants: readonly FieldNode[]): boolean {
  const granted = new Set(grants.flatMap((one) => (one.arguments ?? []).map(({ name }) => name.value)));
  return (node.arguments ?? []).some(({ name }) => name.value !== 'first' && !granted.has(name.value));
}
