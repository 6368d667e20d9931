import { describe, expect, test } from 'vitest';
import { buildMocks } from '../../../mocks/build-mocks.ts';
import { DEMO_REGISTER_CREDENTIALS } from '../../../mocks/demo-secrets.ts';
import { readOffer } from '../../../mocks/registers/register.ts';
import { DEFAULT_REGISTERS } from '../../../src/sources/default-registers.ts';
import type { Connector } from '../../../src/sources/calls/connector.ts';
import { buildInProcessTransport } from '../../support/registers/in-process-transport.ts';
import type { Register } from '../../support/registers/register-of.ts';
import { country } from '../../support/gateway.ts';
import { CALL, codeOf, itemOf } from '../../sources/fixtures/register-fixture.ts';

const [person] = country.people();
const ID = person?.personalId ?? '';

function connectorTo(name: Register, offer: 'batches-too' | 'single-alone'): Connector {
  const mocks = buildMocks(country, undefined, offer);
  const register = DEFAULT_REGISTERS.find((one) => one.name === name);
  if (!register) throw new Error('no register');
  const transport = buildInProcessTransport((request) =>
    Promise.resolve(mocks.registers[name].handle(request)),
  );
  return register.connect(transport, DEMO_REGISTER_CREDENTIALS[name]);
}

const KINDS: Readonly<Record<Register, readonly `${string}.${string}`[]>> = {
  population: ['population.person', 'population.household'],
  business: ['business.business', 'business.interests'],
  'civil-status': ['civil-status.events'],
  land: ['land.parcel', 'land.certificate', 'land.holdings'],
};

describe.each(Object.keys(KINDS) as Register[])('%s', (name) => {
  test.each(KINDS[name])('refuses the batch of %s where it offers single operations alone', async (kind) => {
    const key = kind === 'land.certificate' ? 'AA00000001' : ID;
    expect(await codeOf(connectorTo(name, 'batches-too').fetch([itemOf(kind, key)], CALL))).toBe('fulfilled');
    expect(await codeOf(connectorTo(name, 'single-alone').fetch([itemOf(kind, key)], CALL))).toBe(
      'SOURCE_UNAVAILABLE',
    );
  });
});

test('population refuses a procedure that is not licensed, whoever asks', async () => {
  const call = { ...CALL, purpose: 'unlicensed-survey' };
  const items = ['officer.one', 'officer.two'].map((officer) => itemOf('population.person', ID, officer));
  const { rows } = await connectorTo('population', 'batches-too').fetch(items, call);
  expect(rows.map(({ refused }) => refused)).toEqual([['officer.one'], ['officer.two']]);
});

test('the switch is the gateway’s own setting', () => {
  expect(['off', ' off ', 'on', '', undefined].map(readOffer)).toEqual([
    'single-alone',
    'single-alone',
    'batches-too',
    'batches-too',
    'batches-too',
  ]);
});
