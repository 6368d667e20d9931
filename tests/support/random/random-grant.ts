import {
  getNamedType,
  isObjectType,
  isRequiredArgument,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import type { FieldLabels } from '../../../src/policy/grant/field-labels.ts';
import type { Tape } from './tape.ts';
import { registerFields } from '../registers/register-fields.ts';

export interface RandomGrant {
  readonly source: string;
  /** What an agreement says of the arguments that its grant opens: minimised fields' alone. */
  readonly argumentValues: ReadonlyMap<string, readonly string[]>;
}

/** Behind a join. */
const ENTITIES: ReadonlySet<string> = new Set(['Citizen', 'Business', 'LandParcel', 'LandCertificate']);
/** Of each root: a tree of citizens and their families grows fast. */
const MOST_JOINS = 7;
const ANY = ['any'];
const DAYS = [['today'], ANY, ['today', 'dossier-date'], ['dossier-date'], ['2018-06-30', '2026-11-20'], []];
const VALUES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  on: DAYS,
  years: [['16', '18', '60'], ANY, ['18']],
  unitCode: [['own-unit'], ANY, ['01', '00070']],
};

/** A grant document over the gateway's schema: a finite tree of what may be asked, perhaps in fragments. */
export function randomGrant(schema: GraphQLSchema, labels: FieldLabels, tape: Tape): RandomGrant {
  const query = schema.getQueryType();
  if (!query) throw new Error('no query type');
  const writer = new GrantWriter(labels, tape);
  const body = writer.write(query, 2 + tape.below(3)) || '{ __typename }';
  return { source: writer.document(body), argumentValues: writer.argumentValues };
}

class GrantWriter {
  readonly argumentValues = new Map<string, readonly string[]>();
  readonly #labels: FieldLabels;
  readonly #tape: Tape;
  /** One field in so many is left out. */
  readonly #sparseness: number;
  readonly #declared: string[] = [];
  readonly #fragments: string[] = [];
  /** Field -> its arguments, the same wherever it stands: else the document would not be valid. */
  readonly #arguments = new Map<string, string>();
  #joins = MOST_JOINS;

  constructor(labels: FieldLabels, tape: Tape) {
    this.#labels = labels;
    this.#tape = tape;
    this.#sparseness = tape.pick([100, 30, 12, 3]) ?? 100;
  }

  document(body: string): string {
    const head = this.#declared.length > 0 ? `(${this.#declared.join(', ')})` : '';
    return `query Grant${head} ${body}\n${this.#fragments.join('\n')}`;
  }

  /** Empty where nothing is granted. */
  write(type: GraphQLObjectType, joins: number): string {
    const parts = registerFields(type)
      .filter(() => !this.#tape.oneIn(this.#sparseness))
      .map((field) => this.#field(type, field, joins))
      .filter((text) => text !== '');
    if (parts.length === 0) return '';
    if (!this.#tape.oneIn(4)) return `{ ${parts.join(' ')} }`;
    // A part of it, and perhaps some of it a second time, by a fragment.
    const [from, to] = [this.#tape.below(parts.length), 1 + this.#tape.below(parts.length)];
    const own = `{ ${parts.slice(from).join(' ')} }`;
    const rest = `{ ${parts.slice(0, Math.max(from, to)).join(' ')} }`;
    if (this.#tape.oneIn(2)) return `{ ... on ${type.name} ${rest} ... ${own} }`;
    const name = `G${this.#fragments.length}`;
    this.#fragments.push(`fragment ${name} on ${type.name} ${rest}`);
    return `{ ...${name} ... ${own} }`;
  }

  #field(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>, joins: number): string {
    const named = getNamedType(field.type);
    const written = (): string => `${field.name}${this.#argumentsOf(type, field)}`;
    if (!isObjectType(named)) return written();
    const isJoin = ENTITIES.has(named.name);
    if (type.name === 'Query') this.#joins = MOST_JOINS;
    if (isJoin && (joins === 0 || this.#joins === 0)) return '';
    if (isJoin) this.#joins -= 1;
    const below = this.write(named, joins - (isJoin ? 1 : 0));
    return below === '' ? '' : `${written()} ${below}`;
  }

  #argumentsOf(type: GraphQLObjectType, field: GraphQLField<unknown, unknown>): string {
    const coordinate = `${type.name}.${field.name}`;
    let written = this.#arguments.get(coordinate);
    if (written === undefined) {
      const parts = field.args
        .filter((one) => one.name !== 'first' && (isRequiredArgument(one) || !this.#tape.oneIn(4)))
        .map((one) => `${one.name}: ${this.#value(coordinate, one)}`);
      written = parts.length > 0 ? `(${parts.join(', ')})` : '';
      this.#arguments.set(coordinate, written);
    }
    return written;
  }

  /** A variable, or the only value that a question's argument may have. */
  #value(coordinate: string, { name, type }: GraphQLArgument): string {
    const isQuestion = this.#labels.isMinimised?.(coordinate) ?? false;
    const listed = VALUES[name];
    if (isQuestion && listed && this.#tape.oneIn(6)) {
      return name === 'years' ? '18' : name === 'on' ? '"2026-11-20"' : '"00070"';
    }
    if (isQuestion) {
      this.argumentValues.set(`${coordinate}.${name}`, this.#tape.pick(listed ?? [ANY, ANY, []]) ?? ANY);
    }
    const variable = `$g${this.#declared.length}`;
    this.#declared.push(`${variable}: ${String(type)}`);
    return variable;
  }
}
