import {
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * Lists the root fields of an operation through its fragments, each spread once; conditions are passed over. Null where it spreads a
 * fragment that the document does not have.
 */
export function rootFieldsOf(
  document: DocumentNode,
  { selectionSet }: OperationDefinitionNode,
): readonly FieldNode[] | null {
  const fields: FieldNode[] = [];
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  let isWhole = true;
  const add = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) fields.push(selection);
      else if (selection.kind === Kind.INLINE_FRAGMENT) add(selection.selectionSet);
      else spread(selection.name.value);
    }
  };
  const seen = new Set<string>();
  const spread = (name: string): void => {
    if (seen.has(name)) return;
    seen.add(name);
    const fragment = fragments.get(name);
    if (fragment) add(fragment.selectionSet);
    else isWhole = false;
  };
  add(selectionSet);
  return isWhole ? fields : null;
}
