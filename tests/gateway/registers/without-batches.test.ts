import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startMocks, type RunningMocks } from '../../../mocks/servers/servers.ts';
import { country, faultsOf, startTestGateway, type Caller, type TestGateway } from '../../support/gateway.ts';

/** The registers offer operations of one key a call alone, and the gateway knows it. */
let mocks: RunningMocks;
let gateway: TestGateway;
beforeAll(async () => {
  mocks = await startMocks({ country, offer: 'single-alone' });
  gateway = await startTestGateway({ mocks, environment: { REGISTER_BATCHES: 'off' } });
});
afterAll(async () => {
  await gateway.close();
  await mocks.close();
});
beforeEach(() => {
  for (const { log } of Object.values(mocks.registers)) log.clear();
});

/** Calls by operation, of all registers. */
function operations(): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { log } of Object.values(mocks.registers)) {
    for (const { operation } of log.entries()) counts[operation] = (counts[operation] ?? 0) + 1;
  }
  return counts;
}

function calls(): number {
  return Object.values(mocks.registers).reduce((sum, { log }) => sum + log.calls, 0);
}

interface Factor {
  readonly fullName: string;
  readonly birthDate: string;
}

function factorOf(personalId: string): Factor {
  const person = country.person(personalId);
  if (!person) throw new Error('nobody');
  const fullName = [person.surname, person.middle, person.given].filter((part) => part !== '').join(' ');
  return { fullName, birthDate: person.birthDate };
}

/** The first of these persons whose birth date the register knows to the day, and who is like that. */
function personWith(
  ask: Parameters<typeof country.people>[0],
  isRight: (personalId: string) => boolean = () => true,
): string {
  for (const { personalId } of country.people(ask)) {
    if (country.person(personalId)?.birthDate.length === 10 && isRight(personalId)) return personalId;
  }
  throw new Error('nobody like that');
}

function companyOf(personalId: string): string | undefined {
  return country.businessesOf(personalId).find((code) => code.length === 10);
}

const FOUND = personWith(
  { with: ['land', 'business', 'marriage'] },
  (id) => companyOf(id) !== undefined && country.certificatesOf(id).length > 0,
);
const OFFICER = personWith({}, (id) => id !== FOUND);
const HIDDEN = personWith({ traits: ['protected'] });
const UNKNOWN = '000123456789';
const BUSINESS = companyOf(FOUND) ?? '';
const PARCEL = country.parcelsOf(FOUND)[0] ?? '';
const SERIAL = country.certificatesOf(FOUND)[0] ?? '';

const CITIZEN = `query($id: ID!, $match: CitizenMatch) { citizen(personalId: $id, match: $match) {
  personalId name { full } birthDate sex permanentResidence { full communeCode } } }`;

