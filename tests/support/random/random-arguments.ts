import type { GraphQLField, GraphQLObjectType } from 'graphql';
import { OPEN_RIGHTS } from '../plan-parts.ts';
import type { RandomWords } from './random-words.ts';
import type { Tape } from './tape.ts';

const FIRSTS = [2, 1, 3, 0, 5, 100];
/** Few, so that equal conditions meet in one operation. */
const CONDITIONS = 4;
/** Today, days beside it and birthdays. */
const DAYS = [
  OPEN_RIGHTS.today,
  '2026-11-20',
  '2026-11-22',
  '2030-01-01',
  '2018-06-30',
  '2005-02-28',
  '2004-02-29',
];
const AGES = [18, 0, 14, 16, 60, 80, 150, 151, -1];
const CASES = [null, 'H26-261121-0002', 'H26-261121-0003'];
/** Batch root -> its argument, and the words that it takes. */
const BATCHES: ReadonlyMap<
  string,
  readonly [argument: string, words: 'personalIds' | 'codes' | 'parcelIds']
> = new Map([
  ['citizens', ['personalIds', 'personalIds']],
  ['businesses', ['codes', 'codes']],
  ['landParcels', ['ids', 'parcelIds']],
]);

/** Arguments and the variables that they use, each declared with or without default, set or unset. */
export class RandomArguments {
  readonly #words: RandomWords;
  readonly #tape: Tape;
  readonly #definitions: string[] = [];
  readonly #values: Record<string, unknown> = {};
  readonly #conditions: string[] = [];
  readonly #identifiers = new Map<string, string>();

  constructor(words: RandomWords, tape: Tape) {
    this.#words = words;
    this.#tape = tape;
  }

  declared(): {
    readonly definitions: readonly string[];
    readonly values: Readonly<Record<string, unknown>>;
  } {
    return { definitions: this.#definitions, values: this.#values };
  }

  /** `true`, `false` or a Boolean variable. */
  condition(): string {
    const tape = this.#tape;
    if (tape.oneIn(3)) return tape.oneIn(2) ? 'false' : 'true';
    const index = tape.below(CONDITIONS);
    const known = this.#conditions[index];
    if (known) return known;
    const value = tape.oneIn(2);
    const made = tape.pick([
      () => this.#variable('Boolean!', value),
      () => this.#variable(`Boolean! = ${value}`),
      () => this.#variable(`Boolean = ${value}`),
      () => this.#variable(`Boolean = ${!value}`, value),
    ])?.();
    this.#conditions.push(made ?? 'true');
    return made ?? 'true';
  }

  /** The field's arguments as written, with parentheses, or nothing. */
  of(type: GraphQLObjectType, { name, args }: GraphQLField<unknown, unknown>): string {
    if (type.name === 'Query') return this.#rootArguments(name);
    if (args.some((argument) => argument.name === 'first')) return this.#first();
    return args.length > 0 ? this.#question(name) : '';
  }

  /** Arguments of a minimised field. */
  #question(name: string): string {
    const tape = this.#tape;
    const { factors, unitCodes, codes, parcelIds } = this.#words;
    const on = (): string => (tape.oneIn(3) ? `on: ${this.#day()}` : '');
    const text = (pool: readonly string[], type: string): string => {
      const value = tape.pick(pool) ?? '';
      return this.#written(type, value);
    };
    switch (name) {
      case 'matches': {
        const { fullName, birthDate } = tape.pick(factors) ?? { fullName: '', birthDate: '1990' };
        return `(fullName: ${this.#written('String', fullName)}, birthDate: ${this.#written('String', birthDate)})`;
      }
      case 'ageAtLeast':
        return `(years: ${this.#written('Int', tape.pick(AGES) ?? 18)} ${on()})`;
      case 'livesIn':
        return `(unitCode: ${text(unitCodes, 'String')})`;
      case 'ownsParcel':
        return `(id: ${text(parcelIds, 'ID')})`;
      case 'representsBusiness':
        return `(code: ${text(codes, 'ID')})`;
      default: {
        const day = on();
        return day === '' ? '' : `(${day})`;
      }
    }
  }

