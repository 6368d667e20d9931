import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  findTargets,
  matchOf,
  openAttacker,
  outcomeAt,
  take,
  type Attacker,
} from '../../support/attacker.ts';
import { upstreamCalls } from '../../support/edge.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import {
  printQuestion,
  QUESTION_ARGUMENTS,
  type Question,
} from '../../support/evaluations/evaluation-rights.ts';
import type { MatchText, Target } from '../../support/evaluations/evaluation-spellings.ts';

/** What refused questions cost, what failed ones count, and that nobody hidden shows by them. */
const UNIT = '00070';
let gateway: TestGateway;
let attacker: Attacker;
let targets: readonly Target[] = [];

beforeAll(async () => {
  gateway = await startTestGateway({ environment: { RECORD_CACHE: 'off' } });
  attacker = openAttacker(gateway, 'hn-hoankiem-social', 'social-assistance');
  targets = await findTargets(attacker, 2);
}, 60_000);

afterAll(async () => {
  await attacker.close();
  await gateway.close();
});

/** Three that are counted, and a fourth. */
const OVER: Readonly<Record<string, readonly Question[]>> = {
  ageAtLeast: [16, 18, 60, 75].map((years) => ({ field: 'ageAtLeast', given: { years } })),
  ownsParcel: [1, 2, 3, 4].map((last) => ({ field: 'ownsParcel', given: { id: `${UNIT}.1.${last}` } })),
  representsBusiness: [1, 2, 3, 4].map((last) => ({
    field: 'representsBusiness',
    given: { code: `0100109106-00${last}` },
  })),
  matches: [1, 2, 3, 4].map((last) => ({
    field: 'matches',
    given: { fullName: 'A', birthDate: `198${last}-01-01` },
  })),
};

function about({ id, match }: Pick<Target, 'id' | 'match'>, fields: string) {
  return {
    query: `query($id:ID!,$match:CitizenMatch){citizen(personalId:$id,match:$match){${fields}}}`,
    variables: { id, match },
  };
}

const outcomeOf = async (index: number, question: Question | undefined) => {
  const target = targets[index];
  if (!target || !question) throw new Error('nothing to ask');
  return outcomeAt(await attacker.ask(about(target, `q:${printQuestion(question)}`)), ['citizen', 'q']);
};

/** Calls to each register that the work makes. */
async function callsOf(work: () => Promise<unknown>) {
  const { dossier: _before, ...before } = upstreamCalls(gateway);
  await work();
  const { dossier: _after, ...after } = upstreamCalls(gateway);
  return Object.entries(after).map(
    ([name, calls]) => `${name} ${calls - before[name as keyof typeof after]}`,
  );
}

describe('a question beyond the limit', () => {
  it.each(Object.keys(OVER))('of %s calls no register of its own', async (field) => {
    const [first, second, third, fourth] = OVER[field] ?? [];
    const [target] = targets;
    if (!target) throw new Error('nobody');
    const bare = await callsOf(() => attacker.ask(about(target, 'personalId')));
    for (const question of [first, second, third]) expect(await outcomeOf(0, question)).toBeTypeOf('boolean');
    let outcome: unknown;
    const refused = await callsOf(async () => (outcome = await outcomeOf(0, fourth)));
    expect(outcome).toBe('EVALUATIONS_EXCEEDED');
    expect(refused).toEqual(bare);
    const again = await callsOf(async () => (outcome = await outcomeOf(0, first)));
    expect(outcome).toBeTypeOf('boolean');
    // Two of them have a register of their own, so that a call would show.
    const hasOwnRegister = ['ownsParcel', 'representsBusiness'].includes(field);
    expect(again.join() === bare.join()).toBe(!hasOwnRegister);
  });

  it.each([
    ['land', 'ownsParcel'],
    ['business', 'representsBusiness'],
  ] as const)('counts those that failed for %s too, and the same again is free', async (register, field) => {
    const [first, second, third, fourth] = OVER[field] ?? [];
    gateway.mocks.registers[register].faults.set({ fault: 'status', status: 503 });
    for (const question of [first, second, third])
      expect(await outcomeOf(1, question)).toBe('SOURCE_UNAVAILABLE');
    gateway.mocks.registers[register].faults.clear();
    expect(await outcomeOf(1, fourth)).toBe('EVALUATIONS_EXCEEDED');
    for (const question of [first, second, third]) expect(await outcomeOf(1, question)).toBe(false);
  });
});

