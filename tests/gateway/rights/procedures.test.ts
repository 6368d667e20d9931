import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { country, faultsOf, startTestGateway, type Caller, type TestGateway } from '../../support/gateway.ts';
import { recordOf } from '../../support/edge.ts';

/** The work of each office of the demo, and whom it sees: of each kind somebody, alone and beside a parent who applies. */
const UNIT = '00070';
const OFFICES: Readonly<Record<string, string>> = {
  'hn-hoankiem-civil': 'civil-status-registration',
  'hn-hoankiem-social': 'social-assistance',
  'hn-land-office': 'land-registration',
  'hcm-business-registry': 'business-registration',
  'dvc-portal': 'form-prefill',
};
const KINDS = ['adult', 'elsewhere', 'minor', 'child of the applicant', 'deceased', 'protected'] as const;
type Kind = (typeof KINDS)[number];

/** For each kind in order: seen (+) or as if absent (-). */
const TABLE: readonly (readonly [client: string, work: string, seen: string])[] = [
  ['hn-hoankiem-civil', 'birth, guardianship, marriage, death', '+++++-'],
  ['hn-hoankiem-social', 'allowances for residents of all ages, funeral costs', '+-+++-'],
  ['hn-land-office', 'inheritance, certificates of a family', '++-++-'],
  ['hcm-business-registry', 'founding and changing businesses', '++-+--'],
  ['dvc-portal', 'forms for oneself and the own children', '++-+--'],
];

let gateway: TestGateway;
let caseNo = 0;
const people = new Map<Kind, string>();
let parent = '';

function first<T>(values: Iterable<T>, fits: (value: T) => boolean = () => true): T {
  for (const value of values) if (fits(value)) return value;
  throw new Error('the country has nobody like that');
}

beforeAll(async () => {
  gateway = await startTestGateway();
  const child = first(country.people({ unit: UNIT, traits: ['minor'] }), ({ personalId, traits }) => {
    const mother = country.person(personalId)?.mother?.personalId;
    return traits.length === 1 && mother !== undefined && country.truth(mother)?.traits.length === 0;
  }).personalId;
  parent = country.person(child)?.mother?.personalId ?? '';
  people.set('adult', first(country.people({ unit: UNIT })).personalId);
  people.set(
    'elsewhere',
    first(country.people({}), (one) => one.permanentResidence.communeCode !== UNIT).personalId,
  );
  people.set('minor', child);
  people.set('child of the applicant', child);
  people.set(
    'deceased',
    first(
      country.people({ unit: UNIT, traits: ['deceased'] }),
      ({ personalId, traits }) =>
        country.person(personalId)?.deathDate !== undefined && !traits.includes('protected'),
    ).personalId,
  );
  people.set('protected', first(country.people({ unit: UNIT, traits: ['protected'] })).personalId);
}, 60_000);

afterAll(() => gateway.close());

function callerOf(client: string): Caller {
  caseNo += 1;
  const caseId = `H26-261121-${String(caseNo).padStart(4, '0')}`;
  return { client, purpose: OFFICES[client] ?? '', caseId };
}

function factorOf(id: string): object {
  const { surname = '', middle = '', given = '', birthDate = '' } = country.person(id) ?? {};
  return { fullName: [surname, middle, given].filter((part) => part !== '').join(' '), birthDate };
}

async function isSeen(client: string, kind: Kind): Promise<boolean> {
  const id = people.get(kind) ?? '';
  const ids = kind === 'child of the applicant' ? [id, parent] : [id];
  const query = `query ($ids: [ID!]!, $matches: [CitizenMatch]) {
    citizens(personalIds: $ids, matches: $matches) { status citizen { name { full } } } }`;
  const answer = await gateway.ask(query, { ids, matches: ids.map(factorOf) }, callerOf(client));
  expect(faultsOf(answer)).toEqual([]);
  const [item] = Object(answer.data)['citizens'];
  return item.status === 'OK';
}

describe.each(TABLE)('%s (%s)', (client, _work, seen) => {
  it.each(KINDS.map((kind, index) => [kind, seen[index] === '+'] as const))(
    '%s: %s',
    async (kind, wanted) => {
      expect(await isSeen(client, kind)).toBe(wanted);
    },
  );
});

it('the portal fills a parent’s form with the whole own household', async () => {
  const query = `query ($id: ID!) { citizen(personalId: $id) { household { members { person { personalId } } } } }`;
  const answer = await gateway.ask(query, { id: parent }, callerOf('dvc-portal'));
  expect(faultsOf(answer)).toEqual([]);
  expect(JSON.stringify(answer.data)).toContain(`"personalId":"${people.get('minor')}"`);
});

it('an applicant who is a minor too opens nobody', async () => {
  const child = people.get('minor') ?? '';
  const file = country.person(child)?.residenceFileNo ?? '';
  const sibling = country
    .household(file)
    ?.members.map(({ personalId }) => personalId ?? '')
    .find((id) => id !== child && country.truth(id)?.traits.includes('minor'));
  const ids = sibling === undefined ? [child] : [child, sibling];
  const query = `query ($ids: [ID!]!) { citizens(personalIds: $ids) { status } }`;
  const answer = await gateway.ask(query, { ids }, callerOf('dvc-portal'));
  expect(answer.data).toEqual({ citizens: ids.map(() => ({ status: 'NOT_FOUND' })) });
  const outcomes = recordOf(gateway, answer)?.entries.map(({ outcome, rule }) => `${outcome} ${rule}`);
  expect(new Set(outcomes)).toEqual(new Set(['denied minor']));
});

it('a citizen is told the law of the own right, not that of officers', async () => {
  const id = people.get('adult') ?? '';
  const answer = await gateway.ask(
    'query ($id: ID!) { citizen(personalId: $id) { name { full } } }',
    { id: people.get('elsewhere') },
    { citizen: id, purpose: null, caseId: null },
  );
  expect(faultsOf(answer)).toEqual(['citizen ROW_DENIED']);
  expect(answer.text).not.toContain('Anti-Corruption');
});