describe('public operations alone', () => {
  test('find a citizen by id, full name and birth date', async () => {
    const answer = await gateway.ask(CITIZEN, { id: FOUND, match: factorOf(FOUND) });
    expect(answer.errors).toEqual([]);
    expect(answer.data?.['citizen']).toMatchObject({
      personalId: FOUND,
      birthDate: factorOf(FOUND).birthDate,
      sex: country.person(FOUND)?.sex === 1 ? 'MALE' : 'FEMALE',
    });
    expect(operations()).toEqual({ TraCuuThongTinCongDan: 1 });
    expect(mocks.registers.population.log.entries()[0]).toMatchObject({
      purpose: 'inspection',
      officer: 'inspectorate',
    });
  });

  test('take one call a key for a list, and each person stands or falls alone', async () => {
    const query = `query($ids: [ID!]!, $matches: [CitizenMatch]) {
      citizens(personalIds: $ids, matches: $matches) { personalId status citizen { sex } } }`;
    const ids = [FOUND, HIDDEN, UNKNOWN, FOUND];
    const matches = [factorOf(FOUND), factorOf(HIDDEN), factorOf(FOUND), null];
    const answer = await gateway.ask(query, { ids, matches });
    expect(answer.data?.['citizens']).toMatchObject([
      { status: 'OK' },
      { status: 'NOT_FOUND' },
      { status: 'NOT_FOUND' },
      { status: 'SOURCE_UNAVAILABLE', citizen: null },
    ]);
    expect(faultsOf(answer)).toEqual(['citizens.3.citizen LOOKUP_UNSUPPORTED']);
    expect(operations()).toEqual({ TraCuuThongTinCongDan: 3 });
  });

  test('hide a protected person as if nobody had the number, at the cost of the same call', async () => {
    const answers = [];
    for (const [id, match] of [
      [HIDDEN, factorOf(HIDDEN)],
      [HIDDEN, factorOf(FOUND)],
      [UNKNOWN, factorOf(HIDDEN)],
    ] as const) {
      const before = calls();
      const { status, data, errors } = await gateway.ask(CITIZEN, { id, match });
      answers.push({ status, data, errors, calls: calls() - before });
    }
    expect(answers).toEqual(
      answers.map(() => ({ status: 200, data: { citizen: null }, errors: [], calls: 1 })),
    );
  });

  test('two factors for one person: the one that fits finds, the other is a mismatch', async () => {
    const answer = await gateway.ask(
      `query($id: ID!, $right: CitizenMatch, $wrong: CitizenMatch) {
        wrong: citizen(personalId: $id, match: $wrong) { sex }
        right: citizen(personalId: $id, match: $right) { sex } }`,
      { id: FOUND, right: factorOf(FOUND), wrong: { ...factorOf(FOUND), birthDate: '1901-01-01' } },
    );
    expect(answer.errors).toEqual([]);
    expect(answer.data).toMatchObject({ wrong: null, right: { sex: expect.any(String) as string } });
  });

  test('a record that fitted once answers nobody else without the factor', async () => {
    await gateway.ask(CITIZEN, { id: FOUND, match: factorOf(FOUND) });
    const wrong = { ...factorOf(FOUND), fullName: 'Nguyễn Văn Khác' };
    const before = calls();
    const answer = await gateway.ask(CITIZEN, { id: FOUND, match: wrong });
    expect(answer.data).toEqual({ citizen: null });
    expect(calls() - before).toBe(1);
  });

  test.each([
    ['', '1990-01-01'],
    ['Nguyễn\u0001 <b>]]>', '1990-01-01'],
  ])('a factor that cannot be anybody (%s, %s) is a mismatch', async (fullName, birthDate) => {
    const answer = await gateway.ask(CITIZEN, { id: FOUND, match: { fullName, birthDate } });
    expect(answer.text).toBe(
      (await gateway.ask(CITIZEN, { id: UNKNOWN, match: { fullName, birthDate } })).text,
    );
    expect(answer.data).toEqual({ citizen: null });
    expect(operations()).toEqual({ TraCuuThongTinCongDan: 2 });
  });

  test('find a business by its code, a parcel by its id, a certificate by its serial', async () => {
    const answer = await gateway.ask(
      `query($code: ID!, $parcel: ID!, $serial: ID!) {
        business(code: $code) { code name { vi } status }
        landParcel(id: $parcel) { id area uses { purposeCode } }
        landCertificate(serial: $serial) { serial parcels { id } } }`,
      { code: BUSINESS, parcel: PARCEL, serial: SERIAL },
    );
    expect(answer.errors).toEqual([]);
    expect(answer.data).toMatchObject({
      business: { code: BUSINESS },
      landParcel: { id: PARCEL.toLowerCase() },
      landCertificate: { parcels: expect.arrayContaining([]) as unknown },
    });
    expect(operations()).toMatchObject({ chiTietDoanhNghiep: 1, giayChungNhan: 1 });
  });

  test('what no register holds is null without an error', async () => {
    const answer = await gateway.ask(
      '{ business(code: "0199999977") { code } landParcel(id: "wzzzzzzzzzzz") { id } landCertificate(serial: "ZZ 99999999") { serial } }',
    );
    expect({ data: answer.data, errors: answer.errors }).toEqual({
      data: { business: null, landParcel: null, landCertificate: null },
      errors: [],
    });
  });

  test.each([
    ['business', 'code', BUSINESS],
    ['landParcel', 'id', PARCEL],
  ])(
    'a factor for a %s cannot be compared: each person whom it names would be a call',
    async (root, argument, key) => {
      const query = `query($key: ID!, $match: CitizenMatch) { ${root}(${argument}: $key, match: $match) { __typename ${argument} } }`;
      for (const match of [factorOf(FOUND), { ...factorOf(FOUND), birthDate: '1901-01-01' }]) {
        const answer = await gateway.ask(query, { key, match });
        expect(answer.data).toEqual({ [root]: null });
        expect(faultsOf(answer)).toEqual([`${root} LOOKUP_UNSUPPORTED`]);
      }
      expect(calls()).toBe(0);
    },
  );

  test('the register refuses one officer (005) and a procedure (004): those alone', async () => {
    const variables = { id: FOUND, match: factorOf(FOUND) };
    for (const officer of ['refused.lan', 'refused.004.lan']) {
      const answer = await gateway.ask(CITIZEN, variables, { officer });
      expect(faultsOf(answer)).toEqual(['citizen ROW_DENIED']);
      expect(answer.errors[0]?.extensions.rule).toBe('register-refusal');
    }
    expect((await gateway.ask(CITIZEN, variables, { officer: 'lan' })).errors).toEqual([]);
  });
});

