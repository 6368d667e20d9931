import { array, assert, asyncProperty, constantFrom, nat } from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { expectedAnswer } from '../support/country-oracle.ts';
import { upstreamCalls } from '../support/edge.ts';
import {
  country,
  faultsOf,
  startTestGateway,
  type Caller,
  type Json,
  type TestGateway,
} from '../support/gateway.ts';
import { grantedPaths } from '../support/grant-paths.ts';
import { printSteps, randomWalk, type Step } from '../support/random-walk.ts';
import { disclosedIn, recordsOf } from '../support/recorded.ts';
import { MOCK_OF, REGISTER_NAMES } from '../support/register-of.ts';
import { Tape } from '../support/tape.ts';
import { cut, grantedPart, hasDenied, registersOn } from '../support/walk-decision.ts';

/**
 * Random walks of six joins under every demo agreement, against the country's records cut by the grant's own text.
 * `RANDOM_WALKS=5000 RANDOM_SEED=7`; without a seed fast-check chooses one, and prints it on failure.
 */
const RUNS = Number(process.env['RANDOM_WALKS'] ?? 60);
const SEED = process.env['RANDOM_SEED'];
const JOINS = 6;

const people = [...take(country.people({ with: ['land', 'business', 'marriage'] }), 12)];
const hub = [...take(country.hubs(20), 1)];
const persons = [
  ...people,
  ...hub,
  ...take(country.people({ traits: ['minor'] }), 2),
  ...take(country.people({ traits: ['deceased'] }), 2),
];
const codes = persons.flatMap(({ businesses }) => businesses.slice(0, 2).map(({ code }) => code));
const parcels = persons.flatMap(({ landParcels }) => landParcels.map(({ id }) => id));
const serials = parcels.flatMap((id) => country.parcel(id)?.certificateSerials ?? []);

const wholeName = (id: string): string => {
  const { surname = '', middle = '', given = '' } = country.person(id) ?? {};
  return [surname, middle, given].join(' ').trim();
};

/** About the first of the persons, and the same of everybody else. */
const [first] = people;
const firstId = first?.personalId ?? '';
const QUESTIONS = {
  'Citizen.matches': `(fullName: "${wholeName(firstId)}", birthDate: "${country.person(firstId)?.birthDate ?? ''}")`,
  'Citizen.ageAtLeast': '(years: 60)',
  'Citizen.livesIn': `(unitCode: "${country.person(firstId)?.permanentResidence.communeCode ?? ''}")`,
  'Citizen.ownsParcel': `(id: "${first?.landParcels[0]?.id ?? ''}")`,
  'Citizen.representsBusiness': `(code: "${first?.businesses[0]?.code ?? ''}")`,
};

interface Agreement {
  readonly caller: Caller;
  /** Undefined: nothing is granted. */
  readonly grant?: URL;
  readonly isStrict?: boolean;
  readonly needsMatch?: boolean;
}

const grant = (name: string): URL => new URL(`../../mocks/agreements/${name}.graphql`, import.meta.url);
const agency = (client: string, purpose: string): Agreement => ({
  caller: { client, purpose },
  grant: grant(purpose),
});

const AGREEMENTS: readonly Agreement[] = [
  agency('inspectorate', 'inspection'),
  agency('hn-hoankiem-civil', 'civil-status-registration'),
  agency('hn-land-office', 'land-registration'),
  { ...agency('hcm-business-registry', 'business-registration'), isStrict: true },
  { ...agency('hn-hoankiem-social', 'social-assistance'), needsMatch: true },
  agency('dvc-portal', 'form-prefill'),
  {
    caller: { client: 'vneid', citizen: people[0]?.personalId ?? '', purpose: null, caseId: null },
    grant: new URL('../../src/agreements/built-in/own-data.graphql', import.meta.url),
  },
  { caller: { client: 'auditor', purpose: null, caseId: 'KT-261121-0001' } },
  { caller: { client: 'population-owner', purpose: null, caseId: null } },
];

let gateway: TestGateway;

beforeAll(async () => {
  // Without the cache every answer shows in the registers' own logs.
  gateway = await startTestGateway({ environment: { RECORD_CACHE: 'off' } });
});

afterAll(() => gateway.close());

function* take<T>(values: Iterable<T>, count: number): Generator<T> {
  let left = count;
  for (const value of values) {
    if (left-- === 0) return;
    yield value;
  }
}

