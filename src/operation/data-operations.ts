import { Kind, type DocumentNode } from 'graphql';
import { isPublicRoot } from './public-roots.ts';
import { rootFieldsOf } from './root-fields.ts';

/** Names (empty for an anonymous one) of the operations with any root field but the public ones. */
export function dataOperationsOf(document: DocumentNode): ReadonlySet<string> {
  const names = new Set<string>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    const roots = rootFieldsOf(document, definition);
    // An unknown fragment may hold anything.
    if (roots === null || roots.some(({ name }) => !isPublicRoot(name.value))) {
      names.add(definition.name?.value ?? '');
    }
  }
  return names;
}
