import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';
import { AnswerSize } from '../../../src/plan/run/answer-size.ts';
import { DisclosureRecorder } from '../../../src/disclosure/disclosure-recorder.ts';
import { executePlan } from '../../../src/plan/run/execute-plan.ts';
import { Evaluations } from '../../../src/plan/rows/evaluations.ts';
import { readRootRequests } from '../../../src/plan/roots/root-requests.ts';
import { RowGate, type RowVerdict } from '../../../src/plan/rows/row-gate.ts';
import type { Clearance } from '../../../src/policy/agreement/agreement.ts';
import type { FetchedRow } from '../../../src/sources/calls/connector.ts';
import { BROKEN } from '../../../src/sources/records/record.ts';
import { memoConnectors } from '../../support/registers/memo-connectors.ts';
import {
  buildCountryParts,
  buildSchemaParts,
  buildSingleCallSources,
  createTestReader,
  DOSSIER,
  OPEN_QUESTIONS,
  OPEN_RIGHTS,
  operationOf,
  planOf,
} from '../../support/plan-parts.ts';

/**
 * Guardianships, recognitions and adoptions in the civil-status books relate people as the population register's parents
 * and guardians do: they open a child's row to the applicant, and close a relative's row to the officer.
 */
const { country, connectors } = buildCountryParts();

const plain = (traits: string): string[] =>
  [...country.people({ traits: traits === 'minor' ? ['minor'] : [] }).take(400)]
    .filter((one) => one.traits.join() === (traits === 'minor' ? 'minor' : '') && one.birthDate > '1950')
    .map(({ personalId }) => personalId);
const [CHILD = ''] = plain('minor');
/** Somebody of age who is nothing to the child by any register. */
const ADULT =
  plain('adult').find((id) => {
    const [child, one] = [country.person(CHILD), country.person(id)];
    const kin = [child?.father?.personalId, child?.mother?.personalId, child?.guardian?.personalId];
    return !kin.includes(id) && child?.residenceFileNo !== one?.residenceFileNo && bondless(id);
  }) ?? '';

function bondless(id: string): boolean {
  const events = country.civilStatus(id);
  return (
    events?.guardianships.length === 0 && events.recognitions.length === 0 && events.adoptions.length === 0
  );
}

type Lists = Readonly<Record<string, unknown>>;
type Change = Lists | 'spoilt';
const party = (personalId: string | null) => ({ name: null, personalId });
const guards = (guardian: string, ward: string, endedOn: unknown = null): Lists => ({
  guardianships: [{ guardian: party(guardian), ward: party(ward), endedOn }],
});
const adopts = (parent: string, child: string, endedOn: unknown = null): Lists => ({
  adoptions: [{ child: party(child), adoptiveMother: party(parent), adoptiveFather: null, endedOn }],
});
const recognises = (parent: string, child: string): Lists => ({
  recognitions: [{ parent: party(parent), child: party(child) }],
});

interface Asked {
  readonly about: string;
  readonly clearance: readonly Clearance[];
  readonly parties?: readonly string[];
  readonly officer?: string;
  /** Changed entries in the books, by personal id. */
  readonly books?: Readonly<Record<string, Change>>;
}

function readerOf(books: Readonly<Record<string, Change>>) {
  const change = (row: FetchedRow): FetchedRow => {
    const own = row.kind === 'civil-status.events' ? books[row.key] : undefined;
    if (own === undefined) return row;
    if (own === 'spoilt' || row.outcome.state !== 'found') return { ...row, outcome: { state: 'broken' } };
    return { ...row, outcome: { ...row.outcome, value: { ...row.outcome.value, ...own } } };
  };
  return createTestReader(buildSingleCallSources(memoConnectors(connectors, change)));
}

async function verdictOn({ about, clearance, parties = [], officer, books = {} }: Asked) {
  const reader = readerOf(books);
  const gate = new RowGate(reader, {
    ...OPEN_RIGHTS,
    agreement: { territory: 'nation', clearance: new Set(clearance) },
    officerPersonalId: officer ?? null,
  });
  gate.admitParties(parties, DOSSIER);
  for (;;) {
    const verdict: RowVerdict = gate.decide(about, DOSSIER);
    if (verdict.state === 'denied') return verdict.rule;
    if (verdict.state !== 'waiting') return verdict.state;
    await reader.readHop();
  }
}

const LAND = ['deceased'] as const;
const PORTAL = [] as const;

describe('a child whose applicant is', () => {
  const beside = (books: Asked['books'], clearance: readonly Clearance[] = LAND) =>
    verdictOn({ about: CHILD, clearance, parties: [CHILD, ADULT], books: books ?? {} });

  it.each<[who: string, books: Asked['books'], wanted: string]>([
    ['a stranger', {}, 'minor'],
    ['a guardian by the own entries', { [ADULT]: guards(ADULT, CHILD) }, 'visible'],
    ['an adoptive parent by the own entries', { [ADULT]: adopts(ADULT, CHILD) }, 'visible'],
    ['a parent who recognised the child', { [ADULT]: recognises(ADULT, CHILD) }, 'visible'],
    ['a guardian no more', { [ADULT]: guards(ADULT, CHILD, '2020-01-01') }, 'minor'],
    ['an adoptive parent no more', { [ADULT]: adopts(ADULT, CHILD, '2020') }, 'minor'],
    ['a guardian until a day that cannot be read', { [ADULT]: guards(ADULT, CHILD, BROKEN) }, 'minor'],
    ['a guardian of another child', { [ADULT]: guards(ADULT, '001215900041') }, 'minor'],
    ['the child’s ward', { [ADULT]: guards(CHILD, ADULT) }, 'minor'],
    ['somebody whose entries are broken', { [ADULT]: { guardianships: [BROKEN] } }, 'minor'],
    ['somebody whose entries cannot be read', { [ADULT]: 'spoilt' }, 'minor'],
  ])('%s', async (_who, books, wanted) => {
    expect(await beside(books)).toBe(wanted);
  });

  it.each<[who: string, books: Asked['books'], wanted: string]>([
    ['a guardian by the child’s entries', { [CHILD]: guards(ADULT, CHILD) }, 'visible'],
    ['an adoptive parent by the child’s entries', { [CHILD]: adopts(ADULT, CHILD) }, 'visible'],
    ['a stranger, and entries of the child are broken', { [CHILD]: { adoptions: [BROKEN] } }, 'minor'],
  ])('%s, where deaths are asked of the books', async (_who, books, wanted) => {
    expect(await beside(books, PORTAL)).toBe(wanted);
  });
});

