import {
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { UserInputError } from './user-input-error.ts';

/** Values of variables after coercion. */
export type Variables = Readonly<Record<string, unknown>>;

/**
 * One field of the normalised selection: fragments spread, directives decided, equal response names merged.
 * Aliases, fragments and directives are other spellings of the same tree.
 */
export interface SelectedField {
  readonly responseName: string;
  readonly fieldName: string;
  /** Schema coordinate, `Citizen.name`. */
  readonly coordinate: string;
  readonly type: GraphQLOutputType;
  readonly arguments: ReadonlyMap<string, ValueNode>;
  /** Null for a leaf. */
  readonly children: readonly SelectedField[] | null;
}

/** Spreads and merges in the order of graphql-js (first appearance). The document must be valid; UserInputError for a null condition. */
export function normaliseOperation(
  queryType: GraphQLObjectType,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): readonly SelectedField[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }

  const collect = (
    type: GraphQLObjectType,
    set: SelectionSetNode,
    into: Map<string, FieldNode[]>,
    visited: Set<string>,
  ): void => {
    for (const selection of set.selections) {
      if (!isIncluded(selection, variables)) continue;
      if (selection.kind === Kind.FIELD) {
        const name = selection.alias?.value ?? selection.name.value;
        const nodes = into.get(name);
        if (nodes) nodes.push(selection);
        else into.set(name, [selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value;
        if (condition === undefined || condition === type.name) {
          collect(type, selection.selectionSet, into, visited);
        }
      } else if (!visited.has(selection.name.value)) {
        visited.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment?.typeCondition.name.value === type.name) {
          collect(type, fragment.selectionSet, into, visited);
        }
      }
    }
  };

  const select = (type: GraphQLObjectType, sets: readonly SelectionSetNode[]): readonly SelectedField[] => {
    const grouped = new Map<string, FieldNode[]>();
    const visited = new Set<string>();
    for (const set of sets) collect(type, set, grouped, visited);
    const fields: SelectedField[] = [];
    for (const [responseName, nodes] of grouped) {
      const first = nodes[0];
      if (first) fields.push(selectField(type, responseName, first, nodes));
    }
    return fields;
  };

  const selectField = (
    type: GraphQLObjectType,
    responseName: string,
    first: FieldNode,
    nodes: readonly FieldNode[],
  ): SelectedField => {
    const fieldName = first.name.value;
    const definition = type.getFields()[fieldName];
    const fieldType = definition?.type ?? type;
    const named = getNamedType(fieldType);
    const sets = nodes.flatMap((node) => (node.selectionSet ? [node.selectionSet] : []));
    return {
      responseName,
      fieldName,
      coordinate: `${type.name}.${fieldName}`,
      type: fieldType,
      arguments: new Map((first.arguments ?? []).map((argument) => [argument.name.value, argument.value])),
      // Introspection types hold interfaces of their own kind only; graphql-js answers them, not the plan.
      children: sets.length > 0 && isObjectType(named) && definition ? select(named, sets) : null,
    };
  };

  return select(queryType, [operation.selectionSet]);
}

function isIncluded(node: SelectionNode, variables: Variables): boolean {
  if (!node.directives || node.directives.length === 0) return true;
  try {
    if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.if === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false;
  } catch {
    // Null for a variable whose default alone let it stand here.
    throw new UserInputError('A condition of "@include" or "@skip" does not have a value of its type.');
  }
}
