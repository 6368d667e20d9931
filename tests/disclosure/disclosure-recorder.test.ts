import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  DisclosureRecorder,
  omit,
  type NotedField,
  type RecordOrigin,
  type SubjectDisclosure,
} from '../../src/disclosure/disclosure-recorder.ts';
import { NO_SUBJECT, type Subject } from '../../src/disclosure/subject.ts';

const ANH: Subject = { kind: 'person', key: '001190900011' };
const BINH: Subject = { kind: 'person', key: '001190900012' };
const PARCEL: Subject = { kind: 'parcel', key: '001190900011' };
const POPULATION: RecordOrigin = { register: 'population', isCached: false, upstreamId: 'up-1' };
const HOUSEHOLD: RecordOrigin = { register: 'population', isCached: false, upstreamId: 'up-2' };
const CACHED: RecordOrigin = { register: 'population', isCached: true, upstreamId: null };
const LAND: RecordOrigin = { register: 'land', isCached: true, upstreamId: null };

function field(coordinate: string, origin = 0): NotedField {
  return { coordinate, origin };
}

/** One register's part of a disclosure. */
function part(
  register: string,
  coordinates: readonly string[],
  isCached: boolean,
  upstreamIds: readonly string[],
) {
  return { register, coordinates, isCached, upstreamIds };
}

describe('one entry a subject', () => {
  test('a field stands under the register that its record came from', () => {
    const recorder = new DisclosureRecorder();
    const fields = [field('Citizen.name'), null, field('Citizen.landParcels', 1)];
    recorder.note(ANH, fields, [POPULATION, LAND]);
    expect(recorder.subjects()).toEqual([
      {
        subject: ANH,
        outcome: 'disclosed',
        rule: null,
        caseIds: [],
        disclosed: [
          part('population', ['Citizen.name'], false, ['up-1']),
          part('land', ['Citizen.landParcels'], true, []),
        ],
      },
    ]);
  });

  test('all places of a subject are one entry, each coordinate and upstream id once', () => {
    const recorder = new DisclosureRecorder();
    recorder.note(ANH, [field('Citizen.name'), field('Citizen.sex')], [POPULATION]);
    recorder.note(BINH, [field('Citizen.name')], [POPULATION]);
    // The same person again, as somebody's spouse: another object, the same key.
    recorder.note({ ...ANH }, [field('Citizen.sex'), field('Citizen.birthDate')], [POPULATION]);
    recorder.note(ANH, [field('PersonName.full')], [HOUSEHOLD]);
    const coordinates = ['Citizen.name', 'Citizen.sex', 'Citizen.birthDate', 'PersonName.full'];
    expect(recorder.subjects()).toEqual([
      {
        subject: ANH,
        outcome: 'disclosed',
        rule: null,
        caseIds: [],
        disclosed: [part('population', coordinates, false, ['up-1', 'up-2'])],
      },
      {
        subject: BINH,
        outcome: 'disclosed',
        rule: null,
        caseIds: [],
        disclosed: [part('population', ['Citizen.name'], false, ['up-1'])],
      },
    ]);
  });

  test('a register that answered in part from the cache is marked as both', () => {
    const recorder = new DisclosureRecorder();
    recorder.note(ANH, [field('Citizen.name')], [POPULATION]);
    recorder.note(ANH, [field('Citizen.sex')], [CACHED]);
    expect(recorder.subjects()[0]?.disclosed).toEqual([
      part('population', ['Citizen.name', 'Citizen.sex'], true, ['up-1']),
    ]);
  });

  test('an equal key of another kind is another subject; nobody is none', () => {
    const recorder = new DisclosureRecorder();
    recorder.note(ANH, [field('Citizen.name')], [POPULATION]);
    recorder.note(PARCEL, [field('LandParcel.area')], [LAND]);
    recorder.note(NO_SUBJECT, [field('Unit.name')], [POPULATION]);
    expect(recorder.subjects().map(({ subject }) => subject)).toEqual([ANH, PARCEL]);
  });

  test('somebody named without an id is an entry beside the carrier, with what it is known by', () => {
    const recorder = new DisclosureRecorder();
    const through: Subject = { kind: 'unidentified', key: ANH.key };
    recorder.note(ANH, [field('Citizen.mother')], [POPULATION]);
    recorder.note(through, [field('Parent.name')], [POPULATION]);
    expect(recorder.subjects()).toEqual([
      {
        subject: ANH,
        outcome: 'disclosed',
        rule: null,
        caseIds: [],
        disclosed: [part('population', ['Citizen.mother'], false, ['up-1'])],
      },
      {
        subject: through,
        outcome: 'disclosed',
        rule: null,
        caseIds: [],
        disclosed: [part('population', ['Parent.name'], false, ['up-1'])],
      },
    ]);
  });
});

describe('omitted fields', () => {
  const fields = [field('Citizen.name'), field('Citizen.landParcels', 1), field('Citizen.sex')];

  test('are not disclosed, and a register of which nothing stands in the answer is not named', () => {
    const recorder = new DisclosureRecorder();
    const note = recorder.note(ANH, fields, [POPULATION, LAND]);
    omit(note, 1);
    omit(note, 2);
    expect(recorder.subjects()[0]?.disclosed).toEqual([
      part('population', ['Citizen.name'], false, ['up-1']),
    ]);
  });

  test('count for their own place alone, also where they are found null after the note', () => {
    const recorder = new DisclosureRecorder();
    const note = recorder.note(ANH, fields, [POPULATION, LAND]);
    omit(recorder.note(BINH, fields, [POPULATION, LAND]), 0);
    omit(note, 2);
    expect(
      recorder.subjects().map(({ disclosed }) => disclosed.flatMap(({ coordinates }) => coordinates)),
    ).toEqual([
      ['Citizen.name', 'Citizen.landParcels'],
      ['Citizen.sex', 'Citizen.landParcels'],
    ]);
  });

  test('all of them: no entry, unless the subject was asked for', () => {
    const recorder = new DisclosureRecorder();
    const first = recorder.note(ANH, fields, [POPULATION, LAND]);
    const second = recorder.note(BINH, fields, [POPULATION, LAND]);
    for (const index of [0, 1, 2]) {
      omit(first, index);
      omit(second, index);
    }
    recorder.asked(BINH, 'disclosed');
    expect(recorder.subjects()).toEqual([
      { subject: BINH, outcome: 'disclosed', rule: null, caseIds: [], disclosed: [] },
    ]);
  });
});

