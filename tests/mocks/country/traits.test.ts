import { describe, expect, it } from 'vitest';
import { buildCountry } from '../../../mocks/country/country.ts';
import type { LandHolder, PersonReference } from '../../../mocks/country/records.ts';
import { TRAITS, type PlantedTruth, type Trait } from '../../../mocks/country/truth.ts';
import { sampleBlocks } from './sample.ts';

const country = buildCountry();

function take(count: number, people: Generator<PlantedTruth>): PlantedTruth[] {
  return people.take(count).toArray();
}

describe('planted traits', () => {
  it.each(TRAITS)('%s is found, in many provinces, with the truth kept', (trait) => {
    const people = take(100, country.people({ traits: [trait] }));
    expect(people).toHaveLength(100);
    expect(new Set(people.map((person) => person.permanentResidence.provinceCode)).size).toBeGreaterThan(10);
    for (const person of people) expect(person.traits).toContain(trait);
  });

  it.each([
    ['contradiction:death-not-in-population', true, false],
    ['contradiction:death-not-in-civil-status', false, true],
  ] as const)('%s: one register lacks the death', (trait, civil, population) => {
    for (const { personalId, truth } of take(20, country.people({ traits: [trait] }))) {
      expect(truth.deathDate).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(country.civilStatus(personalId)?.death?.date).toBe(civil ? truth.deathDate : undefined);
      expect(country.person(personalId)?.deathDate).toBe(population ? truth.deathDate : undefined);
    }
  });

  it.each(['contradiction:name-spelling', 'contradiction:name-upper-case'] as const)(
    '%s: two names',
    (trait) => {
      for (const person of take(600, country.people({ traits: [trait] }))) {
        const record = country.person(person.personalId);
        const written = [record?.surname, record?.middle, record?.given]
          .filter((part) => part !== '')
          .join(' ');
        expect(written).toBe(person.population.name?.full);
        expect(written).not.toBe(person.truth.name?.full);
        expect(country.civilStatus(person.personalId)?.birth?.child.fullName).toBe(person.truth.name?.full);
      }
    },
  );

  it.each(['contradiction:birth-date', 'contradiction:birth-year-only'] as const)(
    '%s: two dates',
    (trait) => {
      for (const person of take(50, country.people({ traits: [trait] }))) {
        const written = country.person(person.personalId)?.birthDate ?? '';
        expect(written).toBe(person.population.birthDate);
        expect(written).not.toBe(person.birthDate);
        expect(written).toMatch(
          trait.endsWith('only') ? /^\d{4}$/ : /^\d{4}-(0[1-9]|1[0-2])-([0-2]\d|3[01])$/,
        );
        expect(country.civilStatus(person.personalId)?.birth?.child.birthDate).toBe(person.birthDate);
      }
    },
  );

  it('marriage-not-in-population: single in one register, married in the other', () => {
    for (const person of take(50, country.people({ traits: ['contradiction:marriage-not-in-population'] }))) {
      const record = country.person(person.personalId);
      expect(record?.spouse).toBeUndefined();
      expect(record?.maritalCode).not.toBe(2);
      const inForce =
        country.civilStatus(person.personalId)?.marriages.filter(({ state }) => state === 1) ?? [];
      const ids = inForce.flatMap(({ husband, wife }) => [husband.personalId, wife.personalId]);
      expect(ids).toContain(person.truth.spouse?.personalId);
    }
  });

  it('protected, deceased and minor persons are so in the registers', () => {
    const records = (trait: Trait) =>
      take(50, country.people({ traits: [trait] })).map(({ personalId }) => country.person(personalId));
    for (const record of records('protected')) expect(record?.isProtected).toBe(true);
    for (const record of records('deceased')) expect((record?.deathDate ?? '9') < '2026-11-01').toBe(true);
    for (const record of records('minor')) expect((record?.birthDate ?? '') > '2008-11-01').toBe(true);
  });

  it('several traits hold together', () => {
    const people = take(5, country.people({ traits: ['protected', 'minor'] }));
    expect(people.map(({ traits }) => traits)).toEqual(people.map(() => ['protected', 'minor']));
    expect(people).toHaveLength(5);
  });

  it('a guarded child has a legal representative of age who lives elsewhere', () => {
    for (const { personalId, truth, traits } of take(30, country.people({ traits: ['guarded'] }))) {
      expect(traits).toContain('minor');
      const child = country.person(personalId);
      expect(child?.guardian?.personalId).toBe(truth.guardian?.personalId);
      const guardian = country.person(truth.guardian?.personalId ?? '');
      expect((guardian?.birthDate ?? '9') < '2001-11-01').toBe(true);
      expect(guardian?.residenceFileNo).not.toBe(child?.residenceFileNo);
      expect([child?.father?.personalId, child?.mother?.personalId]).not.toContain(guardian?.personalId);
    }
  });

  it('registers name people without a personal id in households, businesses and land, some by another document', () => {
    const named: (readonly (PersonReference | LandHolder | undefined)[])[][] = take(
      300,
      country.people({ traits: ['unidentified'] }),
    ).map(({ personalId }) => [
      country.household(country.person(personalId)?.residenceFileNo ?? '')?.members ?? [],
      country.businessesOf(personalId).flatMap((code) => country.business(code)?.representatives ?? []),
      country
        .parcelsOf(personalId)
        .flatMap((id) => country.parcel(id)?.holders.filter(({ kind }) => kind !== 'Tổ chức')),
    ]);
    for (const place of [0, 1, 2]) {
      const outsiders = named
        .flatMap((places) => places[place] ?? [])
        .filter((one) => one !== undefined && one.personalId === undefined);
      const documents = outsiders.map((one) => one?.documentNo);
      expect(documents).toContain(undefined);
      expect(documents.filter((number) => /^\d{9}$/.test(number ?? ''))).not.toEqual([]);
      expect(documents.filter((number) => /^[A-Z]\d{7}$/.test(number ?? ''))).not.toEqual([]);
    }
  });

  it('of some deaths the population register knows the year or the month alone', () => {
    const dates = take(200, country.people({ traits: ['deceased'] })).map(
      ({ personalId }) => country.person(personalId)?.deathDate ?? '',
    );
    expect(new Set(dates.map(({ length }) => length))).toEqual(new Set([4, 7, 10]));
  });

  it('few persons are owners of very many businesses', () => {
    const vast = [...country.hubs(101)];
    expect(vast.length).toBeGreaterThan(3);
    expect(vast.length).toBeLessThan(60);
    for (const hub of vast) expect(country.businessesOf(hub.personalId).length).toBeGreaterThan(100);
    expect(take(30, country.hubs(21))).toHaveLength(30);
  });
});

