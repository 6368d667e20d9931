import { AnswerSize } from '../../../src/plan/run/answer-size.ts';
import type { BirthEntry } from '../../../src/sources/civil-status/entries/birth-and-death.ts';
import type { MarriageEntry } from '../../../src/sources/civil-status/entries/marriage-and-divorce.ts';
import type { EventsRecord } from '../../../src/sources/civil-status/record.ts';
import { parse } from 'graphql';
import { describe, expect, it, test } from 'vitest';
import { DisclosureRecorder, type SubjectDisclosure } from '../../../src/disclosure/disclosure-recorder.ts';
import { executePlan, type Answer } from '../../../src/plan/run/execute-plan.ts';
import { Evaluations } from '../../../src/plan/rows/evaluations.ts';
import { readRootRequests } from '../../../src/plan/roots/root-requests.ts';
import { RowGate } from '../../../src/plan/rows/row-gate.ts';
import { ruleNamed } from '../../../src/policy/row-rules/rule-named.ts';
import type { FetchedRow } from '../../../src/sources/calls/connector.ts';
import { BROKEN, type RecordKind } from '../../../src/sources/records/record.ts';
import { memoConnectors, type RowChange } from '../../support/registers/memo-connectors.ts';
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

/** What stands on record where an answer says null or an empty list. */
const parts = buildSchemaParts();
const { country, connectors } = buildCountryParts();

interface Run extends Answer {
  readonly entries: readonly SubjectDisclosure[];
}

/** Under rights that hide the protected, over the country's records as changed. */
async function run(source: string, change: RowChange, ledger = OPEN_QUESTIONS.ledger): Promise<Run> {
  const document = parse(source);
  const plan = planOf(parts, document, operationOf(document), {});
  const reader = createTestReader(buildSingleCallSources(memoConnectors(connectors, change)));
  const agreement = { ...OPEN_RIGHTS.agreement, clearance: new Set(['deceased', 'minors'] as const) };
  const gate = new RowGate(reader, { ...OPEN_RIGHTS, agreement });
  const recorder = new DisclosureRecorder(plan.coordinateLists, DOSSIER, (id) => gate.inputsOf(id));
  const evaluations = new Evaluations({ ...OPEN_QUESTIONS, ledger }, {});
  const requests = readRootRequests(plan, {}, DOSSIER);
  const answer = await executePlan(requests, {
    reader,
    variables: {},
    recorder,
    gate,
    evaluations,
    size: new AnswerSize(),
  });
  return { ...answer, entries: recorder.subjects() };
}

/** Changes the record of one key. */
function changing(kind: RecordKind, key: string, change: (row: FetchedRow) => FetchedRow): RowChange {
  return (row) => (row.kind === kind && row.key === key ? change(row) : row);
}

const holding =
  (value: Readonly<Record<string, unknown>>) =>
  (row: FetchedRow): FetchedRow =>
    row.outcome.state === 'found'
      ? { ...row, outcome: { ...row.outcome, value: { ...row.outcome.value, ...value } } }
      : row;
const missing = (row: FetchedRow): FetchedRow => ({ ...row, outcome: { state: 'absent' } });
const broken = (row: FetchedRow): FetchedRow => ({ ...row, outcome: { state: 'broken' } });

/** Somebody married whose spouse, mother and company have what the tables below need. */
function findSubject() {
  for (const { personalId } of country.people({ with: ['land', 'business', 'marriage'] })) {
    const entry = country.civilStatus(personalId);
    const person = country.person(personalId);
    const spouse = person?.spouse?.personalId;
    const mother = entry?.birth?.mother?.personalId;
    const household = country.household(person?.residenceFileNo ?? '')?.members ?? [];
    const [business] = country.businessesOf(personalId);
    const isWhole = household.some((member) => member.personalId === spouse) && mother !== spouse;
    if (!spouse || !mother || !business || !isWhole || person?.isProtected) continue;
    if ([spouse, mother].every((id) => country.person(id)?.isProtected === false)) {
      return { id: personalId, spouse, mother, business };
    }
  }
  throw new Error('nobody is like that');
}

const { id, spouse, mother, business } = findSubject();
const POPULATION = 'population.person';
const EVENTS = 'civil-status.events';

