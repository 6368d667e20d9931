import { expect, test } from 'vitest';
import { keyPrefixOf } from '../../src/cache/key-prefix.ts';

const POPULATION = 'type Citizen { name: String }';
const LAND = 'type LandParcel { area: Float }';

test('releases with the same schema share records', () => {
  expect(keyPrefixOf([POPULATION, LAND])).toBe(keyPrefixOf([POPULATION, LAND]));
});

test.each([
  ['a field', ['type Citizen { name: String religion: String }', LAND]],
  ['a register', [POPULATION, LAND, 'type Vehicle { plate: String }']],
  ['a type of a field', ['type Citizen { name: Int }', LAND]],
])('a release with %s more or other shares none', (_what, sdl) => {
  expect(keyPrefixOf(sdl)).not.toBe(keyPrefixOf([POPULATION, LAND]));
});
