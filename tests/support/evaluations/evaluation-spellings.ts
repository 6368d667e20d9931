import { printQuestion, QUESTION_ARGUMENTS, type Question } from './evaluation-rights.ts';

/** Whom the questions are about, and whoever shares the household. */
export interface Target {
  readonly id: string;
  readonly match: MatchText;
  readonly mate: { readonly id: string; readonly match: MatchText };
  /** Place of the target among the household's members. */
  readonly member: number;
}

export interface MatchText {
  readonly fullName: string;
  readonly birthDate: string;
}

/** One request that asks the questions, each at one place or several. */
export interface Spelled {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
  readonly places: readonly (readonly (readonly (string | number)[])[])[];
}

export type Spelling = (target: Target, questions: readonly Question[]) => Spelled;

const rootOf = ({ id, match }: { readonly id: string; readonly match: MatchText }): string =>
  `citizen(personalId:"${id}",match:{fullName:${JSON.stringify(match.fullName)},birthDate:"${match.birthDate}"})`;
const listed = (questions: readonly Question[]): string =>
  questions.map((question, index) => `q${index}:${printQuestion(question)}`).join(' ');
const inOne = (questions: readonly Question[], ...above: readonly (string | number)[]) =>
  questions.map((_, index) => [[...above, `q${index}`]]);

const literals: Spelling = (target, questions) => ({
  query: `{${rootOf(target)}{personalId ${listed(questions)}}}`,
  variables: {},
  places: inOne(questions, 'citizen'),
});

const alone: Spelling = (target, questions) => ({
  query: `query Lookup{${rootOf(target)}{sex permanentResidence{communeCode} ${listed(questions)} name{full}}}`,
  variables: {},
  operationName: 'Lookup',
  places: inOne(questions, 'citizen'),
});

const variables: Spelling = (target, questions) => {
  const types: string[] = ['$id:ID!', '$match:CitizenMatch'];
  const values: Record<string, unknown> = { id: target.id, match: target.match };
  const fields = questions.map(({ field, given }, index) => {
    const passed = Object.entries(QUESTION_ARGUMENTS[field] ?? {}).map(([name, type]) => {
      types.push(`$${name}${index}:${type}`);
      // A variable without a value, where the argument was left out.
      if (name in given) values[`${name}${index}`] = given[name];
      return `${name}:$${name}${index}`;
    });
    return `q${index}:${field}${passed.length > 0 ? `(${passed.join(',')})` : ''}`;
  });
  return {
    query: `query Q(${types.join(' ')}){citizen(personalId:$id,match:$match){__typename personalId ${fields.join(' ')}}}`,
    variables: values,
    places: inOne(questions, 'citizen'),
  };
};

const fragments: Spelling = (target, questions) => ({
  query: `fragment B on Citizen{...{...on Citizen{${listed(questions)}}}} fragment A on Citizen{...B ...on Citizen{...B} personalId}
    query Other{unused:__typename} query Mine($yes:Boolean!){...R} fragment R on Query{${rootOf(target)}{...A @include(if:$yes) ...B @skip(if:$yes)}}`,
  variables: { yes: true },
  operationName: 'Mine',
  places: inOne(questions, 'citizen'),
});

const roots: Spelling = (target, questions) => ({
  query: `{${questions.map((question, index) => `r${index}:${rootOf(target)}{birthDate q${index}:${printQuestion(question)}}`).join(' ')}}`,
  variables: {},
  places: questions.map((_, index) => [[`r${index}`, `q${index}`]]),
});

const SAME = 6;
const batch: Spelling = ({ id, match }, questions) => ({
  query: `query($ids:[ID!]!,$matches:[CitizenMatch]){citizens(personalIds:$ids,matches:$matches){status citizen{personalId ${listed(questions)}}}}`,
  variables: { ids: Array(SAME).fill(id), matches: Array(SAME).fill(match) },
  places: questions.map((_, index) =>
    Array.from({ length: SAME }, (_item, at) => ['citizens', at, 'citizen', `q${index}`]),
  ),
});

const join: Spelling = ({ mate, member }, questions) => ({
  query: `{${rootOf(mate)}{household{members{relationToHead person{personalId ${listed(questions)}}}}}}`,
  variables: {},
  places: inOne(questions, 'citizen', 'household', 'members', member, 'person'),
});

/** Ways to put the same questions; joins as far as the grant has them. */
export const SPELLINGS: readonly Spelling[] = [literals, alone, variables, fragments, roots, batch, join];
