import { isDeepStrictEqual } from 'node:util';
import { Kind, parse, type FieldNode, type SelectionSetNode, getNamedType, isObjectType } from 'graphql';
import type { Json } from '../gateway.ts';
import { printedSchema, registerOfField, type Register } from './register-of.ts';

export interface Lost {
  /** Paths where a register's value is missing: null, and nothing of it below. */
  readonly paths: readonly string[];
  /** Paths of the register that are null in the whole answer too: whether nothing is there is not known without it. */
  readonly unknown: readonly string[];
  /** Paths whose values differ otherwise; none, where everything else is intact. */
  readonly wrong: readonly string[];
}

/**
 * Compares an answer with the whole one. A field of the register may be null, or an item of its lists; every other value
 * must be the same, wherever it stands.
 */
export function compareWithWhole(query: string, whole: Json, answer: Json, register: Register): Lost {
  const paths: string[] = [];
  const unknown: string[] = [];
  const wrong: string[] = [];
  const [operation] = parse(query, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('not one operation');

  const fields = (type: string, set: SelectionSetNode, here: Json, there: Json, path: string): void => {
    const object = printedSchema.getType(type);
    if (!isObjectType(object) || !isRecord(here) || !isRecord(there)) {
      wrong.push(path);
      return;
    }
    for (const selection of set.selections) {
      if (selection.kind !== Kind.FIELD) throw new Error('fields only');
      const name = selection.name.value;
      const at = path === '' ? name : `${path}.${name}`;
      const definition = object.getFields()[name];
      const mayBeLost = registerOfField.get(`${type}.${name}`) === register && type !== 'Query';
      const to = getNamedType(definition?.type);
      value(to?.name ?? '', selection, here[name] ?? null, there[name] ?? null, at, mayBeLost);
    }
  };

  const value = (
    type: string,
    node: FieldNode,
    here: Json,
    there: Json,
    path: string,
    mayBeLost: boolean,
  ): void => {
    if (there === null || here === null) {
      if (mayBeLost && there === null) (here === null ? unknown : paths).push(path);
      else if (here !== there) wrong.push(path);
    } else if (Array.isArray(here) && Array.isArray(there)) {
      if (here.length !== there.length) wrong.push(path);
      here.forEach((item, index) =>
        value(type, node, item, there[index] ?? null, `${path}.${index}`, mayBeLost),
      );
    } else if (node.selectionSet) fields(type, node.selectionSet, here, there, path);
    else if (!isDeepStrictEqual(here, there)) wrong.push(path);
  };

  fields('Query', operation.selectionSet, whole, answer, '');
  return { paths, unknown, wrong };
}

function isRecord(value: Json): value is { [name: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