/** One root with its subject; a citizen through the citizen channel asks about the own data. */
function rootsFor({ caller, needsMatch = false }: Agreement, tape: Tape) {
  const own = persons.find(({ personalId }) => personalId === caller.citizen);
  const factor = ({ personalId }: { readonly personalId: string }): string =>
    `{ fullName: "${wholeName(personalId).toLowerCase()}", birthDate: "${country.person(personalId)?.birthDate ?? ''}" }`;
  const [one, other] = [own ?? tape.pick(persons) ?? persons[0], tape.pick(persons)];
  if (!one || !other) throw new Error('nobody to ask about');
  const hasMatch = caller.citizen === undefined && (needsMatch || tape.oneIn(3));
  const id = (value: string | undefined): string => JSON.stringify(value ?? '');
  return [
    {
      field: 'citizen',
      args: `(personalId: ${id(one.personalId)}${hasMatch ? `, match: ${factor(one)}` : ''})`,
    },
    {
      field: 'citizens',
      args: `(personalIds: [${id(one.personalId)}, ${id(other.personalId)}]${
        hasMatch ? `, matches: [${factor(one)}, ${factor(other)}]` : ''
      })`,
    },
    { field: 'business', args: `(code: ${id(tape.pick(codes))})` },
    { field: 'landParcel', args: `(id: ${id(tape.pick(parcels))})` },
    { field: 'landCertificate', args: `(serial: ${id(tape.pick(serials))})` },
  ];
}

interface Seen {
  denied: number;
  granted: number;
  longest: number;
}

/** What shows of one answer: to the caller, on record, and to the registers. */
interface Shown {
  readonly status: number;
  readonly data: Json | undefined;
  readonly faults: readonly string[];
  readonly disclosed: ReadonlyMap<string, readonly string[]>;
  readonly code: string | null;
  /** Registers that were called, without those that the granted part leads to. */
  readonly calledInVain: readonly string[];
}

const REFUSED: Shown = {
  status: 403,
  data: undefined,
  faults: [' STRICT_DENIED'],
  disclosed: new Map(),
  code: 'STRICT_DENIED',
  calledInVain: [],
};

/** The country's records, cut by the grant's own text. */
function wanted(steps: readonly Step[], paths: ReadonlySet<string>): Shown & { part: readonly Step[] } {
  const { data, denied } = cut(expectedAnswer(country, printSteps(steps)).data, steps, paths);
  // A batch cannot be null itself: the whole answer is, and nothing is asked for the other roots.
  const roots = new Set(steps.map(({ responseName }) => responseName));
  const isNull = steps.some(
    ({ field, responseName }) => field === 'citizens' && denied.includes(responseName),
  );
  const faults = isNull ? denied.filter((path) => roots.has(path)) : denied;
  const part = isNull ? [] : grantedPart(steps, paths);
  return {
    status: 200,
    data: isNull ? null : data,
    faults: faults.map((path) => `${path} FIELD_NOT_GRANTED`).sort(),
    disclosed: part.length === 0 ? new Map() : expectedAnswer(country, printSteps(part)).disclosed,
    code: null,
    calledInVain: [],
    part,
  };
}

async function walk(agreement: Agreement, paths: ReadonlySet<string>, tape: Tape, seen: Seen): Promise<void> {
  const all = rootsFor(agreement, tape);
  const open = all.filter(({ field }) => paths.has(field));
  // Roots that are not granted at all are tried, but not most of the time.
  const roots = open.length > 0 && !tape.oneIn(12) ? open : all;
  const steps = randomWalk({ roots, prefer: paths, questions: QUESTIONS, joins: JOINS }, tape);
  for (const { log } of Object.values(gateway.mocks.registers)) log.clear();
  const answer = await gateway.ask(printSteps(steps), {}, agreement.caller);

  const isRefused = agreement.isStrict === true && hasDenied(steps, paths);
  const { part, ...shown } = isRefused ? { ...REFUSED, part: [] } : wanted(steps, paths);
  const reachable = registersOn(part);
  const calls = upstreamCalls(gateway);
  const [record] = recordsOf(gateway, [answer.headers.get('x-access-entry')]);
  expect({
    status: answer.status,
    data: answer.data,
    faults: faultsOf(answer),
    disclosed: disclosedIn(record ?? null),
    code: record?.answer.code,
    calledInVain: REGISTER_NAMES.filter((name) => calls[MOCK_OF[name]] > 0 && !reachable.has(name)),
  }).toEqual(shown);
  seen.denied += shown.faults.length;
  seen.granted += shown.disclosed.size;
  seen.longest = Math.max(seen.longest, ...depths(part));
}

function depths(steps: readonly Step[]): readonly number[] {
  return steps.flatMap(({ to }) => (to ? depths(to.steps).map((depth) => depth + 1) : [0]));
}

it.each(AGREEMENTS)('nothing outside the grant of $caller.client is released', async (agreement) => {
  const paths = agreement.grant ? grantedPaths(agreement.grant) : new Set<string>();
  const seen: Seen = { denied: 0, granted: 0, longest: 0 };
  const numbers = array(nat({ max: 9_999 }), { minLength: 300, maxLength: 300 });
  await assert(
    asyncProperty(numbers, constantFrom(agreement), (tape, one) => walk(one, paths, new Tape(tape), seen)),
    { numRuns: RUNS, ...(SEED === undefined ? {} : { seed: Number(SEED) }) },
  );
  // Walks that were all denied, or none, would show nothing.
  expect(seen.denied).toBeGreaterThan(RUNS / 10);
  expect(seen.granted > RUNS / 10 && seen.longest > 2).toBe(paths.size > 0);
});
