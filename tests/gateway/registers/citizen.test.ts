import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CONTRADICTIONS } from '../../../mocks/country/model/block.ts';
import { upstreamCalls } from '../../support/edge.ts';
import { expectedAnswer, type Expected } from '../../support/country-oracle.ts';
import {
  country,
  faultsOf,
  startTestGateway,
  type TestAnswer,
  type TestGateway,
} from '../../support/gateway.ts';
import { INSPECTORATE } from '../../support/oracles/row-rulings.ts';
import { disclosedIn, entriesOf, recordsOf } from '../../support/recorded.ts';
import {
  BUSINESS,
  CITIZEN,
  CITIZENS,
  LAND_CERTIFICATE,
  LAND_PARCEL,
  ROW_AND_SPOUSE,
} from '../../support/selections.ts';

/**
 * The contract's citizen and its neighbours, against the country's records mapped a second time, without whomever the
 * inspectorate may not see: somebody protected in a household is left out of it.
 */
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

beforeEach(() => {
  for (const { log } of Object.values(gateway.mocks.registers)) log.clear();
});

const CASE = 'H26-261121-0001';
const expectedOf = (query: string, variables: object): Expected =>
  expectedAnswer(country, query, variables, undefined, { asker: INSPECTORATE, caseId: CASE });

interface Someone {
  readonly personalId: string;
  readonly landParcels: readonly { readonly id: string }[];
  readonly businesses: readonly { readonly code: string }[];
}

function take(people: Iterable<Someone>, count: number): readonly Someone[] {
  const taken: Someone[] = [];
  for (const person of people) {
    taken.push(person);
    if (taken.length === count) break;
  }
  if (taken.length < count) throw new Error('the country has too few of them');
  return taken;
}

const WITH_ALL = take(country.people({ with: ['land', 'business', 'marriage'] }), 30);
const PERSONS: readonly { readonly who: string; readonly personalId: string }[] = [
  ...take(country.people(), 3).map((one) => ({ ...one, who: 'a person' })),
  ...WITH_ALL.slice(0, 4).map((one) => ({ ...one, who: 'a person with land, business and spouse' })),
  ...take(country.people({ traits: ['deceased'] }), 3).map((one) => ({ ...one, who: 'a deceased person' })),
  ...take(country.people({ traits: ['minor'] }), 2).map((one) => ({ ...one, who: 'a minor' })),
  ...take(country.people({ traits: ['protected'] }), 1).map((one) => ({ ...one, who: 'a protected person' })),
  ...take(country.hubs(20), 1).map((one) => ({ ...one, who: 'a person of 20 businesses' })),
  ...take(country.hubs(101), 1).map((one) => ({ ...one, who: 'a person of over 100 businesses' })),
  ...CONTRADICTIONS.map((kind) => ({
    who: `a contradiction: ${kind}`,
    personalId: take(country.people({ traits: [`contradiction:${kind}`] }), 1)[0]?.personalId ?? '',
  })),
  { who: 'nobody', personalId: '001099999990' },
];

/** Same data, same faults, and on record whoever's data is in it, field by field, and whoever is hidden. */
function expectAsRegistered(answer: TestAnswer, expected: Expected): void {
  expect(answer.status).toBe(200);
  expect(answer.data).toEqual(expected.data);
  expect(faultsOf(answer)).toEqual(expected.faults);
  const [record] = recordsOf(gateway, [answer.headers.get('x-access-entry')]);
  expect(record?.answer).toMatchObject({
    client: 'inspectorate',
    purpose: 'inspection',
    outcome: 'answered',
  });
  expect(entriesOf(record?.entries ?? [], CASE, expected.entries)).toEqual(expected.entries);
}

/** Asks again: everything from the cache, and on record as such. */
async function expectFromCache(query: string, variables: object, first: TestAnswer): Promise<void> {
  const before = upstreamCalls(gateway);
  const again = await gateway.ask(query, variables);
  expect(upstreamCalls(gateway)).toEqual(before);
  expect(again.text).toBe(first.text);
  const ids = [first, again].map(({ headers }) => headers.get('x-access-entry'));
  expect(ids[0]).not.toBe(ids[1]);
  const [earlier, later] = recordsOf(gateway, ids);
  expect(disclosedIn(later ?? null)).toEqual(disclosedIn(earlier ?? null));
  const filled = new Set(
    earlier?.entries.flatMap(({ disclosed }) => disclosed.flatMap((one) => one.upstreamIds)),
  );
  for (const { disclosed } of later?.entries ?? []) {
    for (const { isCached, upstreamIds } of disclosed) {
      expect(isCached).toBe(true);
      // The calls that filled the cache.
      expect(upstreamIds.length).toBeGreaterThan(0);
      expect(upstreamIds.filter((id) => !filled.has(id))).toEqual([]);
    }
  }
}