/** What the registers show about a person's surroundings, found without the generator's help. */
function surroundings(personalId: string): string[] {
  const record = country.person(personalId);
  const civil = country.civilStatus(personalId);
  const household = country.household(record?.residenceFileNo ?? '');
  const businesses = country.businessesOf(personalId).map((code) => country.business(code));
  const parcels = country.parcelsOf(personalId).map((id) => country.parcel(id));
  const people = [
    personalId,
    civil?.birth?.mother?.personalId,
    civil?.birth?.father?.personalId,
    record?.spouse?.personalId,
    ...(household?.members.map((member) => member.personalId) ?? []),
    ...businesses.flatMap((business) => business?.members.map((member) => member.personalId)),
    ...businesses.flatMap((business) => business?.representatives.map((person) => person.personalId)),
    ...parcels.flatMap((parcel) => parcel?.holders.map((holder) => holder.personalId)),
  ];
  return [...new Set(people.filter((id) => id !== undefined))];
}

describe('clean persons', () => {
  const clean = take(1500, country.people());

  it('are adults with parents in the country and company at home', () => {
    for (const person of clean) {
      const record = country.person(person.personalId);
      expect(person.birthDate < '2008-11-02').toBe(true);
      expect(person.traits).toEqual([]);
      expect(record?.father?.personalId).toBeDefined();
      expect(record?.mother?.personalId).toBeDefined();
      expect(country.household(record?.residenceFileNo ?? '')?.members.length).toBeGreaterThan(1);
    }
  });

  it('have nobody in trouble around them, nor has the spouse', () => {
    const around = clean.flatMap(({ personalId, spouse }) =>
      [personalId, spouse ?? personalId].flatMap(surroundings),
    );
    const troubled = around.filter((id) => {
      const truth = country.truth(id);
      return (
        truth === undefined ||
        truth.traits.some((trait) => trait !== 'minor') ||
        truth.businesses.length > 100
      );
    });
    expect(troubled).toEqual([]);
    expect(around.length).toBeGreaterThan(6000);
  });

  it('have what is asked, all of it, and live all over the country', () => {
    const people = take(300, country.people({ with: ['land', 'business', 'marriage'] }));
    expect(people).toHaveLength(300);
    expect(new Set(people.map((person) => person.permanentResidence.provinceCode)).size).toBeGreaterThan(25);
    for (const person of people) {
      expect(country.parcelsOf(person.personalId).length).toBeGreaterThan(0);
      expect(country.businessesOf(person.personalId).length).toBeGreaterThan(0);
      expect(person.marriages).toEqual([
        { spouse: { personalId: country.person(person.personalId)?.spouse?.personalId } },
      ]);
    }
  });

  it('are many in 00070', () => {
    const people = take(2000, country.people({ unit: '00070' }));
    expect(people).toHaveLength(2000);
    expect(new Set(people.map(({ personalId }) => personalId)).size).toBe(2000);
  });
});

