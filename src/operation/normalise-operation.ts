import {
  getDirectiveValues,
  getNamedType,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { GatewayError } from '../errors.ts';
import { OPERATION_LIMITS } from './limits.ts';
import { UserInputError } from './user-input-error.ts';

/** Values of variables after coercion. */
export type Variables = Readonly<Record<string, unknown>>;

/**
 * One field of the normalised selection: fragments spread, directives decided, equal response names merged.
 * Aliases, fragments, interfaces, unions and directives are other spellings of the same tree.
 */
export interface SelectedField {
  readonly responseName: string;
  readonly fieldName: string;
  /** Schema coordinate, `Citizen.name`; of the object type, through whichever interface it was selected. */
  readonly coordinate: string;
  readonly type: GraphQLOutputType;
  readonly arguments: ReadonlyMap<string, ValueNode>;
  /** The selection below a field of an object type; null for a leaf and for an abstract type. */
  readonly children: readonly SelectedField[] | null;
  /** Below a field of an abstract type: what is selected on each object type that may stand there; else null. */
  readonly possible: ReadonlyMap<string, readonly SelectedField[]> | null;
}

/**
 * Spreads and merges in the order of graphql-js (first appearance). The document must be valid. UserInputError for a
 * null condition; OPERATION_TOO_LARGE where abstract types within each other multiply the selection.
 */
export function normaliseOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): readonly SelectedField[] {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }

  let abstractDepth = 0;
  let multiplied = 0;

  // A condition may name the object type itself, an interface that it implements or a union that it belongs to.
  const applies = (condition: string, type: GraphQLObjectType): boolean => {
    if (condition === type.name) return true;
    const named = schema.getType(condition);
    return isAbstractType(named) && schema.isSubType(named, type);
  };

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
        if (condition === undefined || applies(condition, type)) {
          collect(type, selection.selectionSet, into, visited);
        }
      } else if (!visited.has(selection.name.value)) {
        visited.add(selection.name.value);
        const fragment = fragments.get(selection.name.value);
        if (fragment && applies(fragment.typeCondition.name.value, type)) {
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

  const selectPossible = (
    type: GraphQLAbstractType,
    sets: readonly SelectionSetNode[],
  ): ReadonlyMap<string, readonly SelectedField[]> => {
    abstractDepth += 1;
    const possible = new Map<string, readonly SelectedField[]>();
    for (const objectType of schema.getPossibleTypes(type)) {
      possible.set(objectType.name, select(objectType, sets));
    }
    abstractDepth -= 1;
    return possible;
  };

  const selectField = (
    type: GraphQLObjectType,
    responseName: string,
    first: FieldNode,
    nodes: readonly FieldNode[],
  ): SelectedField => {
    // Each abstract type within another multiplies by the types that may stand there; the document does not show it.
    if (abstractDepth > 0 && ++multiplied > OPERATION_LIMITS.expandedFields.value) {
      throw new GatewayError('OPERATION_TOO_LARGE');
    }
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
      // Introspection has no definition here; graphql-js answers it, not the plan.
      children: definition && sets.length > 0 && isObjectType(named) ? select(named, sets) : null,
      possible: definition && isAbstractType(named) ? selectPossible(named, sets) : null,
    };
  };

  const queryType = schema.getQueryType();
  return queryType ? select(queryType, [operation.selectionSet]) : [];
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
