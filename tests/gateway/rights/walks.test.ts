import { array, assert, asyncProperty, constantFrom, nat } from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { parse } from 'graphql';
import { expectedAnswer } from '../../support/country-oracle.ts';
import { upstreamCalls } from '../../support/edge.ts';
import {
  country,
  faultsOf,
  startTestGateway,
  type Caller,
  type Json,
  type TestGateway,
} from '../../support/gateway.ts';
import { grantedPaths } from '../../support/grant-paths.ts';
import type { ExpectedEntry } from '../../support/oracles/entry-book.ts';
import { denialsBy } from '../../support/oracles/grant-text.ts';
import { ANYBODY, INSPECTORATE, type Asker } from '../../support/oracles/row-rulings.ts';
import { printSteps, randomWalk, type Step } from '../../support/random/random-walk.ts';
import { entriesOf, recordsOf } from '../../support/recorded.ts';
import { printedSchema, REGISTER_NAMES, type Register } from '../../support/registers/register-of.ts';
import { Tape } from '../../support/random/tape.ts';
import { grantedPart, registersOn } from '../../support/random/walk-decision.ts';

/**
 * Random walks of six joins under every demo agreement, against the country's records without whoever may not be seen
 * and what the grant's own text denies.
 * `RANDOM_WALKS=5000 RANDOM_SEED=7`.
 */
const RUNS = Number(process.env['RANDOM_WALKS'] ?? 60);
const JOINS = 6;

const people = [...take(country.people({ with: ['land', 'business', 'marriage'] }), 10)];
const inside = [
  ...take(country.people({ unit: '00070' }), 8),
  ...take(country.people({ unit: '00070', with: ['land', 'business', 'marriage'] }), 3),
  ...(['minor', 'deceased', 'protected'] as const).flatMap((trait) => [
    ...take(country.people({ unit: '00070', traits: [trait] }), 2),
  ]),
];
const planted = [
  ...take(country.hubs(20), 1),
  ...take(country.people({ traits: ['minor'] }), 3),
  ...take(country.people({ traits: ['protected'] }), 3),
  ...take(country.people({ traits: ['deceased'] }), 2),
  // Dead in one register only.
  ...take(country.people({ traits: ['contradiction:death-not-in-population'] }), 3),
  ...take(country.people({ traits: ['contradiction:death-not-in-civil-status'] }), 2),
];
type Someone = (typeof people)[number];

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
  // The only unit that the agreement allows.
  'Citizen.livesIn': '(unitCode: "00070")',
  'Citizen.ownsParcel': `(id: "${first?.landParcels[0]?.id ?? ''}")`,
  'Citizen.representsBusiness': `(code: "${first?.businesses[0]?.code ?? ''}")`,
};

interface Agreement {
  readonly caller: Caller;
  readonly asker: Asker;
  readonly persons: readonly Someone[];
  /** Undefined: nothing is granted. */
  readonly grant?: URL;
  readonly isStrict?: boolean;
}

const CASE = 'H26-261121-0001';
const EVERYWHERE = [...people, ...inside.slice(0, 3), ...planted];
const HOAN_KIEM = [...inside, ...inside, ...people.slice(0, 3), ...planted];
const UNCLEARED: Asker = { ...ANYBODY, clearance: [] };
const OF_HOAN_KIEM: Asker = { ...UNCLEARED, territory: 'caller-unit', unit: '00070' };
const FAMILIES: Pick<Asker, 'clearance'> = { clearance: ['minors', 'deceased'] };
const CITIZEN = people[0]?.personalId ?? '';

const agency = (client: string, purpose: string, asker: Asker): Agreement => ({
  caller: { client, purpose },
  asker,
  persons: asker.unit === null ? EVERYWHERE : HOAN_KIEM,
  grant: new URL(`../../../mocks/agreements/${purpose}.graphql`, import.meta.url),
});

