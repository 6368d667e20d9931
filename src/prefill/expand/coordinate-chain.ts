import { getNamedType, isObjectType, type GraphQLField, type GraphQLSchema } from 'graphql';

/** The last field of a chain, with the schema coordinate that it has in its own type. */
export interface ChainField {
  readonly coordinate: string;
  readonly field: GraphQLField<unknown, unknown>;
}

/**
 * Follows a chain of field names from a type, as `Citizen.household.members.person`. Undefined where the schema has no such
 * field.
 */
export function fieldAt(schema: GraphQLSchema, chain: string): ChainField | undefined {
  const [root = '', ...names] = chain.split('.');
  let type = schema.getType(root);
  let found: ChainField | undefined;
  for (const name of names) {
    const field = isObjectType(type) ? type.getFields()[name] : undefined;
    if (!field || !isObjectType(type)) return undefined;
    found = { coordinate: `${type.name}.${name}`, field };
    type = getNamedType(field.type);
  }
  return found;
}
