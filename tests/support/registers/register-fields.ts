import type { GraphQLField, GraphQLObjectType } from 'graphql';
import { isPublicRoot } from '../../../src/operation/public-roots.ts';
import { BOOK_ROOTS, PREFILL_ROOT } from '../../../src/plan/schema/schema-bindings.ts';

/** Fields of a type but for the questions to the access log, which no register and no oracle answers. */
export function registerFields(type: GraphQLObjectType): readonly GraphQLField<unknown, unknown>[] {
  return Object.values(type.getFields()).filter(
    ({ name }) =>
      type.name !== 'Query' || !(BOOK_ROOTS.has(name) || isPublicRoot(name) || name === PREFILL_ROOT),
  );
}
