import { afterAll, beforeAll, expect, test } from 'vitest';
import { setFault } from '../../../mocks/commands/set-fault.ts';
import { startMocks, type RunningMocks } from '../../../mocks/servers/servers.ts';
import { fixtureCountry } from '../fixture-country.ts';

let mocks: RunningMocks;
beforeAll(async () => {
  mocks = await startMocks({ country: fixtureCountry });
});
afterAll(() => mocks.close());

const NOTHING = { times: undefined, ms: undefined, status: undefined, url: undefined, mocksPort: undefined };
const set = (given: Partial<Parameters<typeof setFault>[0]>) =>
  setFault({ ...NOTHING, register: 'land', kind: 'hang', url: mocks.urls['land'], ...given });
const statusNow = async () => (await fetch(`${mocks.urls['land']}/anything`).catch(() => null))?.status ?? 0;

test('a fault holds until it is ended', async () => {
  const before = await statusNow();
  expect(await set({ kind: 'status', status: '503' })).toBe('land: status');
  expect(await statusNow()).toBe(503);
  expect(await set({ kind: 'none' })).toBe('land: no fault');
  expect(await statusNow()).toBe(before);
});

test('a fault holds for so many calls', async () => {
  const before = await statusNow();
  await set({ kind: 'drop', times: '1' });
  expect([await statusNow(), await statusNow()]).toEqual([0, before]);
});

test.each([
  [{ register: 'water' }, 'REGISTER is one of: population, business, land, civil-status.'],
  [{ kind: 'rain' }, 'KIND is one of: none, delay'],
  [{ kind: 'delay' }, 'KIND is one of: none, delay'],
  [{ kind: 'hang', times: 'many' }, 'KIND is one of: none, delay'],
  [{ url: 'http://127.0.0.1:1' }, 'No mock of land answers there.'],
  [{ url: undefined }, 'Start the demo with MOCKS_PORT set'],
])('%o is refused', async (given, message) => {
  await expect(set(given)).rejects.toThrow(message);
});
