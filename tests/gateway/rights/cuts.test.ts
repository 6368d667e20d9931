import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordOf, upstreamCalls } from '../../support/edge.ts';
import { country, startTestGateway, type Caller, type TestGateway } from '../../support/gateway.ts';

/** What the grant cuts is told with the finest coordinate, and each subject that was asked for is on record. */
let gateway: TestGateway;
const [person] = country.people({ with: ['marriage'] });
const id = person?.personalId ?? '';
const CIVIL: Caller = { client: 'hn-hoankiem-civil', purpose: 'civil-status-registration' };
const STRICT: Caller = { client: 'hcm-business-registry', purpose: 'business-registration' };

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

describe('a selection with nothing granted', () => {
  it.each([
    ['a field', `{ citizen(personalId: "${id}") { religion } }`, ['citizen.religion Citizen.religion']],
    [
      'two fields',
      `{ citizen(personalId: "${id}") { religion a: ethnicity __typename } }`,
      ['citizen.religion Citizen.religion', 'citizen.a Citizen.ethnicity'],
    ],
    [
      'below a list, the path ends at the list',
      `{ citizen(personalId: "${id}") { marriages { spouse { religion } } } }`,
      ['citizen.marriages Citizen.religion'],
    ],
    [
      'in a list, beside a granted field',
      `{ citizen(personalId: "${id}") { marriages { entryNo spouse { religion } } } }`,
      ['citizen.marriages.0.spouse.religion Citizen.religion'],
    ],
  ])('%s', async (_name, query, wanted) => {
    const before = upstreamCalls(gateway).population ?? 0;
    const answer = await gateway.ask(query);
    expect(
      answer.errors.map(
        ({ path, extensions }) => `${(path ?? []).join('.')} ${String(extensions.coordinate)}`,
      ),
    ).toEqual(wanted);
    expect(answer.errors.every(({ extensions }) => extensions.code === 'FIELD_NOT_GRANTED')).toBe(true);
    // Never fetched, unless something else of it is granted.
    const isRead = wanted.some((one) => one.includes('.0.'));
    expect(answer.data?.['citizen'] === null).toBe(!isRead);
    expect((upstreamCalls(gateway).population ?? 0) > before).toBe(isRead);
    const record = recordOf(gateway, answer);
    expect(record?.answer.denied).toEqual(
      [...new Set(wanted.map((one) => one.split(' ')[1]))].map(
        (coordinate) => `${coordinate} FIELD_NOT_GRANTED`,
      ),
    );
    expect(record?.entries.map(({ subject }) => subject.key)).toContain(id);
  });
});

describe('a selection that a condition emptied', () => {
  const emptied = (personalId: string): string =>
    `{ citizen(personalId: "${personalId}") { personalId @skip(if: true) } }`;

  it('asks whether there is somebody, which the strict client may too, and is on record', async () => {
    for (const caller of [{}, STRICT]) {
      const answer = await gateway.ask(emptied(id), {}, caller);
      expect({ status: answer.status, data: answer.data, errors: answer.errors }).toEqual({
        status: 200,
        data: { citizen: {} },
        errors: [],
      });
      const [entry] = recordOf(gateway, answer)?.entries ?? [];
      expect(entry?.disclosed.flatMap(({ coordinates }) => coordinates)).toEqual(['Query.citizen']);
    }
  });

  it('is null for a person whom nobody knows, and for one who may not be seen', async () => {
    const [hidden] = country.people({ traits: ['protected'] });
    for (const personalId of ['001094999999', hidden?.personalId ?? '']) {
      const answer = await gateway.ask(emptied(personalId));
      expect({ data: answer.data, errors: answer.errors }).toEqual({ data: { citizen: null }, errors: [] });
    }
  });
});

it('a denied root that may not be null: no register is asked, and whom the others asked for is on record', async () => {
  const query = 'query($id: ID!) { citizen(personalId: $id) { personalId } landParcels(ids: []) { id } }';
  const before = JSON.stringify(upstreamCalls(gateway));
  const dossiers: unknown[] = [];
  for (const caseId of ['H26-261121-0001', 'H26-261121-7001']) {
    const answer = await gateway.ask(query, { id }, { ...CIVIL, caseId });
    dossiers.push({
      status: answer.status,
      data: answer.data,
      codes: answer.errors.map((one) => one.extensions.code),
    });
    const entries = recordOf(gateway, answer)?.entries ?? [];
    expect(entries.map(({ subject, outcome }) => `${subject.kind} ${subject.key} ${outcome}`)).toEqual([
      `person ${id} denied`,
    ]);
  }
  // Whether the person is a party of the dossier is not told.
  expect(dossiers[1]).toEqual(dossiers[0]);
  expect(JSON.stringify(upstreamCalls(gateway))).toBe(before);
});

it('an answer that tells nothing but that somebody exists says so on record', async () => {
  const answer = await gateway.ask(`{ citizens(personalIds: ["${id}"]) { status } }`);
  const [entry] = recordOf(gateway, answer)?.entries ?? [];
  expect(entry?.outcome).toBe('disclosed');
  expect(entry?.disclosed.flatMap(({ coordinates }) => coordinates)).toEqual(['CitizenItem.status']);
});

describe('a household business, whose code is its owner’s personal id', () => {
  const owner = [...country.people({ with: ['business', 'land'] })].find(({ personalId: own }) =>
    country.business(own),
  );
  const code = owner?.personalId ?? '';

  it('exists in the country, and its owner holds land', () => {
    expect(code).toMatch(/^\d{12}$/);
  });

  it('holds no land under that code: the owner’s is not the business’s', async () => {
    const answer = await gateway.ask(`{ business(code: "${code}") { code landParcels { id } } }`);
    expect({ data: answer.data, errors: answer.errors }).toEqual({
      data: { business: { code, landParcels: [] } },
      errors: [],
    });
    // The land register was not asked, and is on record for nothing.
    const [entry] = recordOf(gateway, answer)?.entries ?? [];
    expect(
      entry?.disclosed.map(({ register, status, coordinates }) => [register, status, coordinates]),
    ).toEqual([
      ['business', 'value', ['Business.code']],
      ['business', 'none', ['Business.landParcels']],
    ]);
    for (const { upstreamIds } of entry?.disclosed ?? []) expect(upstreamIds).toHaveLength(1);
  });
});
