import {
  execute,
  isAbstractType,
  isObjectType,
  responsePathAsArray,
  type DocumentNode,
  type FieldNode,
  type GraphQLObjectType,
  type SelectionSetNode,
} from 'graphql';
import type { RandomWorld, WorldObject } from '../random/random-world.ts';
import type { DecidedRun } from '../run-decided.ts';
import { isTypeName, readGrantText, type GrantText, type Grouped } from './grant-text.ts';

export interface GrantedWorld extends GrantText {
  readonly world: RandomWorld;
}

export interface CutRun extends DecidedRun {
  /** Nothing that was asked is outside the grant. */
  readonly isContained: boolean;
  /** Objects that are null for their type: others may stand in their place. */
  readonly cutByType: number;
}

/** The whole answer by graphql-js, cut afterwards by the text of the grant. */
export function cutByGrant(
  { world, ...text }: GrantedWorld,
  document: DocumentNode,
  inputs: Readonly<Record<string, unknown>>,
): CutRun {
  const { schema } = text;
  const { query, asked, rootSets, selectedOn, decide, holdsGranted } = readGrantText(text, {
    document,
    inputs,
  });

  const isContained = (
    type: GraphQLObjectType,
    grouped: Grouped,
    sets: readonly SelectionSetNode[],
  ): boolean =>
    [...grouped.values()].every((nodes) => {
      if (isTypeName(nodes)) return true;
      const { cuts, below, named } = decide(type, nodes, sets);
      if (cuts !== null) return false;
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
      const { cuts, below, named } = decide(type, nodes, sets);
      const isEmptied = isObjectType(named) && selectedOn(named, nodes).size === 0;
      if (cuts === null) return [name, isEmptied ? held : cutValue(held, nodes, below, path)] as const;
      for (const cut of cuts) refuse([path, ...cut.path].join('.'), cut.code);
      return [name, null] as const;
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

  return {
    data: cutObject(answer.data, query, asked, rootSets, ''),
    errors,
    isContained: isContained(query, asked, rootSets),
    cutByType,
  };
}