describe('a field of an answer', () => {
  const asking = (fields: string): string => `{ citizen(personalId: "${id}") { personalId ${fields} } }`;
  const nothing: readonly string[] = [];
  const unchanged: RowChange = (row) => row;

  test.each<
    [what: string, fields: string, change: RowChange, values: readonly string[], none: readonly string[]]
  >([
    ['a value', 'sex', unchanged, ['Citizen.sex'], nothing],
    [
      'null in the record',
      'religion',
      changing(POPULATION, id, holding({ religion: null })),
      nothing,
      ['Citizen.religion'],
    ],
    [
      'an object of nulls',
      'birth { mother { sex } }',
      changing(EVENTS, id, holding({ birth: { motherId: null } })),
      ['Citizen.birth'],
      ['BirthEntry.mother'],
    ],
    [
      'an empty list',
      'marriages { entryNo }',
      changing(EVENTS, id, holding({ marriages: [] })),
      nothing,
      ['Citizen.marriages'],
    ],
    [
      'what the register has no record for',
      'death { date } marriages { entryNo } birth { place }',
      changing(EVENTS, id, missing),
      nothing,
      ['Citizen.death', 'Citizen.marriages', 'Citizen.birth'],
    ],
    ['no items, as asked for', 'marriages(first: 0) { entryNo }', unchanged, nothing, nothing],
    [
      'no items, as asked for, of an empty list',
      'marriages(first: 0) { entryNo }',
      changing(EVENTS, id, holding({ marriages: [] })),
      nothing,
      nothing,
    ],
    ['a broken value', 'religion', changing(POPULATION, id, holding({ religion: BROKEN })), nothing, nothing],
    [
      'a broken record',
      'death { date } marriages { entryNo }',
      changing(EVENTS, id, broken),
      nothing,
      nothing,
    ],
    [
      'an answered question',
      'isMarried(on: "2026-11-21")',
      changing(EVENTS, id, holding({ marriages: [] })),
      ['Citizen.isMarried'],
      nothing,
    ],
    [
      'a question about whom the register has nothing',
      'isMarried',
      changing(EVENTS, id, missing),
      nothing,
      ['Citizen.isMarried'],
    ],
    [
      'a question of which the facts are broken',
      'isMarried',
      changing(EVENTS, id, holding({ marriages: BROKEN })),
      nothing,
      nothing,
    ],
    ['a malformed question', 'livesIn(unitCode: "x")', unchanged, nothing, nothing],
  ])('%s: %s', async (_what, fields, change, values, none) => {
    const { entries } = await run(asking(fields), change);
    const disclosed = entries.find(({ subject }) => subject.key === id)?.disclosed ?? [];
    const listed = (status: string) =>
      disclosed.flatMap((part) => (part.status === status ? part.coordinates : []));
    const own = listed('value').filter((one) => one.startsWith('Citizen.') && one !== 'Citizen.personalId');
    expect({ values: own, none: listed('none') }).toEqual({ values, none });
  });

  it('that the ledger refuses to answer is not on record', async () => {
    const refusing = { admit: async (evaluations: readonly unknown[]) => evaluations.map(() => false) };
    const { entries, errors } = await run(asking('isMarried'), changing(EVENTS, id, missing), refusing);
    expect(errors).toMatchObject([{ code: 'EVALUATIONS_EXCEEDED' }]);
    expect(entries.flatMap(({ disclosed }) => disclosed.flatMap(({ coordinates }) => coordinates))).toEqual([
      'Citizen.personalId',
    ]);
  });
});

/** What of an entry stands outside its commitments; ids of calls are random. */
function openPart(entries: readonly SubjectDisclosure[]) {
  return entries.map(({ subject, outcome, rule, caseIds, disclosed }) => ({
    subject,
    outcome: outcome === 'denied' && rule !== null && !ruleNamed(rule).isTold ? 'not-found' : outcome,
    caseIds,
    disclosed: disclosed.map(({ upstreamIds, ...part }) => ({ ...part, calls: upstreamIds.length })),
  }));
}

