import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectedAnswer } from '../../support/country-oracle.ts';
import { country, faultsOf, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { INSPECTORATE } from '../../support/oracles/row-rulings.ts';

const CASE = 'H26-261121-0001';
const PLACE =
  'full provinceCode districtCode communeCode country provinceName communeName currentCommuneCode';
const RESIDENCE = `${PLACE} startedOn expiresOn deletedOn deletionReason`;
const IDENTITY = 'personalId name { full } birthDate sex';
/** Every field of the population register that is not sensitive, but for evaluations. */
const FIELDS = `personalId name { full surname middle given } otherNames birthDate sex
  placeOfBirth { ${PLACE} } birthRegistrationPlace { ${PLACE} } ancestralHome { ${PLACE} } nationalities
  oldIdNumbers idCards { number issuedOn issuedBy expiresOn }
  relatives { relation name oldIdNumber nationalities person { ${IDENTITY} } }
  permanentResidence { ${RESIDENCE} } temporaryResidence { ${RESIDENCE} } currentResidence { ${RESIDENCE} }
  absenceDeclaration { status startedOn endedOn destination } residenceFileNo maritalStatus relationToHead
  household { head { ${IDENTITY} } members { name oldIdNumber relationToHead person { ${IDENTITY} } } }
  deathDate missingSince contact { mobile email } occupation`;
const PERSON = `query Person($id: ID!) { citizen(personalId: $id) { ${FIELDS} } }`;
const SENSITIVE = 'query Sensitive($id: ID!) { citizen(personalId: $id) { ethnicity religion bloodType } }';

function take(query: Parameters<typeof country.people>[0], count: number): readonly string[] {
  return [...country.people(query).take(count)].map(({ personalId }) => personalId);
}

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

describe('every field of the population register', () => {
  it.each([
    ['persons', take({}, 12)],
    ['married persons', take({ with: ['marriage'] }, 12)],
    ['the dead', take({ traits: ['deceased'] }, 6)],
    ['children with a guardian', take({ traits: ['minor', 'guarded'] }, 4)],
    ['persons around somebody without a personal id', take({ traits: ['unidentified'] }, 6)],
    ['somebody protected', take({ traits: ['protected'] }, 2)],
  ])('of %s is what the country holds', async (_who, ids) => {
    for (const id of ids) {
      const answer = await gateway.ask(PERSON, { id });
      const expected = expectedAnswer(country, PERSON, { id }, undefined, {
        asker: INSPECTORATE,
        caseId: CASE,
      });
      expect(answer.data).toEqual(expected.data);
      expect(faultsOf(answer)).toEqual(expected.faults);
    }
  });

  it('is denied where it is sensitive', async () => {
    const answer = await gateway.ask(SENSITIVE, { id: take({}, 1)[0] });
    expect(faultsOf(answer)).toEqual(
      ['bloodType', 'ethnicity', 'religion'].map((field) => `citizen.${field} FIELD_NOT_GRANTED`),
    );
  });
});

describe('a protected person', () => {
  /** Protected persons with those who name them: kin, and others of the household. */
  const cases = take({ traits: ['protected'] }, 12).flatMap((hidden) => {
    const record = country.person(hidden);
    const household = country.household(record?.residenceFileNo ?? '')?.members ?? [];
    const kin = [record?.father, record?.mother, record?.spouse, ...(record?.children ?? []), ...household];
    const ids = new Set(kin.flatMap((one) => one?.personalId ?? []));
    const seen = [...ids].filter((id) => id !== hidden && country.person(id)?.isProtected === false);
    return seen.map((id) => ({ hidden, id }));
  });

  it('is in no answer about kin or household: neither number nor name', async () => {
    expect(cases.length).toBeGreaterThan(20);
    for (const { hidden, id } of cases) {
      const { text } = await gateway.ask(PERSON, { id });
      const record = country.person(hidden);
      const fullName = [record?.surname, record?.middle, record?.given].filter(Boolean).join(' ');
      expect(text).toContain(id);
      expect(text).not.toContain(hidden);
      for (const number of record?.oldIdNumbers ?? []) expect(text).not.toContain(number);
      expect(text).not.toContain(fullName);
    }
  });
});
