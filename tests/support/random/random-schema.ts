import { buildSchema, isObjectType, type GraphQLSchema } from 'graphql';
import type { DataCategory } from '../../../src/policy/grant/field-labels.ts';
import type { Tape } from './tape.ts';

export interface RandomSchema {
  readonly schema: GraphQLSchema;
  /** Of every field of every object type. */
  readonly categories: ReadonlyMap<string, DataCategory>;
}

const LEAVES = ['String', 'Int', 'Boolean', 'ID', 'Colour', 'Moment'];
const LEAF_SHAPES = ['T', '[T]', '[T!]', '[[T]]', '[[T!]!]'];
/** Items are nullable: one of a type of which nothing is granted comes out as null. */
const ABSTRACT_SHAPES = ['T', 'T', '[T]', '[[T]]', '[[T]!]'];
const OBJECT_SHAPES = ['T', '[T]', '[T!]', '[[T!]!]'];
const ARGUMENTS = [
  '',
  '',
  '(first: Int)',
  '(a: Int)',
  '(a: Int!)',
  '(a: Int = 3, b: [Int!])',
  '(c: Boolean! = true)',
  '(first: Int, within: Range)',
];
const CATEGORIES: readonly DataCategory[] = ['BASIC', 'NON_PERSONAL', 'BASIC', 'SENSITIVE'];

/**
 * A field as it is throughout a schema. Its name settles list and leaf type, so that selections of it always merge;
 * where it leads to objects, each object type may narrow it to a type of its own.
 */
interface PooledField {
  readonly name: string;
  readonly shape: string;
  readonly arguments: string;
  readonly type: string;
  readonly leads: 'nowhere' | 'to-objects' | 'anywhere';
}

/**
 * Object types, interfaces that implement interfaces, unions, lists in lists; every field is nullable, as the contract
 * has it of labelled ones.
 */
export function randomSchema(tape: Tape): RandomSchema {
  return new SchemaWriter(tape).write();
}

class SchemaWriter {
  readonly #tape: Tape;
  /** Name -> interfaces that it implements. */
  readonly #interfaces = new Map<string, readonly string[]>();
  readonly #objects = new Map<string, readonly string[]>();
  readonly #unions = new Map<string, readonly string[]>();
  readonly #fieldsOfInterface = new Map<string, ReadonlySet<PooledField>>();

  constructor(tape: Tape) {
    this.#tape = tape;
  }

  write(): RandomSchema {
    this.#drawTypes();
    const pool = this.#drawFields();
    const schema = buildSchema(
      [
        'scalar Moment',
        'enum Colour { RED GREEN BLUE }',
        'input Range { from: Int upTo: [Int] = [1] }',
        ...this.#writeInterfaces(pool),
        ...this.#writeObjects(pool),
        ...[...this.#unions].map(([name, members]) => `union ${name} = ${members.join(' | ')}`),
      ].join('\n'),
    );
    const categories = new Map<string, DataCategory>();
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type) || type.name.startsWith('__')) continue;
      for (const name of Object.keys(type.getFields())) {
        categories.set(`${type.name}.${name}`, this.#tape.pick(CATEGORIES) ?? 'BASIC');
      }
    }
    return { schema, categories };
  }

  #drawTypes(): void {
    const tape = this.#tape;
    for (let index = 0, count = 1 + tape.below(3); index < count; index++) {
      const above = index > 0 && tape.oneIn(2) ? `I${index - 1}` : undefined;
      this.#interfaces.set(`I${index}`, above ? [above, ...(this.#interfaces.get(above) ?? [])] : []);
    }
    for (let index = 0, count = 2 + tape.below(3); index < count; index++) {
      const implemented = [...this.#interfaces]
        .filter(() => tape.oneIn(2))
        .flatMap(([name, above]) => [name, ...above]);
      this.#objects.set(`O${index}`, [...new Set(implemented)]);
    }
    for (let index = 0, count = 1 + tape.below(2); index < count; index++) {
      const members = [...this.#objects.keys()].filter(() => tape.oneIn(2));
      this.#unions.set(`U${index}`, members.length > 0 ? members : ['O0']);
    }
  }

  #drawFields(): readonly PooledField[] {
    const tape = this.#tape;
    const objects = [...this.#objects.keys()];
    const abstract = [...this.#interfaces.keys(), ...this.#unions.keys()];
    const fields: PooledField[] = ['f0', 'f1'].map((name) => ({
      name,
      shape: 'T',
      arguments: '',
      type: 'String',
      leads: 'nowhere',
    }));
    for (let index = 2; index < 10; index++) {
      const leads = (['anywhere', 'nowhere', 'to-objects', 'anywhere'] as const)[index % 4] ?? 'nowhere';
      const shapes = { nowhere: LEAF_SHAPES, 'to-objects': OBJECT_SHAPES, anywhere: ABSTRACT_SHAPES }[leads];
      const types = { nowhere: LEAVES, 'to-objects': objects, anywhere: [...abstract, ...objects] }[leads];
      fields.push({
        name: `f${index}`,
        shape: tape.pick(shapes) ?? 'T',
        arguments: tape.pick(ARGUMENTS) ?? '',
        type: tape.pick(types) ?? 'String',
        leads,
      });
    }
    return fields;
  }

  #writeInterfaces(pool: readonly PooledField[]): readonly string[] {
    return [...this.#interfaces].map(([name, above]) => {
      const inherited = above.flatMap((one) => [...(this.#fieldsOfInterface.get(one) ?? [])]);
      const own = pool.filter((field) => field.name === 'f0' || this.#tape.oneIn(3));
      const fields = new Set([...inherited, ...own]);
      this.#fieldsOfInterface.set(name, fields);
      return `interface ${name}${implementing(above)} { ${[...fields].map((one) => signature(one, one.type)).join(' ')} }`;
    });
  }

  #writeObjects(pool: readonly PooledField[]): readonly string[] {
    const written = [...this.#objects].map(([name, interfaces]) => {
      const inherited = new Set(interfaces.flatMap((one) => [...(this.#fieldsOfInterface.get(one) ?? [])]));
      const fields = pool.filter(
        (field) => field.name === 'f0' || inherited.has(field) || !this.#tape.oneIn(3),
      );
      const signatures = fields.map((field) => signature(field, this.#typeOn(field, inherited.has(field))));
      return `type ${name}${implementing(interfaces)} { ${signatures.join(' ')} }`;
    });
    const roots = pool.filter((field) => field.name === 'f0' || field.leads !== 'nowhere');
    return [...written, `type Query { ${roots.map((field) => signature(field, field.type)).join(' ')} }`];
  }

  /** What a field leads to on one object type: as the interface says, or narrower; anything where no interface says it. */
  #typeOn(field: PooledField, isInherited: boolean): string {
    if (field.leads !== 'anywhere' || !this.#tape.oneIn(3)) return field.type;
    const all = [...this.#objects.keys(), ...this.#interfaces.keys(), ...this.#unions.keys()];
    return this.#tape.pick(isInherited ? this.#narrower(field.type) : all) ?? field.type;
  }

  #narrower(type: string): readonly string[] {
    const implementers = [...this.#objects, ...this.#interfaces].filter(([, above]) => above.includes(type));
    return [type, ...implementers.map(([name]) => name), ...(this.#unions.get(type) ?? [])];
  }
}

function implementing(interfaces: readonly string[]): string {
  return interfaces.length > 0 ? ` implements ${interfaces.join(' & ')}` : '';
}

function signature({ name, shape, arguments: given }: PooledField, type: string): string {
  return `${name}${given}: ${shape.replace('T', type)}`;
}