describe('the contract’s citizen', () => {
  it.each(PERSONS)('of $who ($personalId) is what the registers hold', async ({ personalId }) => {
    const answer = await gateway.ask(CITIZEN, { personalId });
    const expected = expectedOf(CITIZEN, { personalId });
    expectAsRegistered(answer, expected);
    const { population, ...others } = upstreamCalls(gateway);
    // Person; household and parents; members and representatives: however many relatives.
    expect(population).toBeLessThanOrEqual(3);
    // Nothing more is asked about somebody who is not there, or may not be seen.
    const calls = expected.data['citizen'] === null ? 0 : 1;
    expect(others).toMatchObject({ business: calls, land: calls, 'civil-status': calls });
    await expectFromCache(CITIZEN, { personalId }, answer);
  });

  it('of twenty in one operation takes no more calls than of one', async () => {
    const personalIds = WITH_ALL.slice(10).map(({ personalId }) => personalId);
    const answer = await gateway.ask(CITIZENS, { personalIds });
    expectAsRegistered(answer, expectedOf(CITIZENS, { personalIds }));
    const { population, ...others } = upstreamCalls(gateway);
    const asked = gateway.mocks.registers.population.log.entries().length;
    expect(asked).toBeGreaterThan(4 * personalIds.length);
    // One a hop and per 100 keys.
    expect(population).toBeLessThanOrEqual(3 + Math.floor(asked / 100));
    expect(others).toMatchObject({ business: 1, land: 1, 'civil-status': 1 });
    await expectFromCache(CITIZENS, { personalIds }, answer);
  });

  it('of many, with the absent, the malformed and the doubled among them, keeps the order', async () => {
    const [one, other] = take(country.people({ with: ['marriage'] }), 2).map(({ personalId }) => personalId);
    const personalIds = [one, '001099999990', other, one];
    const answer = await gateway.ask(CITIZENS, { personalIds });
    expectAsRegistered(answer, expectedOf(CITIZENS, { personalIds }));
    const [record] = recordsOf(gateway, [answer.headers.get('x-access-entry')]);
    const absent = record?.entries.filter(({ outcome }) => outcome === 'not-found');
    expect(absent).toMatchObject([{ subject: { kind: 'person', key: '001099999990' }, disclosed: [] }]);
    const malformed = await gateway.ask(CITIZENS, { personalIds: [one, '12'] });
    expect(faultsOf(malformed)).toEqual(['citizens.1.citizen BAD_IDENTIFIER']);
    expect(malformed.data).toMatchObject({
      citizens: [{ status: 'OK' }, { personalId: '12', status: 'BAD_IDENTIFIER', citizen: null }],
    });
  });
});

describe('further rows', () => {
  const companies = WITH_ALL.flatMap(({ businesses }) => businesses.map(({ code }) => code));
  const enterprise = companies.find((code) => code.length === 10);
  const household = companies.find((code) => code.length === 12);
  const holding = findCompanyWithLand();
  const heldByCompany = country.parcelsOf(holding)[0];
  const parcels = WITH_ALL.flatMap(({ landParcels }) => landParcels.map(({ id }) => id));
  const serialsOf = (id: string): readonly string[] => country.parcel(id)?.certificateSerials ?? [];
  const certified = parcels.find((id) => serialsOf(id).length > 0) ?? '';

  function findCompanyWithLand(): string {
    for (const { businesses } of country.people({ with: ['business'] })) {
      const found = businesses.find(({ code }) => code.length === 10 && country.parcelsOf(code).length > 0);
      if (found) return found.code;
    }
    return '';
  }

  it.each([
    ['the spouse’s whole row', ROW_AND_SPOUSE, WITH_ALL[5]?.personalId],
    ['the spouse’s whole row', ROW_AND_SPOUSE, WITH_ALL[6]?.personalId],
    ['an enterprise with its people and land', BUSINESS, enterprise],
    ['an enterprise with land', BUSINESS, holding],
    ['a parcel with its holders', LAND_PARCEL, parcels[0]],
    ['a parcel that an organisation holds', LAND_PARCEL, heldByCompany],
    ['a certificate with its holders and parcels', LAND_CERTIFICATE, serialsOf(certified)[0]],
  ])('%s', async (_what, query, id) => {
    expect(id).toBeTruthy();
    const answer = await gateway.ask(query, { id });
    const expected = expectedOf(query, { id });
    expect(expected.disclosed.size).toBeGreaterThan(1);
    expectAsRegistered(answer, expected);
    for (const calls of Object.values({ ...upstreamCalls(gateway), dossier: 0 })) {
      expect(calls).toBeLessThanOrEqual(5);
    }
    await expectFromCache(query, { id }, answer);
  });

  it('a household business opens nobody but itself', async () => {
    const answer = await gateway.ask(BUSINESS, { id: household });
    const expected = expectedOf(BUSINESS, { id: household ?? '' });
    expect(expected.disclosed.size).toBe(1);
    expectAsRegistered(answer, expected);
    const before = upstreamCalls(gateway);
    expect((await gateway.ask(BUSINESS, { id: household })).text).toBe(answer.text);
    expect(upstreamCalls(gateway)).toEqual(before);
  });

  it('a certificate’s serial is found however it is spaced', async () => {
    const [serial = ''] = serialsOf(certified);
    const query = 'query($id: ID!) { landCertificate(serial: $id) { serial issuedOn } }';
    const compact = serial.replaceAll(' ', '');
    for (const id of [serial, compact, compact.toLowerCase(), compact.replace(/^(..)/, '$1  ')]) {
      const answer = await gateway.ask(query, { id });
      expect(answer.data).toMatchObject({ landCertificate: { serial: compact } });
    }
  });
});
