import { isObjectType, type GraphQLSchema } from 'graphql';

/** Letters that Vietnamese has and English does not. */
const VIETNAMESE = /[\u00c0-\u01b0\u1ea0-\u1ef9]/;

/**
 * Vietnamese legal terms of the schema's fields: a description begins with its term, and what follows a colon or a bracket, or
 * after a comma in English, explains it. Null for a field without one.
 */
export function buildFieldNames(schema: GraphQLSchema): (coordinate: string) => string | null {
  const known = new Map<string, string | null>();
  return (coordinate) => {
    let name = known.get(coordinate);
    if (name === undefined) known.set(coordinate, (name = nameIn(schema, coordinate)));
    return name;
  };
}

function nameIn(schema: GraphQLSchema, coordinate: string): string | null {
  const [typeName = '', fieldName = ''] = coordinate.split('.');
  const type = schema.getType(typeName);
  return isObjectType(type) ? termOf(type.getFields()[fieldName]?.description) : null;
}

function termOf(description: string | null | undefined): string | null {
  const [text = ''] = (description ?? '').split(/[:;(.]/);
  const parts = text.split(', ');
  const foreign = parts.findIndex((part) => !VIETNAMESE.test(part));
  const term = (foreign < 0 ? parts : parts.slice(0, foreign)).join(', ').trim();
  return term === '' ? null : term;
}
