import {
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  Kind,
  parse,
  visit,
  type DocumentNode,
  type SelectionNode,
} from 'graphql';

/** Stands in selections that conditions emptied, since a selection needs something in it. */
const EMPTIED = 'emptied';
const FILLING = parse(`{ ${EMPTIED}: __typename }`).definitions.flatMap((definition) =>
  definition.kind === Kind.OPERATION_DEFINITION ? definition.selectionSet.selections : [],
);

/** The document without what `@include` and `@skip` leave out, for an engine that gets conditions wrong. */
export function decideConditions(
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
): DocumentNode {
  const isIncluded = (node: SelectionNode): boolean =>
    getDirectiveValues(GraphQLSkipDirective, node, variables)?.if !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, variables)?.if !== false;
  return visit(document, {
    SelectionSet: {
      enter(node) {
        const selections = node.selections
          .filter(isIncluded)
          .map((selection) => ({ ...selection, directives: [] }));
        return { ...node, selections: selections.length > 0 ? selections : FILLING };
      },
      // All types are object types, so that an inline fragment always applies. Delegation drops `... { __typename }`.
      leave: (node) => ({
        ...node,
        selections: node.selections.flatMap((selection) =>
          selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet.selections : [selection],
        ),
      }),
    },
  });
}

/** Takes the filling out of an answer. */
export function withoutFilling(data: unknown): unknown {
  if (Array.isArray(data)) return data.map(withoutFilling);
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(
    Object.entries(data).flatMap(([name, value]) =>
      name === EMPTIED ? [] : [[name, withoutFilling(value)]],
    ),
  );
}