const OUTCOMES: readonly SubjectDisclosure['outcome'][] = ['not-found', 'denied', 'failed', 'refused'];

test('a denied subject has its rule, unless another asking of it told more', () => {
  const recorder = new DisclosureRecorder();
  recorder.asked(ANH, 'denied', 'match');
  expect(recorder.subjects()).toMatchObject([{ subject: ANH, outcome: 'denied', rule: 'match' }]);
  recorder.asked(ANH, 'not-found');
  expect(recorder.subjects()).toMatchObject([{ subject: ANH, outcome: 'not-found', rule: null }]);
});

test('cases are named where they are not the request’s own alone', () => {
  const recorder = new DisclosureRecorder(undefined, 'H26-261121-0001');
  recorder.asked(ANH, 'not-found', null, 'H26-261121-0001');
  recorder.asked(BINH, 'not-found', null, 'H26-261121-0001');
  recorder.asked(BINH, 'denied', 'protected', 'H26-261121-0002');
  expect(recorder.subjects().map(({ caseIds }) => caseIds)).toEqual([
    [],
    ['H26-261121-0001', 'H26-261121-0002'],
  ]);
});

test.each(OUTCOMES)('who was asked for is on record with nothing disclosed: %s', (outcome) => {
  const recorder = new DisclosureRecorder();
  recorder.asked(ANH, outcome);
  expect(recorder.subjects()).toEqual([{ subject: ANH, outcome, rule: null, caseIds: [], disclosed: [] }]);
});

test('who was asked for and is in the answer is on record once, as disclosed', () => {
  const recorder = new DisclosureRecorder();
  recorder.asked(ANH, 'not-found');
  recorder.note(ANH, [field('Citizen.name')], [POPULATION]);
  expect(recorder.subjects().map(({ subject, outcome }) => [subject, outcome])).toEqual([[ANH, 'disclosed']]);
});

test.each([
  [['disclosed', 'not-found'], 'disclosed'],
  [['not-found', 'disclosed', 'failed'], 'disclosed'],
  [['failed', 'not-found'], 'not-found'],
  [['denied', 'failed', 'denied'], 'failed'],
] as const)('of several outcomes %j the one that tells most stands: %s', (outcomes, outcome) => {
  const recorder = new DisclosureRecorder();
  for (const one of outcomes) recorder.asked(BINH, one);
  expect(recorder.subjects()).toEqual([{ subject: BINH, outcome, rule: null, caseIds: [], disclosed: [] }]);
});

test('nothing noted: nobody', () => {
  expect(new DisclosureRecorder().subjects()).toEqual([]);
});

const ORIGINS = [POPULATION, HOUSEHOLD, CACHED, LAND];
const PLANS = [6, 40].map((length) =>
  [0, 1, 2].map((plan) =>
    Array.from({ length }, (_, index) =>
      index % 7 === 3 ? null : field(`Plan${plan % 2}.field${index}`, (index * (plan + 1)) % ORIGINS.length),
    ),
  ),
);
const notes = fc.array(
  fc.record({
    subject: fc.constantFrom(ANH, BINH, PARCEL, { ...ANH }),
    fields: fc.constantFrom(...PLANS.flat()),
    omitted: fc.array(fc.integer({ min: -1, max: 40 }), { maxLength: 6 }),
    origins: fc.shuffledSubarray(ORIGINS, { minLength: 1 }),
  }),
  { maxLength: 30 },
);

test('random notes: for each subject and register exactly the coordinates, ids and marks of its notes', () => {
  fc.assert(
    fc.property(notes, (all) => {
      const recorder = new DisclosureRecorder();
      const wanted = new Set<string>();
      for (const { subject, fields, omitted, origins } of all) {
        const note = recorder.note(subject, fields, origins);
        for (const index of omitted) omit(note, index);
        for (const [index, noted] of fields.entries()) {
          const origin = noted && !omitted.includes(index) ? origins[noted.origin] : undefined;
          if (!noted || !origin) continue;
          const place = `${subject.kind} ${subject.key} ${origin.register}`;
          wanted.add(`${place} has ${noted.coordinate}`).add(`${place} from ${origin.upstreamId ?? 'cache'}`);
        }
      }
      const found = recorder.subjects().flatMap(({ subject, disclosed }) =>
        disclosed.flatMap(({ register, coordinates, isCached, upstreamIds }) => {
          const place = `${subject.kind} ${subject.key} ${register}`;
          const sources = isCached ? [...upstreamIds, 'cache'] : upstreamIds;
          return [
            ...coordinates.map((coordinate) => `${place} has ${coordinate}`),
            ...sources.map((source) => `${place} from ${source}`),
          ];
        }),
      );
      expect(found.toSorted()).toEqual([...wanted].toSorted());
    }),
    { numRuns: 300 },
  );
});
