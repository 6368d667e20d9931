import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AgeClass } from '../../src/disclosure/age-class.ts';
import { DisclosureRecorder, type SubjectDisclosure } from '../../src/disclosure/disclosure-recorder.ts';
import { noteEmpty, omit, type NotedField, type RecordOrigin } from '../../src/disclosure/object-note.ts';
import { inputsOf, NO_INPUTS } from '../../src/policy/row-rules/rule-inputs.ts';
import { NO_SUBJECT, type Subject } from '../../src/disclosure/subject.ts';

const ANH: Subject = { kind: 'person', key: '001190900011' };
const BINH: Subject = { kind: 'person', key: '001190900012' };
const PARCEL: Subject = { kind: 'parcel', key: '001190900011' };
const POPULATION: RecordOrigin = { register: 'population', upstreamId: 'up-1', age: 'live' };
const HOUSEHOLD: RecordOrigin = { register: 'population', upstreamId: 'up-2', age: 'live' };
const CACHED: RecordOrigin = { register: 'population', upstreamId: null, age: '10m' };
const LAND: RecordOrigin = { register: 'land', upstreamId: null, age: '1m' };

function field(coordinate: string, origin = 0): NotedField {
  return { coordinate, origin };
}

/** One register's part of a disclosure. */
function part(
  register: string,
  coordinates: readonly string[],
  age: AgeClass,
  upstreamIds: readonly string[],
  status: 'value' | 'none' = 'value',
) {
  return { register, status, age, isCached: age !== 'live', coordinates, upstreamIds };
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
        inputs: NO_INPUTS,
        caseIds: [],
        disclosed: [
          part('population', ['Citizen.name'], 'live', ['up-1']),
          part('land', ['Citizen.landParcels'], '1m', []),
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
        inputs: NO_INPUTS,
        caseIds: [],
        disclosed: [part('population', coordinates, 'live', ['up-1', 'up-2'])],
      },
      {
        subject: BINH,
        outcome: 'disclosed',
        rule: null,
        inputs: NO_INPUTS,
        caseIds: [],
        disclosed: [part('population', ['Citizen.name'], 'live', ['up-1'])],
      },
    ]);
  });

  test('a register that answered in part from the cache is marked as both', () => {
    const recorder = new DisclosureRecorder();
    recorder.note(ANH, [field('Citizen.name')], [POPULATION]);
    recorder.note(ANH, [field('Citizen.sex')], [CACHED]);
    expect(recorder.subjects()[0]?.disclosed).toEqual([
      part('population', ['Citizen.name', 'Citizen.sex'], '10m', ['up-1']),
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
        inputs: NO_INPUTS,
        caseIds: [],
        disclosed: [part('population', ['Citizen.mother'], 'live', ['up-1'])],
      },
      {
        subject: through,
        outcome: 'disclosed',
        rule: null,
        inputs: NO_INPUTS,
        caseIds: [],
        disclosed: [part('population', ['Parent.name'], 'live', ['up-1'])],
      },
    ]);
  });
});

describe('age', () => {
  const OLD: RecordOrigin = { ...CACHED, age: '1d' };
  test.each<[readonly RecordOrigin[], AgeClass]>([
    [[POPULATION], 'live'],
    [[POPULATION, CACHED], '10m'],
    [[OLD, CACHED, POPULATION], '1d'],
    [[CACHED, OLD], '1d'],
  ])('of several records the oldest counts: %#', (origins, age) => {
    const recorder = new DisclosureRecorder();
    for (const origin of origins) recorder.note(ANH, [field('Citizen.name')], [origin]);
    expect(recorder.subjects()[0]?.disclosed).toMatchObject([{ age, isCached: age !== 'live' }]);
  });

  test('a record that nothing of a status was read from does not count for it', () => {
    const recorder = new DisclosureRecorder();
    noteEmpty(recorder.note(ANH, [field('Citizen.religion')], [OLD]), 0);
    recorder.note(ANH, [field('Citizen.name')], [POPULATION]);
    expect(recorder.subjects()[0]?.disclosed).toEqual([
      part('population', ['Citizen.religion'], '1d', [], 'none'),
      part('population', ['Citizen.name'], 'live', ['up-1']),
    ]);
  });
});

