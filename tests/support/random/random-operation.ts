import {
  getNamedType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import { RandomArguments } from './random-arguments.ts';
import type { RandomWords } from './random-words.ts';
import type { Tape } from './tape.ts';
import { registerFields } from '../registers/register-fields.ts';

export interface RandomOperation {
  readonly source: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string;
  /** True where a response name misleads delegation; tests/plan/oracles.test.ts shows how. */
  readonly misleadsDelegation: boolean;
}

/** Response names that break engines which use plain objects, or take keys from the answer under construction. */
const WILD_NAMES = ['a', 'b', 'toString', 'length', '_', 'key', 'full', 'name', 'status', 'data'];
/** Names on which delegation fails whatever they stand for. */
const DELEGATION_FAILS = ['then', 'constructor', '__proto__'];
const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['Citizen', 'personalId'],
  ['Business', 'code'],
  ['LandParcel', 'id'],
  ['LandCertificate', 'serial'],
]);
/** Items of batches: a join from their root. */
const ITEMS = ['CitizenItem', 'BusinessItem', 'LandParcelItem'];
const MAX_FIELDS = 45;

interface Fragment {
  readonly name: string;
  readonly type: string;
  /** Joins that its selection may make. */
  readonly hops: number;
}

/**
 * Writes one operation that is valid by construction: a response name means one field and arguments, per type.
 * `isFarReaching`: every other field leads to an entity, where one can, and few are conditional.
 */
export function randomOperation(
  schema: GraphQLSchema,
  words: RandomWords,
  tape: Tape,
  isFarReaching = false,
): RandomOperation {
  return new OperationWriter(schema, words, tape, isFarReaching).write();
}

class OperationWriter {
  readonly #schema: GraphQLSchema;
  readonly #tape: Tape;
  readonly #isFarReaching: boolean;
  readonly #arguments: RandomArguments;
  readonly #fragments: Fragment[] = [];
  readonly #definitions: string[] = [];
  /** Type -> response name -> what it means throughout this operation. */
  readonly #meanings = new Map<string, Map<string, string>>();
  #fields = 0;
  #fragmentCount = 0;
  #misleads = false;

  constructor(schema: GraphQLSchema, words: RandomWords, tape: Tape, isFarReaching: boolean) {
    this.#schema = schema;
    this.#tape = tape;
    this.#isFarReaching = isFarReaching;
    this.#arguments = new RandomArguments(words, tape);
  }