describe('the whole', () => {
  const blocks = sampleBlocks(41);
  const persons = blocks.flatMap((block) => block.persons);
  const living = persons.filter((person) => person.death === undefined);
  const age = (birth: number): number => (20_758 - birth) / 365.25;
  const share = (part: number, whole: number): number => Math.round((100 * part) / whole);

  it.each([
    ['persons in a block', () => persons.length / blocks.length, 55, 75],
    [
      'per cent in untroubled blocks',
      () => share(blocks.filter(({ plan }) => !plan.troubled).length, blocks.length),
      40,
      60,
    ],
    ['per cent dead', () => share(persons.length - living.length, persons.length), 1, 10],
    ['per cent women', () => share(living.filter(({ sex }) => sex === 2).length, living.length), 45, 54],
    [
      'per cent under 15',
      () => share(living.filter(({ birth }) => age(birth) < 15).length, living.length),
      15,
      28,
    ],
    [
      'per cent over 65',
      () => share(living.filter(({ birth }) => age(birth) > 65).length, living.length),
      5,
      18,
    ],
    [
      'per cent named Nguyễn',
      () => share(persons.filter(({ name }) => name.surname === 'Nguyễn').length, persons.length),
      20,
      40,
    ],
    [
      'per cent Kinh',
      () => share(persons.filter(({ ethnicCode }) => ethnicCode === '01').length, persons.length),
      70,
      95,
    ],
    [
      'persons in ten households',
      () => Math.round((10 * living.length) / blocks.flatMap(({ households }) => households).length),
      32,
      41,
    ],
    ['parcels in a block', () => blocks.flatMap(({ parcels }) => parcels).length / blocks.length, 25, 70],
    [
      'businesses in a block',
      () => blocks.flatMap(({ businesses }) => businesses).length / blocks.length,
      4,
      16,
    ],
    [
      'per cent divorced or remarried',
      () =>
        share(
          living.filter(({ marriages }) => marriages.some(({ divorcedOn }) => divorcedOn !== undefined))
            .length,
          living.length,
        ),
      1,
      8,
    ],
  ])('%s', (_, measure, low, high) => {
    expect(measure()).toBeGreaterThanOrEqual(low);
    expect(measure()).toBeLessThanOrEqual(high);
  });

  it('has about the persons asked for, and room for 100 million', () => {
    expect((persons.length / blocks.length) * 15_625).toBeGreaterThan(900_000);
    const vast = buildCountry({ persons: 100_000_000 });
    const [someone] = vast.people({ unit: '00070', with: ['land'] });
    expect(someone?.permanentResidence.communeCode).toBe('00070');
    expect(vast.person(someone?.personalId ?? '')?.personalId).toBe(someone?.personalId);
  });
});
