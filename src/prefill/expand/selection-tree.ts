import { getNamedType, isObjectType, type GraphQLObjectType } from 'graphql';

/** Fields to select, by name, each with the fields below it. */
export interface SelectionTree extends Map<string, SelectionTree> {}

/** An empty tree. */
export function selectionTree(): SelectionTree {
  return new Map();
}

/** Adds a path of field names and returns the tree at its end. */
export function addPath(tree: SelectionTree, path: readonly string[]): SelectionTree {
  let at = tree;
  for (const name of path) {
    let below = at.get(name);
    if (!below) at.set(name, (below = selectionTree()));
    at = below;
  }
  return at;
}

/** Prints a tree as a selection set of the type. An object of which nothing is asked stands for itself by `__typename`. */
export function printSelection(tree: SelectionTree, type: GraphQLObjectType): string {
  const fields = [...tree].map(([name, below]) => {
    const field = type.getFields()[name];
    if (!field) throw new Error(`${type.name} has no field ${name}`);
    const own = getNamedType(field.type);
    return isObjectType(own) ? `${name} ${printSelection(below, own)}` : name;
  });
  return `{ ${fields.length > 0 ? fields.join(' ') : '__typename'} }`;
}
