import {
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLLeafType,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';

export interface WorldObject {
  readonly typeName: string;
  readonly id: number;
}

/** Data of a schema, computed from a seed: the same field of the same object with the same arguments is the same. */
export class RandomWorld {
  readonly root: WorldObject;
  readonly #schema: GraphQLSchema;

  constructor(schema: GraphQLSchema, seed: number) {
    this.#schema = schema;
    this.root = { typeName: 'Query', id: seed };
  }

  resolve(
    { typeName, id }: WorldObject,
    fieldName: string,
    given: Readonly<Record<string, unknown>>,
  ): unknown {
    const type = this.#schema.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
    if (!field) throw new Error(`no field ${typeName}.${fieldName}`);
    return this.#draw(field.type, hash(`${id} ${fieldName} ${JSON.stringify(given)}`));
  }

  #draw(type: GraphQLOutputType, number: number): unknown {
    if (isNonNullType(type)) return this.#present(type.ofType, number);
    return number % 7 === 0 ? null : this.#present(type, number);
  }

  #present(type: GraphQLOutputType, number: number): unknown {
    if (isNonNullType(type)) return this.#present(type.ofType, number);
    if (isListType(type)) {
      return Array.from({ length: hash(`${number} length`) % 4 }, (_, index) =>
        this.#draw(type.ofType, hash(`${number} ${index}`)),
      );
    }
    if (isAbstractType(type)) {
      const possible = this.#schema.getPossibleTypes(type);
      const drawn = possible[hash(`${number} type`) % Math.max(1, possible.length)];
      return drawn ? { typeName: drawn.name, id: number } : null;
    }
    return isObjectType(type) ? { typeName: type.name, id: number } : leaf(type, number);
  }
}

function leaf(type: GraphQLLeafType, number: number): unknown {
  if (isEnumType(type)) return type.getValues()[number % type.getValues().length]?.name;
  if (type.name === 'Int') return number % 1_000;
  return type.name === 'Boolean' ? number % 2 === 0 : `${type.name} ${number}`;
}

/** FNV-1a, 31 bits, its low ones mixed. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return ((value ^ (value >>> 15)) >>> 1) & 0x7fffffff;
}