  #day(): string {
    const tape = this.#tape;
    const day = JSON.stringify(tape.pick(DAYS) ?? '');
    return (
      tape.pick([
        () => day,
        () => this.#variable('Date', JSON.parse(day)),
        () => this.#variable(`Date = ${day}`),
        () => this.#variable('Date'),
        () => 'null',
      ])?.() ?? 'null'
    );
  }

  /** A value that must be there, as a literal or a variable. */
  #written(type: string, value: string | number): string {
    const text = JSON.stringify(value);
    return (
      this.#tape.pick([
        () => text,
        () => this.#variable(`${type}!`, value),
        () => this.#variable(`${type} = ${text}`),
      ])?.() ?? text
    );
  }

  #first(): string {
    const tape = this.#tape;
    if (!tape.oneIn(2)) return '';
    const count = tape.pick(FIRSTS) ?? 1;
    const written = tape.pick([
      () => `${count}`,
      () => 'null',
      () => this.#variable('Int', count),
      () => this.#variable('Int!', count),
      () => this.#variable(`Int = ${count}`),
      () => this.#variable('Int'),
      () => this.#variable('Int', null),
      () => this.#variable(`Int = ${count}`, null),
    ])?.();
    return `(first: ${written ?? count})`;
  }

  #rootArguments(root: string): string {
    // One of two spellings a root and operation, so that equal roots meet and merge.
    const id = `${root} ${this.#tape.below(2)}`;
    let written = this.#identifiers.get(id);
    if (written === undefined) {
      written = BATCHES.has(root) ? this.#batch(root) : this.#single(root);
      this.#identifiers.set(id, written);
    }
    return written;
  }

  #single(root: string): string {
    const { personalIds, codes, parcelIds, serials } = this.#words;
    const [argument, pool] =
      root === 'citizen'
        ? (['personalId', personalIds] as const)
        : root === 'business'
          ? (['code', codes] as const)
          : root === 'landParcel'
            ? (['id', parcelIds] as const)
            : (['serial', serials] as const);
    const match = this.#tape.oneIn(6) ? `, match: ${this.#match()}` : '';
    return `(${argument}: ${this.#identifier(pool)}${match})`;
  }

  #identifier(pool: readonly string[]): string {
    const value = this.#tape.pick(pool) ?? '';
    const text = JSON.stringify(value);
    return (
      this.#tape.pick([
        () => text,
        () => this.#variable('ID!', value),
        () => this.#variable(`ID! = ${text}`),
        () => this.#variable(`ID = ${text}`),
        () => (/^[1-9]\d{0,8}$/.test(value) ? value : text),
      ])?.() ?? text
    );
  }

  #batch(root: string): string {
    const tape = this.#tape;
    const [argument, kind] = BATCHES.get(root) ?? ['personalIds', 'personalIds'];
    const pool = this.#words[kind];
    const values = Array.from({ length: tape.below(5) }, () => tape.pick(pool) ?? '');
    const text = JSON.stringify(values);
    const ids = tape.pick([
      () =>
        `[${values.map((value) => (tape.oneIn(2) ? this.#variable('ID!', value) : JSON.stringify(value))).join(', ')}]`,
      () => this.#variable('[ID!]!', values),
      () => this.#variable(`[ID!] = ${text}`),
      () => text,
    ])?.();
    const matches = tape.oneIn(5)
      ? `, matches: [${values.map(() => (tape.oneIn(2) ? 'null' : this.#match())).join(', ')}]`
      : '';
    return `(${argument}: ${ids ?? text}${matches}${this.#caseIds(values.length)})`;
  }

  /** Null is the request's own case. */
  #caseIds(count: number): string {
    const tape = this.#tape;
    if (!tape.oneIn(6)) return '';
    const cases = Array.from({ length: count }, () => tape.pick(CASES) ?? null);
    const written = tape.pick([
      () => JSON.stringify(cases),
      () => this.#variable('[String]', cases),
      () => this.#variable(`[String] = ${JSON.stringify(cases)}`),
      () => this.#variable('[String]'),
      () => 'null',
    ])?.();
    return `, caseIds: ${written ?? 'null'}`;
  }

  #match(): string {
    const tape = this.#tape;
    const factor = tape.pick(this.#words.factors) ?? { fullName: '', birthDate: '1990' };
    const name = JSON.stringify(factor.fullName);
    const date = JSON.stringify(factor.birthDate);
    return (
      tape.pick([
        () => `{ fullName: ${name}, birthDate: ${date} }`,
        () => this.#variable('CitizenMatch', factor),
        () => this.#variable('CitizenMatch'),
        () => `{ fullName: ${this.#variable('String!', factor.fullName)}, birthDate: ${date} }`,
        () => `{ birthDate: ${this.#variable(`String = ${date}`)}, fullName: ${name} }`,
        () => 'null',
      ])?.() ?? 'null'
    );
  }

  /** Declares a variable; without a value it stays unset. */
  #variable(type: string, ...value: readonly unknown[]): string {
    const name = `v${this.#definitions.length}`;
    this.#definitions.push(`$${name}: ${type}`);
    if (value.length > 0) this.#values[name] = value[0];
    return `$${name}`;
  }
}
