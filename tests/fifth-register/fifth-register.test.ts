import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEMO_REGISTERS } from '../../mocks/registers/demo-registers.ts';
import { DEFAULT_REGISTERS } from '../../src/sources/default-registers.ts';
import { copyDemoAgreements, type DemoFolder } from '../support/demo-folder.ts';
import { recordOf } from '../support/edge.ts';
import { country, faultsOf, startTestGateway, type TestGateway } from '../support/gateway.ts';
import { disclosedIn } from '../support/recorded.ts';
import { vehiclesMock } from './vehicles-mock.ts';
import { vehiclesRegister } from './vehicles/register.ts';

/** A register that src does not know joins the four: two lines register it, below, and nothing of src changes. */
const owner = firstPerson();
const CAR = { plate: '30A12345', registeredOn: '2024-03-01', chassisNo: 'RLA-0001', ownerId: owner };
const SECOND = { plate: '29B54321', registeredOn: '2025-07-02', chassisNo: 'RLA-0002', ownerId: owner };

const AGREEMENT = `
id: vehicle-checks
version: 1
parties: { receiver: Cục Cảnh sát giao thông, providers: [population, vehicles] }
systems: [hn-land-office]
purpose: inspection
legalBasis: { instrument: Law 36/2024/QH15, article: '39', mark: modelled }
grant: vehicle-checks.graphql
categories: [BASIC]
answer: partial
case: { procedures: ['1.004222'] }
match: optional
rows: { territory: nation, clearance: [minors, deceased] }
volume: { recordsPerHour: 100000 }
validFrom: '2026-01-01'
validUntil: '2028-12-31'
`;
const GRANT = `query Checks($plate: ID!, $id: ID!) {
  vehicle(plate: $plate) { plate registeredOn owner { personalId name { full } } }
  citizen(personalId: $id) { personalId vehicles { plate registeredOn } }
}`;
const CALLER = { client: 'hn-land-office', purpose: 'inspection' };

let gateway: TestGateway;
let agreements: DemoFolder;
beforeAll(async () => {
  agreements = copyDemoAgreements();
  agreements.put('vehicle-checks.yaml', AGREEMENT);
  agreements.put('vehicle-checks.graphql', GRANT);
  gateway = await startTestGateway({
    environment: { AGREEMENTS_DIR: agreements.path },
    registers: [...DEFAULT_REGISTERS, vehiclesRegister],
    mockedRegisters: [...DEMO_REGISTERS, vehiclesMock([CAR, SECOND])],
  });
});
afterAll(async () => {
  await gateway.close();
  agreements.delete();
});

test('a vehicle leads to its owner, and the log has both by name of their register', async () => {
  const query = '{ vehicle(plate: "30A12345") { plate registeredOn owner { personalId name { full } } } }';
  const answer = await gateway.ask(query, {}, CALLER);
  expect(answer.errors).toEqual([]);
  expect(answer.data).toEqual({
    vehicle: {
      plate: CAR.plate,
      registeredOn: CAR.registeredOn,
      owner: { personalId: owner, name: { full: expect.stringMatching(/\p{L}+ \p{L}+/u) } },
    },
  });
  expect(disclosedIn(recordOf(gateway, answer))).toEqual(
    new Map([
      [
        `certificate ${CAR.plate}`,
        ['vehicles Vehicle.owner', 'vehicles Vehicle.plate', 'vehicles Vehicle.registeredOn'],
      ],
      [
        `person ${owner}`,
        ['population Citizen.name', 'population Citizen.personalId', 'population PersonName.full'],
      ],
    ]),
  );
});

test('a citizen leads to the vehicles', async () => {
  const query = 'query ($id: ID!) { citizen(personalId: $id) { vehicles { plate registeredOn } } }';
  const answer = await gateway.ask(query, { id: owner }, CALLER);
  expect(answer.errors).toEqual([]);
  expect(answer.data).toEqual({
    citizen: {
      vehicles: [CAR, SECOND].map(({ plate, registeredOn }) => ({ plate, registeredOn })),
    },
  });
  expect([...disclosedIn(recordOf(gateway, answer)).keys()].sort()).toEqual([
    `certificate ${SECOND.plate}`,
    `certificate ${CAR.plate}`,
    `person ${owner}`,
  ]);
});

test('a field of the fifth register that is not granted is denied', async () => {
  const query = '{ vehicle(plate: "30A12345") { plate chassisNo } }';
  const answer = await gateway.ask(query, {}, CALLER);
  expect(answer.data).toEqual({ vehicle: { plate: CAR.plate, chassisNo: null } });
  expect(faultsOf(answer)).toEqual(['vehicle.chassisNo FIELD_NOT_GRANTED']);
  const others = await gateway.ask(query);
  expect(others.data).toEqual({ vehicle: null });
  expect(others.text).not.toContain(CAR.registeredOn);
});

test('a plate that is none, an unknown one, and a register that is down', async () => {
  const ask = (plate: string) =>
    gateway.ask('query ($plate: ID!) { vehicle(plate: $plate) { plate registeredOn } }', { plate }, CALLER);
  expect(faultsOf(await ask('30-A1'))).toEqual(['vehicle BAD_IDENTIFIER']);
  const unknown = await ask('99Z99999');
  expect(unknown.errors).toEqual([]);
  expect(unknown.data).toEqual({ vehicle: null });
  const vehicles = Object.entries(gateway.mocks.urls).find(([name]) => name === 'vehicles')?.[1] ?? '';
  const down = { fault: 'status', status: 503 };
  await fetch(`${vehicles}/_faults`, { method: 'PUT', body: JSON.stringify(down) });
  expect(faultsOf(await ask('88C88888'))).toEqual([
    'vehicle.plate SOURCE_UNAVAILABLE',
    'vehicle.registeredOn SOURCE_UNAVAILABLE',
  ]);
});

test('metrics and plain words name it as they name the four', async () => {
  const metrics = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
  expect(metrics).toContain('gateway_register_items_total{register="vehicles"}');
  const accesses = await gateway.ask(
    '{ myAccesses { accesses { text } } }',
    {},
    {
      citizen: owner,
      purpose: null,
      caseId: null,
    },
  );
  expect(accesses.text).toContain(vehiclesRegister.legalName.vi);
});

/** A living adult without anything that a row rule or a planted contradiction would hide. */
function firstPerson(): string {
  for (const { personalId } of country.people({ with: ['land'] })) return personalId;
  throw new Error('the country has nobody');
}
