import { parse as parseYaml } from 'yaml';
import type { Country } from '../../../mocks/country/country.ts';
import { expectedAnswer } from '../country-oracle.ts';

/** Arguments as JSON; null and left out are two spellings. */
export type Given = Readonly<Record<string, unknown>>;

/** A minimised field with its arguments, about somebody. */
export interface Question {
  readonly field: string;
  readonly given: Given;
}

/** What an answer says to a question: its value, or the code of the error at its place. */
export type Outcome = boolean | null | string;

export interface RightsOptions {
  readonly country: Country;
  /** Text of the agreement's file. */
  readonly agreement: string;
  /** What the agreement's symbols stand for. */
  readonly symbols: Readonly<Record<string, string>>;
}

/** The minimised fields and their arguments' types. */
export const QUESTION_ARGUMENTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  ageAtLeast: { years: 'Int!', on: 'Date' },
  isAdult: { on: 'Date' },
  livesIn: { unitCode: 'String!' },
  isAlive: {},
  isMarried: { on: 'Date' },
  ownsParcel: { id: 'ID!' },
  representsBusiness: { code: 'ID!' },
  matches: { fullName: 'String!', birthDate: 'String!' },
};

const DEFAULT_EVALUATIONS = 3;

interface AgreementText {
  readonly arguments: Readonly<Record<string, readonly unknown[]>>;
  readonly evaluations?: number;
}

/**
 * Says what the gateway must answer to each question in turn, from the agreement's text and as little truth as that grants:
 * where every answer is foretold, the answers tell no more than was looked up here (`learnt`). Written without a look at src/.
 */
export class QuestionRights {
  readonly #options: RightsOptions;
  readonly #agreement: AgreementText;
  readonly #asked = new Map<string, Map<string, Outcome>>();

  constructor(options: RightsOptions) {
    this.#options = options;
    this.#agreement = parseYaml(options.agreement) as AgreementText;
  }

  get evaluations(): number {
    return this.#agreement.evaluations ?? DEFAULT_EVALUATIONS;
  }

  reply(subject: string, caseId: string, question: Question): Outcome {
    if (!this.isGranted(question)) return 'ARGUMENT_NOT_GRANTED';
    // About nobody, and so not counted.
    if (!isWellFormed(question)) return 'BAD_IDENTIFIER';
    const about = `${subject} ${caseId} ${question.field}`;
    const asked = this.#asked.get(about) ?? new Map<string, Outcome>();
    this.#asked.set(about, asked);
    const given = this.#canonical(question);
    const known = asked.get(given);
    if (known !== undefined) return known;
    if (asked.size >= this.evaluations) return 'EVALUATIONS_EXCEEDED';
    const truth = this.#truthOf(subject, question);
    asked.set(given, truth);
    return truth;
  }

  /** Truths that were told of a subject's field, over its cases: distinct questions with a value. */
  learnt(subject: string, field: string): number {
    let count = 0;
    for (const [about, asked] of this.#asked) {
      if (!about.startsWith(`${subject} `) || !about.endsWith(` ${field}`)) continue;
      count += [...asked.values()].filter((value) => typeof value === 'boolean').length;
    }
    return count;
  }

  isGranted({ field, given }: Question): boolean {
    return Object.keys(QUESTION_ARGUMENTS[field] ?? {}).every((name) => {
      const allowed = this.#agreement.arguments[`Citizen.${field}.${name}`] ?? [];
      const value = given[name];
      if (allowed.includes('any')) return true;
      if (value === null || value === undefined) return allowed.includes('today');
      return (
        typeof value !== 'object' &&
        allowed.some((one) => (this.#options.symbols[String(one)] ?? String(one)) === String(value))
      );
    });
  }

  #canonical({ field, given }: Question): string {
    const names = Object.keys(QUESTION_ARGUMENTS[field] ?? {});
    return JSON.stringify(names.map((name) => String(given[name] ?? this.#options.symbols['today'])));
  }

  #truthOf(subject: string, { field, given }: Question): Outcome {
    const { country, symbols } = this.#options;
    const source = `{citizen(personalId:"${subject}"){${printQuestion({ field, given })}}}`;
    const { data } = expectedAnswer(country, source, {}, symbols['today'] ?? '');
    const citizen = data['citizen'] as Readonly<Record<string, boolean | null>>;
    return citizen[field] ?? null;
  }
}

/** Arguments that must be identifiers; business codes of these tests are right or of another length. */
const IDENTIFIERS: readonly (readonly [name: string, format: RegExp])[] = [
  ['id', /^([0-9bcdefghjkmnp-z]{12}|\d{5}\.\d+\.\d+)$/],
  ['code', /^(\d{10}|\d{12})$/],
];

function isWellFormed({ given }: Question): boolean {
  return IDENTIFIERS.every(([name, format]) => !(name in given) || format.test(String(given[name])));
}

/** Whether a value may stand for an argument of that type at all; where not, the whole request is refused. */
export function isFitting({ field, given }: Question): boolean {
  return Object.entries(QUESTION_ARGUMENTS[field] ?? {}).every(([name, type]) => {
    const value = given[name];
    if (typeof value === 'string' && value.length > (name === 'fullName' ? 500 : 64)) return false;
    if (name === 'birthDate' && typeof value === 'string') {
      return [value, `${value}-01`, `${value}-01-01`].some(isDay);
    }
    if (type === 'Date') return typeof value !== 'string' || isDay(value);
    if (type === 'Int!') return typeof value === 'number' && (value | 0) === value;
    return typeof value === 'string' || (type === 'ID!' && Number.isInteger(value));
  });
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && day.getTime() >= -1e15 && day.toISOString().startsWith(text);
}

export function printQuestion({ field, given }: Question): string {
  const list = argumentsOf(given);
  return list === '' ? field : `${field}(${list})`;
}

function argumentsOf(given: Given): string {
  return Object.entries(given)
    .map(([name, value]) => `${name}:${literal(value)}`)
    .join(' ');
}

function literal(value: unknown): string {
  return typeof value !== 'object' || value === null || Array.isArray(value)
    ? JSON.stringify(value)
    : `{${argumentsOf(value as Given)}}`;
}
