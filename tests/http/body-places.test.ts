import { expect, it } from 'vitest';
import { BodyPlaces } from '../../src/http/body-places.ts';

it('each caller has places of its own, and gets them back', () => {
  const places = new BodyPlaces(2);
  expect([places.take('a'), places.take('a'), places.take('a')]).toEqual([true, true, false]);
  expect(places.take('b')).toBe(true);
  places.giveBack('a');
  expect([places.take('a'), places.take('a')]).toEqual([true, false]);
  places.giveBack('a');
  places.giveBack('a');
  expect([places.take('a'), places.take('a'), places.take('a')]).toEqual([true, true, false]);
});
