import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startMocks, type RunningMocks } from '../../../mocks/servers/servers.ts';
import { copyDemoAgreements, type DemoFolder } from '../../support/demo-folder.ts';
import {
  country,
  faultsOf,
  startTestGateway,
  type TestAnswer,
  type TestGateway,
} from '../../support/gateway.ts';

/** No rule of this agreement can deny anybody, so that none reads a record. */
const FILE = 'civil-status-registration.yaml';
const CALLER = { client: 'hn-hoankiem-civil', purpose: 'civil-status-registration' };

let folder: DemoFolder;
let mocks: RunningMocks;
let gateway: TestGateway;
let single: TestGateway;
beforeAll(async () => {
  folder = copyDemoAgreements();
  folder.change(FILE, /clearance: \[minors, deceased\]/, 'clearance: [minors, deceased, protected]');
  mocks = await startMocks({ country });
  const environment = { AGREEMENTS_DIR: folder.path };
  gateway = await startTestGateway({ mocks, environment });
  single = await startTestGateway({ mocks, environment: { ...environment, REGISTER_BATCHES: 'off' } });
});
afterAll(async () => {
  await gateway.close();
  await single.close();
  await mocks.close();
  folder.delete();
});
beforeEach(() => mocks.registers.population.log.clear());

function operations(): readonly string[] {
  return mocks.registers.population.log.entries().map(({ operation }) => operation);
}

/** The first person whose birth date the register knows to the day. */
function findDated() {
  for (const { personalId } of country.people()) {
    const person = country.person(personalId);
    if (person?.birthDate.length === 10) return person;
  }
  throw new Error('nobody like that');
}

const someone = findDated();
/** An officer whom no register knows is nobody's relative. */
const OFFICER = '000123456780';
const ID = someone.personalId;
const FACTOR = {
  fullName: [someone.surname, someone.middle, someone.given].filter(Boolean).join(' '),
  birthDate: someone.birthDate,
};

function ask(to: TestGateway, variables: object = {}, fields = '', caller: object = {}): Promise<TestAnswer> {
  return to.ask(
    `query($id: ID!, $fullName: String!, $birthDate: String!) { citizen(personalId: $id) {
      __typename matches(fullName: $fullName, birthDate: $birthDate) ${fields} } }`,
    { id: ID, ...FACTOR, ...variables },
    { ...CALLER, ...caller },
  );
}

describe('where nothing else reads the record, the register itself says yes or no', () => {
  test.each([
    ['who fits', {}, true],
    ['a name that does not', { fullName: 'Nguyễn Văn Khác' }, false],
    ['a number that nobody has', { id: '000123456789' }, false],
  ])('%s', async (_name, variables, matches) => {
    for (const to of [gateway, single]) {
      const answer = await ask(to, variables);
      expect(answer.errors).toEqual([]);
      expect(answer.data).toEqual({ citizen: { __typename: 'Citizen', matches } });
    }
    expect(operations()).toEqual(['XacThucThongTinCongDan', 'XacThucThongTinCongDan']);
  });

  test('each time anew, for whoever asks', async () => {
    await ask(gateway);
    await ask(gateway, {}, '', { officer: 'lan' });
    expect(operations()).toEqual(['XacThucThongTinCongDan', 'XacThucThongTinCongDan']);
    expect(mocks.registers.population.log.entries().map((line) => line.officer)).toEqual([
      'hn-hoankiem-civil',
      'lan',
    ]);
  });

  test('an officer whom the register refuses learns nothing', async () => {
    const answer = await ask(gateway, {}, '', { officer: 'refused.lan' });
    expect(answer.data).toEqual({ citizen: { __typename: 'Citizen', matches: null } });
    expect(faultsOf(answer)).toEqual(['citizen.matches ROW_DENIED']);
  });

  test('a fault of the register stands at the field', async () => {
    mocks.registers.population.faults.set({ fault: 'status', status: 503, times: 1 });
    expect(faultsOf(await ask(gateway))).toEqual(['citizen.matches SOURCE_UNAVAILABLE']);
  });
});

describe('as a finding of the gateway, where the record is read anyway', () => {
  test.each([
    ['another field reads it', 'name { full }', {}],
    ['the field is asked twice', 'again: matches(fullName: "A", birthDate: "1990-01-01")', {}],
    ['a rule about officers reads it', '', { officerPersonalId: OFFICER }],
  ])('%s', async (_name, fields, caller) => {
    const answer = await ask(gateway, {}, fields, caller);
    expect(answer.data).toMatchObject({ citizen: { matches: true } });
    expect(operations()).not.toContain('XacThucThongTinCongDan');
  });
});
