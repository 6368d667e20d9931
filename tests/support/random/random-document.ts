import {
  doTypesOverlap,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import type { Tape } from './tape.ts';

export interface RandomDocument {
  readonly source: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Few, so that the same name comes up again on other types and in other places. */
const ALIASES = ['a', 'b', 'f0', 'f3', 'toString'];
/** Names that mean another field on each object type: valid, since no object is of two types. */
const ALIASES_BY_TYPE = ['own', 'other'];
/** A field is two steps deep, a fragment one. */
const MAX_DEPTH = 9;

/** An operation over any schema, in every spelling; valid by construction. */
export function randomOperationOf(schema: GraphQLSchema, tape: Tape): RandomDocument {
  return new DocumentWriter(schema, tape, { isGrant: false, maxFields: 40 }).write();
}

/** A grant over any schema: wide, without aliases and conditions, with a variable for each argument. */
export function randomGrantOf(schema: GraphQLSchema, tape: Tape): string {
  return new DocumentWriter(schema, tape, { isGrant: true, maxFields: 22 }).write().source;
}

class DocumentWriter {
  readonly #schema: GraphQLSchema;
  readonly #tape: Tape;
  readonly #isGrant: boolean;
  readonly #maxFields: number;
  #limit: number;
  /** Without them a name may mean something else at each path. */
  readonly #hasFragments: boolean;
  readonly #composites: readonly GraphQLCompositeType[];
  readonly #fragments: { readonly name: string; readonly type: GraphQLCompositeType }[] = [];
  readonly #definitions: string[] = [];
  readonly #declared: string[] = [];
  readonly #variables: Record<string, unknown> = {};
  /** Place and response name -> field and arguments. */
  readonly #meanings = new Map<string, string>();
  #fields = 0;

  constructor(
    schema: GraphQLSchema,
    tape: Tape,
    limits: { readonly isGrant: boolean; readonly maxFields: number },
  ) {
    this.#schema = schema;
    this.#tape = tape;
    this.#isGrant = limits.isGrant;
    this.#maxFields = limits.maxFields;
    this.#limit = limits.maxFields;
    this.#hasFragments = !tape.oneIn(3);
    this.#composites = Object.values(schema.getTypeMap()).filter(
      (type): type is GraphQLCompositeType => isCompositeType(type) && !type.name.startsWith('__'),
    );
  }

  write(): RandomDocument {
    const query = this.#schema.getQueryType();
    if (!query) throw new Error('no query type');
    const body = this.#set(query, 0, '');
    const head = this.#declared.length > 0 ? ` Asked(${this.#declared.join(', ')})` : '';
    return { source: `query${head} ${body}\n${this.#definitions.join('\n')}`, variables: this.#variables };
  }

  #set(type: GraphQLCompositeType, depth: number, place: string): string {
    const parts = this.#isGrant ? this.#wide(type, depth, place) : this.#narrow(type, depth, place);
    if (parts.length > 0) return `{ ${parts.join(' ')} }`;
    return `{ ${isUnionType(type) ? '__typename' : this.#named(type, 'f0', () => '', place)} }`;
  }

  /** Most fields, and more of them below most of the types that may stand there. */
  #wide(type: GraphQLCompositeType, depth: number, place: string): readonly string[] {
    // Through the object types alone, so that some of those that may stand here have nothing granted.
    const isByType = isAbstractType(type) && this.#tape.oneIn(2);
    const parts = (isByType ? [] : fieldsOf(type))
      .filter(({ type: of }) => !this.#tape.oneIn(depth < 3 || !isCompositeType(getNamedType(of)) ? 4 : 2))
      .flatMap((field) => {
        // Each root has its share, lest the first take all.
        if (depth === 0) this.#limit = this.#fields + this.#maxFields;
        return this.#field(type, field, depth, place);
      });
    const conditions = this.#composites.filter(
      (other) => other !== type && isObjectType(other) && this.#overlaps(type, other),
    );
    if (isAbstractType(type)) {
      for (const one of conditions)
        if (this.#tape.oneIn(2)) parts.push(...this.#fragment(type, one, depth, place));
    }
    if (this.#tape.oneIn(4)) parts.push(...this.#fragment(type, this.#typeFor(type), depth, place));
    return parts;
  }

  #narrow(type: GraphQLCompositeType, depth: number, place: string): readonly string[] {
    const fields = fieldsOf(type);
    const leaves = fields.filter((field) => !isCompositeType(getNamedType(field.type)));
    const parts: string[] = [];
    const count = 2 + this.#tape.below(3);
    for (let index = 0; index < count && !this.#isSpent(depth); index++) {
      const kind = this.#tape.below(10);
      if (kind === 9) parts.push(this.#named(type, '__typename', () => '', place) + this.#conditions());
      else if (kind >= (isAbstractType(type) ? 5 : 7)) {
        parts.push(...this.#fragment(type, this.#typeFor(type), depth, place));
      } else {
        const field = this.#tape.pick(kind < 3 ? leaves : fields);
        if (field) parts.push(...this.#field(type, field, depth, place));
        if (field && this.#tape.oneIn(6)) parts.push(...this.#field(type, field, depth, place));
      }
    }
    return parts;
  }

  #isSpent(depth: number): boolean {
    return this.#fields >= this.#limit || depth > MAX_DEPTH + 2 || this.#tape.isSpent;
  }

  #overlaps(type: GraphQLCompositeType, other: GraphQLCompositeType): boolean {
    return doTypesOverlap(this.#schema, type, other);
  }

  /** Any type that a fragment may name here: the same, an interface or union above or beside it, an object type. */
  #typeFor(type: GraphQLCompositeType): GraphQLCompositeType {
    const overlapping = this.#composites.filter((other) => this.#overlaps(type, other));
    const objects = overlapping.filter((other) => isObjectType(other));
    return this.#tape.pick(this.#tape.oneIn(2) ? objects : overlapping) ?? type;
  }

  /** Inline, with or without its condition, or by name: a new one, or one again, perhaps twice. */
  #fragment(
    type: GraphQLCompositeType,
    on: GraphQLCompositeType,
    depth: number,
    place: string,
  ): readonly string[] {
    if (this.#isSpent(depth)) return [];
    const kind = this.#tape.below(this.#hasFragments ? 4 : 2);
    if (kind === 0) return [`...${this.#conditions()} ${this.#set(type, depth + 1, place)}`];
    if (kind === 1) return [`... on ${on.name}${this.#conditions()} ${this.#set(on, depth + 1, place)}`];
    const fitting = this.#fragments.filter((one) => this.#overlaps(type, one.type));
    let fragment = kind === 3 ? this.#tape.pick(fitting) : undefined;
    if (!fragment) {
      const body = this.#set(on, depth + 1, '');
      fragment = { name: `F${this.#fragments.length}`, type: on };
      // Known only once it is written, so that no fragment spreads itself.
      this.#fragments.push(fragment);
      this.#definitions.push(`fragment ${fragment.name} on ${on.name} ${body}`);
    }
    const spread = `...${fragment.name}`;
    const again = this.#tape.oneIn(3) ? [`${spread}${this.#conditions()}`] : [];
    return [`${spread}${this.#conditions()}`, ...again];
  }

  #field(
    type: GraphQLCompositeType,
    field: GraphQLField<unknown, unknown>,
    depth: number,
    place: string,
  ): readonly string[] {
    const named = getNamedType(field.type);
    const isLeaf = !isCompositeType(named);
    if (this.#isSpent(depth) || (!isLeaf && depth >= MAX_DEPTH)) return [];
    this.#fields += 1;
    const written = this.#named(type, field.name, () => this.#arguments(field), place);
    if (isLeaf) return [`${written}${this.#conditions()}`];
    const below = this.#hasFragments ? '' : `${place} ${written.split(/[:(]/)[0]}`;
    return [`${written}${this.#conditions()} ${this.#set(named, depth + 2, below)}`];
  }

  /** The field under a response name that means the same throughout its place. */
  #named(type: GraphQLCompositeType, field: string, given: () => string, place: string): string {
    const tape = this.#tape;
    if (this.#isGrant) return this.#settled(`${place} ${field}`, () => field + given());
    if ((field === 'f0' || field === 'f1') && isObjectType(type) && tape.oneIn(3)) {
      const alias = tape.pick(ALIASES_BY_TYPE) ?? 'own';
      return `${alias}: ${this.#settled(`${place} ${type.name} ${alias}`, () => field)}`;
    }
    const known = tape.oneIn(2) ? this.#meanings.get(`${place} ${field}`) : undefined;
    const meaning = known?.match(/^\w+/)?.[0] === field ? known : field + given();
    const names = tape.oneIn(3) ? [tape.pick(ALIASES) ?? field, field] : [field, tape.pick(ALIASES) ?? field];
    const responseName = [...names, `x${this.#meanings.size}`].find(
      (name) => (this.#meanings.get(`${place} ${name}`) ?? meaning) === meaning,
    );
    if (responseName === undefined) throw new Error('no name is free');
    this.#meanings.set(`${place} ${responseName}`, meaning);
    return responseName === field ? meaning : `${responseName}: ${meaning}`;
  }

  #settled(key: string, meaning: () => string): string {
    const known = this.#meanings.get(key) ?? meaning();
    this.#meanings.set(key, known);
    return known;
  }

  #arguments(field: GraphQLField<unknown, unknown>): string {
    const given = field.args.flatMap((argument) => {
      if (!isRequiredArgument(argument) && this.#tape.oneIn(this.#isGrant ? 3 : 2)) return [];
      // The grant's own values are never read: only which arguments it names.
      const isVariable = this.#isGrant || this.#tape.oneIn(3);
      const value = this.#value(argument.type);
      const written = isVariable ? this.#variable(String(argument.type), value) : literal(value);
      return [`${argument.name}: ${written}`];
    });
    return given.length > 0 ? `(${given.join(', ')})` : '';
  }

  #value(type: GraphQLInputType): unknown {
    const tape = this.#tape;
    if (isNonNullType(type)) return this.#present(type.ofType);
    return tape.oneIn(5) ? null : this.#present(type);
  }

  #present(type: GraphQLInputType): unknown {
    const tape = this.#tape;
    if (isNonNullType(type)) return this.#present(type.ofType);
    if (isListType(type)) return Array.from({ length: tape.below(3) }, () => this.#value(type.ofType));
    if (isInputObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(() => tape.oneIn(2));
      return Object.fromEntries(fields.map((field) => [field.name, this.#value(field.type)]));
    }
    return type.name === 'Boolean' ? tape.oneIn(2) : tape.below(4);
  }

  #conditions(): string {
    if (this.#isGrant || !this.#tape.oneIn(8)) return '';
    const names = this.#tape.oneIn(2) ? ['skip', 'include'] : ['include', 'skip'];
    return names
      .slice(0, this.#tape.oneIn(4) ? 2 : 1)
      .map((name) => ` @${name}(if: ${this.#condition()})`)
      .join('');
  }

  #condition(): string {
    const value = this.#tape.oneIn(2);
    const written = this.#tape.pick([
      () => String(value),
      () => this.#variable('Boolean!', value),
      () => this.#variable(`Boolean = ${String(value)}`),
      () => this.#variable(`Boolean = ${String(!value)}`, value),
    ])?.();
    return written ?? 'true';
  }

  /** Declares a variable; without a value it stays unset. */
  #variable(type: string, ...value: readonly unknown[]): string {
    const name = `v${this.#declared.length}`;
    this.#declared.push(`$${name}: ${type}`);
    if (value.length > 0) this.#variables[name] = value[0];
    return `$${name}`;
  }
}

function fieldsOf(type: GraphQLCompositeType): readonly GraphQLField<unknown, unknown>[] {
  return isUnionType(type) ? [] : Object.values(type.getFields());
}

function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  return `{ ${Object.entries(value)
    .map(([name, one]) => `${name}: ${literal(one)}`)
    .join(', ')} }`;
}
