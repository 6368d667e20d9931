import { parse } from 'graphql';
import { expect, test } from 'vitest';
import { CONTRADICTIONS } from '../../../mocks/country/model/block.ts';
import { expectedAnswer } from '../../support/country-oracle.ts';
import {
  buildCountryParts,
  buildSchemaParts,
  buildSingleCallSources,
  createTestReader,
  OPEN_RIGHTS,
  runPlan,
} from '../../support/plan-parts.ts';

/** What minimised fields answer about the country's people, against its records themselves. */
const parts = buildSchemaParts();
const { country, connectors } = buildCountryParts();
const sources = buildSingleCallSources(connectors);

const TRAITS = [
  'minor',
  'deceased',
  ...CONTRADICTIONS.map((kind) => `contradiction:${kind}` as const),
] as const;
const ids: string[] = [];
for (const trait of TRAITS) ids.push(...firstIds(country.people({ traits: [trait] }), 6));
ids.push(...firstIds(country.people({ with: ['land', 'business', 'marriage'] }), 20));

ids.push(...firstIds(partlyKnown(), 6));

function* partlyKnown() {
  for (const person of country.people()) if (person.birthDate.length < 10) yield person;
}

function firstIds(people: Iterable<{ readonly personalId: string }>, count: number): readonly string[] {
  const taken: string[] = [];
  for (const { personalId } of people) {
    if (taken.push(personalId) === count) break;
  }
  return taken;
}

const DAYS = [OPEN_RIGHTS.today, '2026-11-20', '2026-11-22', '2018-06-30', '2000-01-01', '1985-02-28'];

/** Questions whose answers are true for somebody near, and for the person. */
function questionsAbout(id: string): string {
  const person = country.person(id);
  const other = country.person(ids.at(id === ids.at(-1) ? -2 : -1) ?? '');
  if (!person || !other) throw new Error('no such person');
  const name = [person.surname, person.middle, person.given].filter((part) => part !== '').join(' ');
  const events = country.civilStatus(id);
  // The year of coming of age, of which a partial birth date leaves days open.
  const comingOfAge = `${Number(person.birthDate.slice(0, 4)) + 18}-06-30`;
  const days = [...DAYS, comingOfAge, ...(events?.marriages.map(({ registeredOn }) => registeredOn) ?? [])];
  const questions = [
    `matches(fullName: ${JSON.stringify(name)}, birthDate: "${person.birthDate}")`,
    `matches(fullName: ${JSON.stringify(name)}, birthDate: "1990-05-12")`,
    `matches(fullName: "Nguyễn Văn Khác", birthDate: "${person.birthDate}")`,
    'isAdult',
    'isAlive',
    'isMarried',
    ...days.flatMap((day) => [`isAdult(on: "${day}")`, `isMarried(on: "${day}")`]),
    ...[0, 14, 16, 18, 60, 80].map((years) => `ageAtLeast(years: ${years})`),
    ...[person, other].flatMap(({ permanentResidence: { communeCode, provinceCode } }) =>
      [communeCode, provinceCode].filter((code) => code !== '').map((code) => `livesIn(unitCode: "${code}")`),
    ),
    ...[...country.parcelsOf(id), ...country.parcelsOf(other.personalId)]
      .slice(0, 4)
      .map((parcel) => `ownsParcel(id: "${parcel}")`),
    ...[...country.businessesOf(id), ...country.businessesOf(other.personalId)]
      .slice(0, 4)
      .map((code) => `representsBusiness(code: "${code}")`),
  ];
  return questions.map((question, index) => `q${index}: ${question}`).join(' ');
}

test('about the country’s people, as its records have it', async () => {
  const answers = new Map<string, Set<unknown>>();
  for (const id of ids) {
    const source = `{ citizen(personalId: "${id}") { ${questionsAbout(id)} } }`;
    const ours = await runPlan(parts, createTestReader(sources), parse(source), {});
    const wanted = expectedAnswer(country, source, {}, OPEN_RIGHTS.today);
    expect({ source, data: JSON.parse(JSON.stringify(ours.data)) }).toEqual({ source, data: wanted.data });
    expect(ours.errors.map(({ path, code }) => `${path.join('.')} ${code}`).sort()).toEqual(wanted.faults);
    for (const [, place = '', field = ''] of source.matchAll(/(q\d+): (\w+)/g)) {
      const value: unknown = Object(Object(ours.data)['citizen'])[place];
      answers.set(field, (answers.get(field) ?? new Set()).add(value));
    }
  }
  // Questions that are all answered alike would agree as well.
  for (const values of answers.values()) expect([...values]).toEqual(expect.arrayContaining([true, false]));
  expect(answers.size).toBe(8);
  expect(answers.get('isAdult')).toContain(null);
});