/** What no public operation finds, below a citizen found by `match`. */
const BELOW = [
  'household { members { relationToHead } }',
  'birth { entryNo }',
  'marriages { entryNo }',
  'death { entryNo }',
  'landParcels { id }',
  'businesses { code }',
  'relatives { relation }',
];

/** Whole operations that no public operation answers, whoever is asked about. */
const ROOTS: readonly (readonly [name: string, query: string, path: string, caller: Caller])[] = [
  ['a citizen without a factor', 'query($id: ID!) { citizen(personalId: $id) { sex } }', 'citizen', {}],
  [
    'a list of citizens without factors',
    'query($id: ID!) { citizens(personalIds: [$id]) { status citizen { sex } } }',
    'citizens.0.citizen',
    {},
  ],
  [
    'a household business by its owner’s number',
    'query($id: ID!) { business(code: $id) { code } }',
    'business',
    {},
  ],
  [
    'a citizen, where the officer is a person whose relatives must be known',
    'query($id: ID!, $match: CitizenMatch) { citizen(personalId: $id, match: $match) { sex } }',
    'citizen',
    { officerPersonalId: OFFICER },
  ],
  [
    'a citizen under an agreement that is not cleared for deceased persons',
    'query($id: ID!, $match: CitizenMatch) { citizen(personalId: $id, match: $match) { name { full } } }',
    'citizen',
    { client: 'hcm-business-registry', purpose: 'business-registration' },
  ],
];

describe('LOOKUP_UNSUPPORTED', () => {
  test('stands at each field that leads to what no public operation finds, and costs no call', async () => {
    const query = `query($id: ID!, $match: CitizenMatch) { citizen(personalId: $id, match: $match) {
      sex ${BELOW.join(' ')} } }`;
    const answer = await gateway.ask(query, { id: FOUND, match: factorOf(FOUND) });
    const names = BELOW.map((one) => one.split(' ')[0] ?? '');
    expect(faultsOf(answer)).toEqual(names.map((name) => `citizen.${name} LOOKUP_UNSUPPORTED`).sort());
    expect(answer.data?.['citizen']).toMatchObject(Object.fromEntries(names.map((name) => [name, null])));
    expect(operations()).toEqual({ TraCuuThongTinCongDan: 1 });
  });

  test('stands at lists that name persons, on whom nobody can decide', async () => {
    const answer = await gateway.ask(
      `query($code: ID!, $parcel: ID!) {
        business(code: $code) { code legalRepresentatives { person { sex } } landParcels { id } }
        landParcel(id: $parcel) { id holders { name } } }`,
      { code: BUSINESS, parcel: PARCEL },
    );
    expect(faultsOf(answer)).toEqual([
      'business.landParcels LOOKUP_UNSUPPORTED',
      'business.legalRepresentatives LOOKUP_UNSUPPORTED',
      'landParcel.holders LOOKUP_UNSUPPORTED',
    ]);
    expect(operations()).not.toHaveProperty('TraCuuThongTinCongDan');
  });

  test.each(ROOTS)(
    '%s: one body and no call for somebody found, hidden, unknown',
    async (_name, query, path, caller) => {
      const bodies = new Set<string>();
      for (const id of [FOUND, HIDDEN, UNKNOWN]) {
        const match = factorOf(id === UNKNOWN ? FOUND : id);
        const answer = await gateway.ask(query, { id, match }, caller);
        expect(faultsOf(answer)).toEqual([`${path} LOOKUP_UNSUPPORTED`]);
        bodies.add(answer.text);
      }
      expect(bodies.size).toBe(1);
      expect(calls()).toBe(0);
    },
  );
});