const AGREEMENTS: readonly Agreement[] = [
  agency('inspectorate', 'inspection', INSPECTORATE),
  agency('hn-hoankiem-civil', 'civil-status-registration', { ...UNCLEARED, ...FAMILIES }),
  agency('hn-land-office', 'land-registration', { ...UNCLEARED, clearance: ['deceased'] }),
  { ...agency('hcm-business-registry', 'business-registration', UNCLEARED), isStrict: true },
  agency('hn-hoankiem-social', 'social-assistance', { ...OF_HOAN_KIEM, ...FAMILIES, needsMatch: true }),
  agency('dvc-portal', 'form-prefill', UNCLEARED),
  {
    caller: { client: 'vneid', citizen: CITIZEN, purpose: null, caseId: null },
    asker: { ...UNCLEARED, clearance: ['minors', 'deceased'], self: CITIZEN, ownDataOnly: true },
    persons: EVERYWHERE,
    grant: new URL('../../../src/agreements/built-in/own-data.graphql', import.meta.url),
  },
  {
    caller: { client: 'auditor', purpose: null, caseId: 'KT-261121-0001' },
    asker: ANYBODY,
    persons: EVERYWHERE,
  },
  {
    caller: { client: 'population-owner', purpose: null, caseId: null },
    asker: ANYBODY,
    persons: EVERYWHERE,
  },
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

/** One root with its subject; a citizen through the citizen channel asks about the own data, most of the time. */
function rootsFor({ caller, asker, persons }: Agreement, tape: Tape) {
  const own = tape.oneIn(6) ? undefined : people.find(({ personalId }) => personalId === caller.citizen);
  const factor = ({ personalId }: Someone): string =>
    `{ fullName: "${wholeName(personalId).toLowerCase()}", birthDate: "${country.person(personalId)?.birthDate ?? ''}" }`;
  const [one, other] = [own ?? tape.pick(persons) ?? persons[0], tape.pick(persons)];
  if (!one || !other) throw new Error('nobody to ask about');
  const hasMatch = caller.citizen === undefined && (asker.needsMatch ? !tape.oneIn(8) : tape.oneIn(3));
  const id = (value: string | undefined): string => JSON.stringify(value ?? '');
  const codes = [one, other].flatMap(({ businesses }) => businesses.map(({ code }) => code));
  const parcels = [one, other].flatMap(({ landParcels }) => landParcels.map((parcel) => parcel.id));
  const [parcel = PARCEL] = parcels;
  const serials = parcels.flatMap((held) => country.parcel(held)?.certificateSerials ?? []);
  const match = hasMatch ? `, match: ${factor(one)}` : '';
  const roots = [
    { field: 'citizen', args: `(personalId: ${id(one.personalId)}${match})` },
    {
      field: 'citizens',
      args: `(personalIds: [${id(one.personalId)}, ${id(other.personalId)}]${
        hasMatch ? `, matches: [${factor(one)}, ${factor(other)}]` : ''
      })`,
    },
    { field: 'business', args: `(code: ${id(tape.pick(codes) ?? CODE)})` },
    { field: 'landParcel', args: `(id: ${id(parcel)})` },
    { field: 'landCertificate', args: `(serial: ${id(tape.pick(serials) ?? SERIAL)})` },
  ];
  return { roots, about: one };
}

/** Of somebody who has all of it. */
const [PARCEL = '', CODE = ''] = [first?.landParcels[0]?.id, first?.businesses[0]?.code];
const SERIAL = country.certificatesOf(firstId)[0] ?? '';

/** Nobody known, the person asked about, or somebody of the family: whose data the officer may then not see. */
function randomOfficer({ personalId }: Someone, tape: Tape): string | undefined {
  const { father, mother, spouse } = country.person(personalId) ?? {};
  const family = [father, mother, spouse].flatMap((one) => one?.personalId ?? []);
  return tape.oneIn(4) ? tape.pick([...family, ...family, personalId]) : undefined;
}

interface Seen {
  denied: number;
  hidden: number;
  granted: number;
  longest: number;
}

/** What shows of one answer: to the caller, on record, and to the registers. */
interface Shown {
  readonly status: number;
  readonly data: Json | undefined;
  readonly faults: readonly string[];
  readonly entries: ReadonlyMap<string, ExpectedEntry>;
  readonly code: string | null;
  /** Registers that were called, without those that the granted part leads to. */
  readonly calledInVain: readonly string[];
}

const REFUSED: Shown = {
  status: 403,
  data: undefined,
  faults: [' STRICT_DENIED'],
  entries: new Map(),
  code: 'STRICT_DENIED',
  calledInVain: [],
};

/** The country's records, without whoever may not be seen, cut by the grant's own text. */
function wanted(query: string, { grant, asker, isStrict = false, caller }: Agreement): Shown {
  const denials = denialsBy(
    {
      schema: printedSchema,
      grant: grant ? readFileSync(grant, 'utf8') : '{ __typename }',
      isNamed: () => true,
    },
    { document: parse(query), inputs: {} },
  );
  if (isStrict && denials.places.size > 0) return REFUSED;
  const caseId = caller.caseId === null ? '' : (caller.caseId ?? CASE);
  // The demo's dossiers are about whoever is asked.
  const applicants =
    caller.caseId === null
      ? []
      : [...query.matchAll(/(?:personalIds?|codes?): ?\[?((?:"[^"]*",? ?)+)/g)].flatMap(
          ([, keys = '']) => keys.match(/\d{12}/g) ?? [],
        );
  const expected = expectedAnswer(country, query, {}, undefined, {
    asker: { ...asker, applicants },
    denials,
    caseId,
  });
  const { data, faults, entries } = expected;
  return { status: 200, data, faults, entries, code: null, calledInVain: [] };
}

/** Registers that the granted part leads to, and those that say who may be seen. */
function mayBeCalled(part: readonly Step[], { clearance, officer }: Asker): ReadonlySet<Register> {
  const registers = new Set(registersOn(part));
  if (registers.size === 0) return registers;
  registers.add('population');
  // The books are asked for deaths, for the families of a dossier's parties where minors are hidden, and for the officer's.
  const asksBooks = !clearance.includes('deceased') || !clearance.includes('minors') || officer !== null;
  return asksBooks ? registers.add('civil-status') : registers;
}

async function walk(one: Agreement, paths: ReadonlySet<string>, tape: Tape, seen: Seen): Promise<void> {
  const { roots: all, about } = rootsFor(one, tape);
  const officer = one.caller.citizen === undefined ? randomOfficer(about, tape) : undefined;
  const agreement: Agreement =
    officer === undefined
      ? one
      : {
          ...one,
          caller: { ...one.caller, officerPersonalId: officer },
          asker: { ...one.asker, officer },
        };
  const open = all.filter(({ field }) => paths.has(field));
  // Roots that are not granted at all are tried, but not most of the time.
  const roots = open.length > 0 && !tape.oneIn(12) ? open : all;
  const steps = randomWalk({ roots, prefer: paths, questions: QUESTIONS, joins: JOINS }, tape);
  for (const { log } of Object.values(gateway.mocks.registers)) log.clear();
  const query = printSteps(steps);
  const answer = await gateway.ask(query, {}, agreement.caller);

  const shown = wanted(query, agreement);
  const part = shown.entries.size > 0 ? grantedPart(steps, paths) : [];
  const reachable = mayBeCalled(part, agreement.asker);
  const calls = upstreamCalls(gateway);
  const [record] = recordsOf(gateway, [answer.headers.get('x-access-entry')]);
  const recorded = answer.status === 200 ? (record?.entries ?? []) : [];
  expect({
    query,
    status: answer.status,
    data: answer.data,
    faults: faultsOf(answer),
    entries: entriesOf(recorded, record?.answer.caseId ?? '', shown.entries),
    code: record?.answer.code,
    calledInVain: REGISTER_NAMES.filter((name) => calls[name] > 0 && !reachable.has(name)),
  }).toEqual({ query, ...shown });
  const entries = [...shown.entries.values()];
  seen.denied += shown.faults.length;
  seen.hidden += entries.filter(({ rules }) => rules.length > 0).length;
  seen.granted += entries.filter(({ disclosed }) => disclosed.length > 0).length;
  seen.longest = Math.max(seen.longest, ...depths(part));
}

function depths(steps: readonly Step[]): readonly number[] {
  return steps.flatMap(({ to }) => (to ? depths(to.steps).map((depth) => depth + 1) : [0]));
}

it.each(AGREEMENTS)('nothing outside the grant of $caller.client is released', async (agreement) => {
  const paths = agreement.grant ? grantedPaths(agreement.grant) : new Set<string>();
  const seen: Seen = { denied: 0, hidden: 0, granted: 0, longest: 0 };
  const numbers = array(nat({ max: 9_999 }), { minLength: 300, maxLength: 300 });
  await assert(
    asyncProperty(numbers, constantFrom(agreement), (tape, one) => walk(one, paths, new Tape(tape), seen)),
    { numRuns: RUNS },
  );
  // Walks that were all denied, or none, would show nothing.
  expect(seen.denied).toBeGreaterThan(RUNS / 10);
  expect(seen.granted > RUNS / 10 && seen.longest > 2).toBe(paths.size > 0);
  expect(seen.hidden > 0).toBe(paths.size > 0);
});