describe('fields about which there is nothing', () => {
  const fields = [field('Citizen.name'), field('Citizen.death', 1), field('Citizen.marriages', 1)];

  test('stand apart, a part a register', () => {
    const recorder = new DisclosureRecorder();
    const note = recorder.note(ANH, fields, [POPULATION, LAND]);
    noteEmpty(note, 1);
    expect(recorder.subjects()[0]?.disclosed).toEqual([
      part('population', ['Citizen.name'], 'live', ['up-1']),
      part('land', ['Citizen.marriages'], '1m', []),
      part('land', ['Citizen.death'], '1m', [], 'none'),
    ]);
  });

  test('alone are a disclosure too', () => {
    const recorder = new DisclosureRecorder();
    noteEmpty(recorder.note(ANH, [field('Citizen.death')], [LAND]), 0);
    expect(recorder.subjects()).toMatchObject([
      { subject: ANH, outcome: 'disclosed', disclosed: [part('land', ['Citizen.death'], '1m', [], 'none')] },
    ]);
  });

  test('that failed as well are struck', () => {
    const recorder = new DisclosureRecorder();
    const note = recorder.note(ANH, fields, [POPULATION, LAND]);
    for (const index of [1, 2]) noteEmpty(note, index);
    omit(note, 2);
    expect(recorder.subjects()[0]?.disclosed.map(({ status, coordinates }) => [status, coordinates])).toEqual(
      [
        ['value', ['Citizen.name']],
        ['none', ['Citizen.death']],
      ],
    );
  });

  test('of two objects alike are the same list', () => {
    const recorder = new DisclosureRecorder();
    for (const subject of [ANH, BINH]) noteEmpty(recorder.note(subject, fields, [POPULATION, LAND]), 1);
    const [one, other] = recorder.subjects().map(({ disclosed }) => disclosed);
    expect(one?.length).toBe(3);
    for (const [index, { coordinates }] of one?.entries() ?? []) {
      expect(other?.[index]?.coordinates).toBe(coordinates);
    }
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
      part('population', ['Citizen.name'], 'live', ['up-1']),
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
      { subject: BINH, outcome: 'disclosed', rule: null, inputs: NO_INPUTS, caseIds: [], disclosed: [] },
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

describe('inputs', () => {
  const VISIBLE = '0000----';
  const recorderOf = () =>
    new DisclosureRecorder(undefined, '', (id) => (id === ANH.key ? VISIBLE : '1-------'));
  const inputsIn = (recorder: DisclosureRecorder) => recorder.subjects().map(({ inputs }) => inputs);

  test('of whom the answer shows are those of the verdict, with what was found of a factor', () => {
    const recorder = recorderOf();
    recorder.note(ANH, [field('Citizen.name')], [POPULATION]);
    recorder.note(PARCEL, [field('LandParcel.area')], [LAND]);
    expect(inputsIn(recorder)).toEqual([VISIBLE, NO_INPUTS]);
    recorder.asked(ANH, 'disclosed', null, '', inputsOf('match', '0'));
    expect(inputsIn(recorder)).toEqual(['0000--0-', NO_INPUTS]);
  });

  test('of an outcome that does not stand are forgotten', () => {
    const recorder = recorderOf();
    recorder.asked(ANH, 'denied', 'match', '', inputsOf('match', '1'));
    expect(inputsIn(recorder)).toEqual(['------1-']);
    recorder.asked(ANH, 'denied', 'protected', '', '1-------');
    expect(inputsIn(recorder)).toEqual(['------1-']);
    recorder.asked(ANH, 'not-found', null, '', inputsOf('unknown-person', '1'));
    expect(inputsIn(recorder)).toEqual(['-------1']);
    recorder.note(ANH, [field('Citizen.name')], [POPULATION]);
    expect(inputsIn(recorder)).toEqual([VISIBLE]);
  });

  test('of the same outcome twice are merged', () => {
    const recorder = recorderOf();
    recorder.asked(BINH, 'denied', 'protected', '', '1-------');
    recorder.asked(BINH, 'denied', 'protected', '', '1-----0-');
    expect(inputsIn(recorder)).toEqual(['1-----0-']);
  });
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
  expect(recorder.subjects()).toEqual([
    { subject: ANH, outcome, rule: null, inputs: NO_INPUTS, caseIds: [], disclosed: [] },
  ]);
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
  expect(recorder.subjects()).toEqual([
    { subject: BINH, outcome, rule: null, inputs: NO_INPUTS, caseIds: [], disclosed: [] },
  ]);
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
    empty: fc.array(fc.integer({ min: -1, max: 40 }), { maxLength: 6 }),
    origins: fc.shuffledSubarray(ORIGINS, { minLength: 1 }),
  }),
  { maxLength: 30 },
);

test('random notes: for each subject and register exactly the coordinates, ids and marks of its notes', () => {
  fc.assert(
    fc.property(notes, (all) => {
      const recorder = new DisclosureRecorder();
      const wanted = new Set<string>();
      for (const { subject, fields, omitted, empty, origins } of all) {
        const note = recorder.note(subject, fields, origins);
        for (const index of omitted) omit(note, index);
        for (const index of empty) noteEmpty(note, index);
        for (const [index, noted] of fields.entries()) {
          const origin = noted && !omitted.includes(index) ? origins[noted.origin] : undefined;
          if (!noted || !origin) continue;
          const status = empty.includes(index) ? 'none' : 'value';
          const place = `${subject.kind} ${subject.key} ${origin.register} ${status}`;
          wanted.add(`${place} has ${noted.coordinate}`).add(`${place} from ${origin.upstreamId ?? 'cache'}`);
        }
      }
      const found = recorder.subjects().flatMap(({ subject, disclosed }) =>
        disclosed.flatMap(({ register, status, coordinates, isCached, upstreamIds }) => {
          const place = `${subject.kind} ${subject.key} ${register} ${status}`;
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