  write(): RandomOperation {
    const query = this.#schema.getQueryType();
    if (!query) throw new Error('no query type');
    const hops = (this.#isFarReaching ? 2 : 1) + this.#tape.below(3);
    const body = this.#selectionSet(query, hops, 0);
    const { definitions, values } = this.#arguments.declared();
    const head = definitions.length > 0 ? `(${definitions.join(', ')})` : '';
    const other = this.#tape.oneIn(6) ? 'query Other { __typename }\n' : '';
    return {
      source: `${other}query Asked${head} ${body}\n${this.#definitions.join('\n')}`,
      variables: values,
      operationName: 'Asked',
      misleadsDelegation: this.#misleads,
    };
  }

  #selectionSet(type: GraphQLObjectType, hops: number, depth: number): string {
    const parts: string[] = [];
    const count = 1 + this.#tape.below(depth === 0 ? 3 : 5);
    for (let index = 0; index < count; index++) parts.push(...this.#selection(type, hops, depth));
    return `{ ${parts.length > 0 ? parts.join(' ') : '__typename'} }`;
  }

  #selection(type: GraphQLObjectType, hops: number, depth: number): readonly string[] {
    const kind = this.#tape.below(12);
    const { name } = type;
    if (this.#fields >= MAX_FIELDS || depth > 9 || this.#tape.isSpent) return [];
    if (kind === 11) return [this.#named(type, '__typename', '')];
    if (kind === 10) {
      const condition = this.#tape.oneIn(2) ? ` on ${name}` : '';
      return [`...${condition}${this.#conditions()} ${this.#selectionSet(type, hops, depth + 1)}`];
    }
    if (kind >= 8) return this.#spreads(type, hops, depth);
    return [this.#field(type, hops, depth)];
  }

  #spreads(type: GraphQLObjectType, hops: number, depth: number): readonly string[] {
    const fitting = this.#fragments.filter((one) => one.type === type.name && one.hops <= hops);
    let fragment = fitting.length > 0 && this.#tape.oneIn(2) ? this.#tape.pick(fitting) : undefined;
    if (!fragment) {
      const name = `F${this.#fragmentCount++}`;
      const body = this.#selectionSet(type, hops, depth + 1);
      fragment = { name, type: type.name, hops };
      // Known only once it is written, so that no fragment spreads itself.
      this.#fragments.push(fragment);
      this.#definitions.push(`fragment ${name} on ${type.name} ${body}`);
    }
    const spread = (): string => `...${fragment.name}${this.#conditions()}`;
    if (!this.#tape.oneIn(2)) return [spread()];
    // Twice, under conditions of its own each time, perhaps one level further in.
    return [spread(), this.#tape.oneIn(2) ? spread() : `...${this.#conditions()} { ${spread()} }`];
  }

  #field(type: GraphQLObjectType, hops: number, depth: number): string {
    const fields = registerFields(type).filter(
      (field) => hops > 0 || !ENTITIES.has(getNamedType(field.type).name),
    );
    const onward = this.#isFarReaching ? fields.filter(leadsToEntity) : [];
    const field = this.#tape.pick(onward.length > 0 && this.#tape.oneIn(2) ? onward : fields);
    if (!field) return '__typename';
    this.#fields += 1;
    const named = getNamedType(field.type);
    const written = this.#named(type, field.name, this.#arguments.of(type, field));
    if (!isObjectType(named)) return written;
    const left = ENTITIES.has(named.name) || ITEMS.includes(named.name) ? hops - 1 : hops;
    return `${written} ${this.#selectionSet(named, left, depth + 1)}`;
  }

  /** The field under a response name that means the same wherever this type is selected. */
  #named(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>['name'], given: string): string {
    const meaning = `${field}${given}`;
    let meanings = this.#meanings.get(type.name);
    if (!meanings) this.#meanings.set(type.name, (meanings = new Map()));
    const aliases = [
      ...(this.#tape.oneIn(40) ? [this.#tape.pick(DELEGATION_FAILS) ?? field] : []),
      ...(this.#tape.oneIn(10) ? [this.#tape.pick(Object.keys(type.getFields())) ?? field] : []),
      this.#tape.pick(WILD_NAMES) ?? field,
    ];
    const names = [...(this.#tape.oneIn(3) ? aliases : [field, ...aliases]), `x${meanings.size}`];
    const responseName = names.find((name) => (meanings.get(name) ?? meaning) === meaning) ?? field;
    meanings.set(responseName, meaning);
    // A key under another field's name: delegation takes the merge key from the answer, and joins by the wrong value.
    const hidesKey = ENTITIES.get(type.name) === responseName && field !== responseName;
    this.#misleads ||= hidesKey || DELEGATION_FAILS.includes(responseName);
    const alias = responseName === field ? '' : `${responseName}: `;
    return `${alias}${meaning}${this.#conditions()}`;
  }

  #conditions(): string {
    if (!this.#tape.oneIn(this.#isFarReaching ? 12 : 4)) return '';
    const skip = (): string => ` @skip(if: ${this.#arguments.condition()})`;
    const include = (): string => ` @include(if: ${this.#arguments.condition()})`;
    const kinds = [include, skip, () => include() + skip(), () => skip() + include()];
    return this.#tape.pick(kinds)?.() ?? '';
  }
}

function leadsToEntity({ type }: GraphQLField<unknown, unknown>): boolean {
  const named = getNamedType(type);
  if (!isObjectType(named)) return false;
  return ENTITIES.has(named.name) || Object.values(named.getFields()).some(leadsToEntity);
}