describe('an officer does not see', () => {
  const [officer, other] = [ADULT, CHILD];
  const asked = (books: Asked['books'], clearance: readonly Clearance[] = ['deceased', 'minors']) =>
    verdictOn({ about: other, clearance, officer, books: books ?? {} });

  it.each<[who: string, books: Asked['books'], wanted: string]>([
    ['nobody: a stranger', {}, 'visible'],
    ['the own adopted child', { [officer]: adopts(officer, other) }, 'relatives'],
    ['the own recognised child', { [officer]: recognises(officer, other) }, 'relatives'],
    ['the own adoptive parent', { [officer]: adopts(other, officer) }, 'relatives'],
    [
      'nobody: a child that was adopted until last year',
      { [officer]: adopts(officer, other, '2025') },
      'visible',
    ],
    ['nobody: the own ward is no relative', { [officer]: guards(officer, other) }, 'visible'],
    ['whoever it is, while the own entries cannot be read', { [officer]: 'spoilt' }, 'fault'],
    ['whoever it is, while an adoption cannot be read', { [officer]: { adoptions: [BROKEN] } }, 'fault'],
  ])('%s', async (_who, books, wanted) => {
    expect(await asked(books)).toBe(wanted);
  });

  it('a child who is adopted by the child’s own entries, where these are read', async () => {
    const books = { [other]: adopts(officer, other) };
    expect(await asked(books, ['minors'])).toBe('relatives');
    expect(await asked({ [other]: { adoptions: [BROKEN] } }, ['minors'])).toBe('fault');
  });
});

describe('who is hidden is missing from every entry', () => {
  const parts = buildSchemaParts();
  const [HIDDEN = ''] = [...country.people({ traits: ['protected'] }).take(1)].map(
    ({ personalId }) => personalId,
  );
  const entry = { entryNo: '1/2020', bookNo: null, registeredOn: '2020-01-01', office: null };
  const person = (personalId: string | null) => ({
    name: 'TÊN',
    birthDate: null,
    idDocument: null,
    personalId,
  });

  it.each<[where: string, selection: string, lists: Lists, wanted: unknown]>([
    [
      'a guardianship',
      'guardianships { entryNo guardian { name person { personalId } } ward { name } }',
      { guardianships: [{ ...entry, guardian: person(HIDDEN), ward: person(ADULT) }] },
      { guardianships: [{ entryNo: '1/2020', guardian: null, ward: { name: 'TÊN' } }] },
    ],
    [
      'a divorce',
      'divorces { formerSpouse { name birthDate idDocument { number } } }',
      { divorces: [{ ...entry, formerSpouse: person(HIDDEN) }] },
      { divorces: [{ formerSpouse: null }] },
    ],
    [
      'a divorce from somebody without an id, who is named',
      'divorces { formerSpouse { name person { personalId } } }',
      { divorces: [{ ...entry, formerSpouse: person(null) }] },
      { divorces: [{ formerSpouse: { name: 'TÊN', person: null } }] },
    ],
    [
      'an adoption',
      'adoptions { child { name } adoptiveMother { name } adoptiveFather { name } }',
      {
        adoptions: [{ ...entry, child: person(ADULT), adoptiveMother: person(HIDDEN), adoptiveFather: null }],
      },
      { adoptions: [{ child: { name: 'TÊN' }, adoptiveMother: null, adoptiveFather: null }] },
    ],
    [
      'a birth',
      'birth { recordedMother { name } mother { personalId } }',
      { birth: { ...entry, recordedMother: person(HIDDEN), motherId: HIDDEN } },
      { birth: { recordedMother: null, mother: null } },
    ],
  ])('%s', async (_where, selection, lists, wanted) => {
    const reader = readerOf({ [ADULT]: lists });
    const agreement = { territory: 'nation', clearance: new Set(['deceased', 'minors'] as const) } as const;
    const gate = new RowGate(reader, { ...OPEN_RIGHTS, agreement });
    const document = parse(`{ citizen(personalId: "${ADULT}") { ${selection} } }`);
    const plan = planOf(parts, document, operationOf(document), {});
    const answer = await executePlan(readRootRequests(plan, {}, DOSSIER), {
      reader,
      variables: {},
      recorder: new DisclosureRecorder(plan.coordinateLists, DOSSIER, (id) => gate.inputsOf(id)),
      gate,
      evaluations: new Evaluations(OPEN_QUESTIONS, {}),
      size: new AnswerSize(),
    });
    expect(answer.errors).toEqual([]);
    expect(JSON.parse(JSON.stringify(answer.data))).toEqual({ citizen: wanted });
  });
});
