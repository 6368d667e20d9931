import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildFreshSubjects } from '../../support/registers/fresh-subjects.ts';
import { country, faultsOf, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { CITIZEN, LAND_PARCEL } from '../../support/selections.ts';

/** Identifiers as people, offices and other systems write them. */
const NAME = 'query ($id: ID!) { citizen(personalId: $id) { name { full } } }';
const fresh = buildFreshSubjects(country);
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

describe('dossier numbers', () => {
  test.each([
    'H26-261121-0001',
    '000.00.01.H26-261121-0001',
    '000.A0.01.H26-210212-0090',
    '38.98.H29-210519-0013',
    'H26.12-261121-0001',
  ])('%s opens the data', async (caseId) => {
    const { variables } = fresh(CITIZEN);
    const answer = await gateway.ask(NAME, { id: variables.personalId }, { caseId });
    expect([answer.status, faultsOf(answer), answer.data?.['citizen']]).toEqual([
      200,
      [],
      { name: { full: expect.any(String) } },
    ]);
  });

  test.each(['000.00.01.H26-261121-9001', '38.98.H29-210519-8013'])(
    '%s follows the demo’s rules',
    async (caseId) => {
      const { variables } = fresh(CITIZEN);
      const answer = await gateway.ask(NAME, { id: variables.personalId }, { caseId });
      expect([answer.status, faultsOf(answer)]).toEqual([403, [' CASE_NOT_VALID']]);
    },
  );

  test.each(['H26-1', 'H26/261121/0001', '26.H-261121-0001', 'Nguyen Van An'])(
    '%s is malformed, and the message says the form',
    async (caseId) => {
      const answer = await gateway.ask(NAME, { id: fresh(CITIZEN).variables.personalId }, { caseId });
      expect([answer.status, faultsOf(answer)]).toEqual([403, [' CASE_NOT_VALID']]);
      expect(answer.errors[0]?.message).toContain('000.00.01.H26-261121-0001');
      expect(answer.text).not.toContain(caseId);
    },
  );
});

test.each(['003190900011', '000190900011', '100190900011', '999999999999'])(
  'any 12 digits are a personal id: %s is unknown, not malformed',
  async (id) => {
    const answer = await gateway.ask(NAME, { id });
    expect([answer.errors, answer.data]).toEqual([[], { citizen: null }]);
  },
);

test('a parcel’s id means the same in upper case', async () => {
  const parcelOf = (id: string): string | undefined =>
    country.parcelsOf(id).find((parcel) => /[a-z]/.test(parcel));
  const { key, variables, expected } = fresh(LAND_PARCEL, parcelOf);
  const answer = await gateway.ask(LAND_PARCEL, { ...variables, id: key.toUpperCase() });
  expect([answer.errors, answer.data]).toEqual([[], expected.data]);
});

test('a factor fits in any spelling that reads the same', async () => {
  // One after the other: to look at hundreds before the first question keeps this process from confirming its agreements.
  const person = Array(400)
    .keys()
    .map(() => country.person(fresh(CITIZEN).variables.personalId))
    .find(
      (one) => one && /[Đđ]/.test(`${one.surname}${one.middle}${one.given}`) && one.birthDate.length === 10,
    );
  expect(person).toBeDefined();
  const full = `${person?.surname} ${person?.middle} ${person?.given}`;
  const query = `query ($id: ID!, $match: CitizenMatch) { citizen(personalId: $id, match: $match) { personalId } }`;
  for (const fullName of [
    full,
    full.replaceAll('Đ', '\u00d0').replaceAll('đ', '\u00f0'),
    `\u200b${full}\ufeff`,
  ]) {
    const match = { fullName, birthDate: person?.birthDate };
    const answer = await gateway.ask(query, { id: person?.personalId, match });
    expect(answer.data).toEqual({ citizen: { personalId: person?.personalId } });
  }
});