/** By what hides them; `unknown` is nobody's id. */
function hidden(): Readonly<Record<string, { readonly id: string; readonly match: MatchText }>> {
  const first = (query: Parameters<typeof country.people>[0]): string => {
    const [person] = take(country.people(query), 1);
    if (!person) throw new Error('nobody');
    return person.personalId;
  };
  const foreign = first({ unit: '25747', with: ['land'] });
  const unknown = [...Array(1_000).keys()]
    .map(
      (step) => foreign.slice(0, 6) + String((Number(foreign.slice(6)) + step) % 1_000_000).padStart(6, '0'),
    )
    .find((id) => !country.person(id));
  const ids = {
    unknown: unknown ?? '',
    protected: first({ unit: UNIT, traits: ['protected'] }),
    foreign,
    // Its own dead and minors are this office's work; those of another ward are not.
    dead: first({ unit: '25747', traits: ['deceased'] }),
    minor: first({ unit: '25747', traits: ['minor'] }),
  };
  const anybody = { fullName: 'Nguyễn Văn An', birthDate: '1990-01-01' };
  return Object.fromEntries(
    Object.entries(ids).map(([why, id]) => [why, { id, match: why === 'unknown' ? anybody : matchOf(id) }]),
  );
}

const YEAR = Number(new Date().toISOString().slice(0, 4));
/** Values granted, not granted, malformed and more than are counted, for every argument there is. A malformed date is BAD_USER_INPUT. */
const VALUES: Readonly<Record<string, readonly unknown[]>> = {
  years: [16, 18, 60, 75, 80, 17, -1],
  on: [undefined, null, `${YEAR}-01-01`, '2026-11-21', '2026-02-28'],
  unitCode: [UNIT, '01', '25747', '０００７０'],
  id: ['00070.1.1', '00070.1.2', '00070.1.3', '00070.1.4', 'x'],
  code: ['0100109106', '0100109106-001', '0100109106-002', '0100109106-003', 'x'],
  fullName: ['A', 'B'],
  birthDate: ['1990-01-01', '1990', '1990-02'],
};

function everyQuestion(field: string): readonly Question[] {
  let all: readonly Question['given'][] = [{}];
  for (const name of Object.keys(QUESTION_ARGUMENTS[field] ?? {})) {
    all = all.flatMap((given) =>
      (VALUES[name] ?? []).map((value) => (value === undefined ? given : { ...given, [name]: value })),
    );
  }
  return all.map((given) => ({ field, given }));
}

describe('somebody hidden', () => {
  it.each(Object.keys(QUESTION_ARGUMENTS))('is nobody to %s, however often it is asked', async (field) => {
    const people = Object.entries(hidden());
    const questions = everyQuestion(field);
    const list = questions.map((question, index) => `q${index}:${printQuestion(question)}`).join(' ');
    const shapes = [
      ...questions.map((question) => printQuestion(question)),
      list,
      `personalId ${list}`,
      `__typename name{full} ...on Citizen{${list}}`,
    ];
    const shown = await Promise.all(
      people.map(async ([why, person]) => {
        const answers: string[] = [];
        for (const [index, shape] of shapes.entries()) {
          const { status, text, headers } = await attacker.ask(about(person, shape), index);
          answers.push(`${status} ${headers['content-length']} ${text}`);
        }
        return { why, answers };
      }),
    );
    const [nobody, ...others] = shown;
    expect(others).toEqual(others.map(({ why }) => ({ why, answers: nobody?.answers })));
    for (const answer of nobody?.answers ?? []) expect(answer).toContain('"data":{"citizen":null}');
  });
});
