import { readFileSync } from 'node:fs';
import { Kind, parse, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

/** Every path that a grant document names (`citizen.marriages.spouse.name.full`), read without src/policy. */
export function grantedPaths(url: URL): ReadonlySet<string> {
  const { definitions } = parse(readFileSync(url, 'utf8'));
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of definitions) {
    if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  }
  const paths = new Set<string>();
  const walk = (set: SelectionSetNode | undefined, above: string): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        const path = above === '' ? selection.name.value : `${above}.${selection.name.value}`;
        paths.add(path);
        walk(selection.selectionSet, path);
      } else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        walk(fragments.get(selection.name.value)?.selectionSet, above);
      } else walk(selection.selectionSet, above);
    }
  };
  for (const one of definitions) if (one.kind === Kind.OPERATION_DEFINITION) walk(one.selectionSet, '');
  return paths;
}
