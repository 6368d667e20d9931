import { isObjectType, type GraphQLSchema } from 'graphql';

const ENGLISH = /^(A|An|The|What) /;

/**
 * Vietnamese legal terms of the schema's fields: a description is its term, or begins with it up to a colon, behind which it is
 * explained in English. Null for a field that has none: its description begins with an English article.
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
  const [term = ''] = (description ?? '').trim().split(':');
  return term === '' || ENGLISH.test(term) ? null : term;
}
