import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordOf, registerCalls } from '../../support/edge.ts';
import { buildFolderGateways, type FolderGateway } from '../../support/folder-gateways.ts';
import { country, type Caller, type Json, type TestAnswer, type TestGateway } from '../../support/gateway.ts';

/** Any entry is decided again from the stored agreement version and what was found of the subject, over HTTP. */

const folders = buildFolderGateways();
let folder: FolderGateway;
let gateway: TestGateway;
const clean = country.people({ with: ['land'] });
const nextPerson = (): string => clean.next().value?.personalId ?? '';
const personWith = (trait: 'protected' | 'deceased' | 'minor'): string =>
  country.people({ traits: [trait] }).next().value?.personalId ?? '';

beforeAll(async () => {
  folder = await folders.start('one');
  gateway = folder.gateway;
});

afterAll(() => folders.close());

const AUDITOR: Caller = { client: 'auditor', officer: 'ktv.minh', purpose: null, caseId: 'KT-261121-0001' };
const FIELDS = `id n agreement agreementVersion agreementDigest operationHash predicates { rule input }
  recordedRule replayedRule recordedDenied replayedDenied isSame`;

type Replay = Readonly<Record<string, Json>>;

async function replayOf(answer: TestAnswer, n = 0, caller: Caller = AUDITOR): Promise<Replay | null> {
  const { data, errors } = await gateway.ask(
    `query($entry: ID!, $n: Int) { replay(entry: $entry, n: $n) { ${FIELDS} } }`,
    { entry: answer.headers.get('x-access-entry'), n },
    caller,
  );
  expect(errors).toEqual([]);
  return (data?.['replay'] ?? null) as Replay | null;
}

const LAND: Caller = { client: 'hn-land-office', purpose: 'land-registration', officer: 'can.bo' };
const SOCIAL: Caller = { client: 'hn-hoankiem-social', purpose: 'social-assistance', officer: 'can.bo' };

function factorOf(id: string): { readonly fullName: string; readonly birthDate: string } {
  const person = country.person(id);
  const fullName = [person?.surname, person?.middle, person?.given].filter((part) => part !== '').join(' ');
  return { fullName, birthDate: person?.birthDate ?? '' };
}

/** The ward's social office asks about somebody with the right name and birth date. */
function askWithFactor(id: string): Promise<TestAnswer> {
  return gateway.ask(
    'query($id: ID!, $match: CitizenMatch) { citizen(personalId: $id, match: $match) { name { full } religion } }',
    { id, match: factorOf(id) },
    SOCIAL,
  );
}

/** What is asked, by whom, and the rule that decides about the first subject. */
const DECISIONS: readonly (readonly [string, () => Promise<TestAnswer>, string | null, string])[] = [
  ['a granted row', () => gateway.ask(ONE, { id: nextPerson() }), null, 'disclosed'],
  ['a protected person', () => gateway.ask(ONE, { id: personWith('protected') }), 'protected', 'denied'],
  ['a minor', () => gateway.ask(ONE, { id: personWith('minor') }, LAND), 'minor', 'denied'],
  ['somebody of elsewhere', () => askWithFactor(nextPerson()), 'territory', 'denied'],
  ['nobody', () => gateway.ask(ONE, { id: '001099999999' }), null, 'not-found'],
  ['no factor', () => gateway.ask(ONE, { id: nextPerson() }, SOCIAL), 'match', 'denied'],
  [
    'an officer’s own row',
    () => {
      const self = nextPerson();
      return gateway.ask(ONE, { id: self }, { officerPersonalId: self });
    },
    'own-data',
    'denied',
  ],
];
const ONE =
  'query($id: ID!) { citizen(personalId: $id) { name { full } religion household { members { person { birthDate } } } } }';