describe('somebody hidden', () => {
  const PEOPLE = [
    ['a spouse', spouse],
    ['a mother', mother],
  ] as const;
  const source = `{ citizen(personalId: "${id}") { sex marriages { entryNo spouse { sex } } birth { place mother { sex } }
    household { members { relationToHead person { sex } } }
    businesses { code legalRepresentatives { title person { sex } } owners { name person { sex } } } }
    business(code: "${business}") { legalRepresentatives { title person { sex } } owners { name person { sex } } } }`;

  test.each(PEOPLE)(
    '%s stands on record, outside the seal, as somebody whom no register knows',
    async (_who, hidden) => {
      const asHidden = await run(source, changing(POPULATION, hidden, holding({ isProtected: true })));
      const asUnknown = await run(source, changing(POPULATION, hidden, missing));
      expect(asHidden.data).toEqual(asUnknown.data);
      expect(asHidden.errors).toEqual([]);
      expect(openPart(asHidden.entries)).toEqual(openPart(asUnknown.entries));
      const found = asHidden.entries.find(({ subject }) => subject.key === hidden);
      expect(found).toMatchObject({ outcome: 'denied', rule: 'protected', inputs: '1-------' });
      const unknown = asUnknown.entries.find(({ subject }) => subject.key === hidden);
      expect(unknown).toMatchObject({ inputs: '-------1' });
    },
  );

  /** Without the entry of the hidden person: whoever is named and cannot be placed was looked for, and has one. */
  const withoutHidden = ({ entries }: Run, hidden: string) =>
    openPart(entries).filter(({ subject }) => subject.key !== hidden);

  test.each(PEOPLE)('%s leaves what the register states where it names nobody', async (_who, hidden) => {
    const query = `{ citizen(personalId: "${id}") { marriages { entryNo spouse { sex } } birth { place mother { sex } } } }`;
    const unnamed = (row: FetchedRow): FetchedRow => {
      const found = row.outcome.state === 'found' ? row.outcome.value : {};
      const { birth, marriages } = found as unknown as EventsRecord;
      const others = (marriages as readonly MarriageEntry[]).map((one) =>
        one.spouseId === hidden ? { ...one, spouseId: null } : one,
      );
      const entry = birth as BirthEntry;
      const own = entry.motherId === hidden ? { ...entry, motherId: null } : entry;
      return holding({ marriages: others, birth: own })(row);
    };
    const asHidden = await run(query, changing(POPULATION, hidden, holding({ isProtected: true })));
    const asUnnamed = await run(query, changing(EVENTS, id, unnamed));
    expect(asHidden.data).toEqual(asUnnamed.data);
    expect(withoutHidden(asHidden, hidden)).toEqual(openPart(asUnnamed.entries));
    const none = asHidden.entries.flatMap(({ disclosed }) =>
      disclosed.flatMap(({ status, coordinates }) => (status === 'none' ? coordinates : [])),
    );
    expect(none).toContain(hidden === spouse ? 'MarriageEntry.spouse' : 'BirthEntry.mother');
  });

  it('leaves of a list that names nobody else an empty one', async () => {
    const query = `{ business(code: "${business}") { code legalRepresentatives { title person { sex } } } }`;
    const rows = [{ title: 'Giám đốc', personalId: spouse }];
    const listing = (legalRepresentatives: readonly object[]): RowChange =>
      changing('business.business', business, holding({ legalRepresentatives }));
    const asHidden = await run(query, (row) =>
      changing(POPULATION, spouse, holding({ isProtected: true }))(listing(rows)(row)),
    );
    const asEmpty = await run(query, listing([]));
    expect(asHidden.data).toEqual(asEmpty.data);
    expect(withoutHidden(asHidden, spouse)).toEqual(openPart(asEmpty.entries));
    expect(openPart(asEmpty.entries)[0]?.disclosed).toMatchObject([
      { status: 'value', coordinates: ['Business.code'] },
      { status: 'none', coordinates: ['Business.legalRepresentatives'] },
    ]);
  });

  it('is not told from absence by the household either', async () => {
    const query = `{ citizen(personalId: "${id}") { household { members { relationToHead person { sex } } } } }`;
    const fileNo = country.person(id)?.residenceFileNo ?? '';
    const others = (row: FetchedRow): FetchedRow => {
      if (row.outcome.state !== 'found') return row;
      const members = row.outcome.value['members'] as readonly { readonly personalId: string }[];
      return holding({ members: members.filter((member) => member.personalId !== spouse) })(row);
    };
    const asHidden = await run(query, changing(POPULATION, spouse, holding({ isProtected: true })));
    const asGone = await run(query, changing('population.household', fileNo, others));
    expect(asHidden.data).toEqual(asGone.data);
    expect(withoutHidden(asHidden, spouse)).toEqual(openPart(asGone.entries));
  });
});
