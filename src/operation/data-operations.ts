import { Kind, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';
import { isPublicRoot } from './public-roots.ts';

/** Names (empty for an anonymous one) of the operations with any root field but the public ones. */
export function dataOperationsOf(document: DocumentNode): ReadonlySet<string> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const asksData = (set: SelectionSetNode, seen: Set<string>): boolean =>
    set.selections.some((selection) => {
      if (selection.kind === Kind.FIELD) return !isPublicRoot(selection.name.value);
      if (selection.kind === Kind.INLINE_FRAGMENT) return asksData(selection.selectionSet, seen);
      const name = selection.name.value;
      if (seen.has(name)) return false;
      seen.add(name);
      const fragment = fragments.get(name);
      return fragment ? asksData(fragment.selectionSet, seen) : true;
    });
  const names = new Set<string>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION && asksData(definition.selectionSet, new Set())) {
      names.add(definition.name?.value ?? '');
    }
  }
  return names;
}