describe('a replay comes to the same decision', () => {
  it.each(DECISIONS)('%s', async (name, ask, rule, outcome) => {
    const answer = await ask();
    const record = recordOf(gateway, answer);
    const before = registerCalls(gateway);
    const replay = await replayOf(answer);
    expect(registerCalls(gateway)).toBe(before);
    expect(replay).toMatchObject({
      id: record?.answer.id,
      agreement: record?.answer.agreement?.id,
      agreementVersion: record?.answer.agreement?.version,
      agreementDigest: record?.answer.agreement?.digest,
      operationHash: record?.answer.operationHash,
      recordedRule: record?.entries[0]?.rule ?? null,
      recordedDenied: record?.answer.denied,
      replayedDenied: record?.answer.denied,
      isSame: true,
    });
    expect(record?.entries[0]?.outcome).toBe(outcome);
    expect(name === 'nobody' || replay?.['replayedRule'] === rule).toBe(true);
    expect(record?.answer.denied).toContain('Citizen.religion FIELD_NOT_GRANTED');
  });

  it('for every entry of a mass answer, through joins', async () => {
    const ids = [...Array.from({ length: 8 }, nextPerson), personWith('protected'), personWith('deceased')];
    const answer = await gateway.ask(
      `query($ids: [ID!]!) { citizens(personalIds: $ids) { status citizen {
         name { full } household { members { person { name { full } } } } marriages { spouse { name { full } } } } } }`,
      { ids },
    );
    const record = recordOf(gateway, answer);
    expect(record?.entries.length).toBeGreaterThan(20);
    for (const { n } of record?.entries ?? []) expect((await replayOf(answer, n))?.['isSame']).toBe(true);
  });

  it('for questions whose arguments the agreement fixes', async () => {
    const answer = await gateway.ask(
      'query($id: ID!, $years: Int!) { citizen(personalId: $id, match: { fullName: "A", birthDate: "2000" }) { isAdult ageAtLeast(years: $years) } }',
      { id: nextPerson(), years: 61 },
      SOCIAL,
    );
    expect(recordOf(gateway, answer)?.answer.denied.length).toBeGreaterThan(0);
    expect((await replayOf(answer))?.['isSame']).toBe(true);
  });

  it('for conditions', async () => {
    const answer = await gateway.ask(
      'query($id: ID!, $with: Boolean!) { citizen(personalId: $id) { name { full } religion @include(if: $with) } }',
      { id: nextPerson(), with: false },
    );
    expect(await replayOf(answer)).toMatchObject({ recordedDenied: [], replayedDenied: [], isSame: true });
  });

  it('for citizens, under their built-in agreement', async () => {
    const self = nextPerson();
    const answer = await gateway.ask(ONE, { id: self }, { citizen: self, purpose: null, caseId: null });
    expect(await replayOf(answer)).toMatchObject({ agreement: 'own-data', isSame: true });
  });
});

describe('a replay', () => {
  it('takes the agreement as it was, after it has changed', async () => {
    const before = await gateway.ask(ONE, { id: nextPerson() });
    const grant = folder.read('inspection.graphql');
    folder.put('inspection.yaml', folder.read('inspection.yaml').replace('version: 1', 'version: 2'));
    folder.put('inspection.graphql', grant.replace(/\n\s*birthDate\n/, '\n'));
    await expect
      .poll(
        async () =>
          recordOf(gateway, await gateway.ask(ONE, { id: nextPerson() }))?.answer.agreement?.version,
        {
          timeout: 10_000,
        },
      )
      .toBe(2);
    expect(await replayOf(before)).toMatchObject({ agreementVersion: 1, isSame: true });
  });

  it('shows the predicates, and is on record with the subject that they are about', async () => {
    const id = nextPerson();
    const answer = await gateway.ask(ONE, { id });
    const replay = await replayOf(answer);
    expect(replay?.['predicates']).toEqual(
      expect.arrayContaining([
        { rule: 'protected', input: '0' },
        { rule: 'match', input: '-' },
      ]),
    );
    const asked = await gateway.ask(
      'query($entry: ID!) { replay(entry: $entry) { isSame } }',
      { entry: answer.headers.get('x-access-entry') },
      AUDITOR,
    );
    expect(recordOf(gateway, asked)?.entries).toMatchObject([
      { subject: { kind: 'person', key: id }, outcome: 'disclosed' },
    ]);
  });

  it('is null for what there is not and for what the order does not open', async () => {
    const answer = await gateway.ask(ONE, { id: nextPerson() });
    expect(await replayOf(answer, 99)).toBe(null);
    expect(await replayOf(answer, 0, { ...AUDITOR, caseId: 'KT-261121-0003' })).toBe(null);
    const nothing = { ...answer, headers: new Headers({ 'x-access-entry': '0'.repeat(32) }) };
    expect(await replayOf(nothing)).toBe(null);
  });

  it('does not take another text for the operation’s', async () => {
    const answer = await gateway.ask(ONE.replace('birthDate', 'sex'), { id: nextPerson() });
    const hash = recordOf(gateway, answer)?.answer.operationHash ?? '';
    const file = new DatabaseSync(join(gateway.dataDirectory, 'access-log.sqlite'), { timeout: 5_000 });
    file.prepare("UPDATE documents SET text = replace(text, 'religion', '') WHERE digest = ?").run(hash);
    file.close();
    expect(await replayOf(answer)).toMatchObject({ replayedDenied: null, isSame: null });
  });

  it('does not pretend where nothing was decided', async () => {
    const refused = await gateway.ask(ONE, { id: nextPerson() }, { purpose: 'unknown-purpose' });
    expect(await replayOf(refused)).toMatchObject({ agreement: null, replayedDenied: null, isSame: null });
  });
});
