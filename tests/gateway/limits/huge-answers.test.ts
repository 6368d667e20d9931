import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordOf } from '../../support/edge.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';

let gateway: TestGateway;
const ids: string[] = [];

beforeAll(async () => {
  gateway = await startTestGateway();
  for (const { personalId } of country.people({})) if (ids.push(personalId) === 100) break;
});

afterAll(() => gateway.close());

const many = (count: number, field: string): string =>
  Array.from({ length: count }, (_, n) => `f${n}: ${field}`).join(' ');
const batch = (selection: string): string =>
  `query ($ids: [ID!]!) { citizens(personalIds: $ids) { citizen { ${selection} } } }`;
const household = (of: string): string =>
  batch(['a', 'b', 'c', 'd'].map((name) => `${name}: household { members { person { ...P } } }`).join(' ')) +
  ` fragment P on Citizen { ${of} }`;

describe('an operation within its limits', () => {
  it.each([
    ['100 persons with 200 fields', batch(many(200, 'sex')), 0],
    ['100 persons with 100 fields that are not granted', batch(`sex ${many(100, 'religion')}`), 10_000],
  ])('is answered: %s', async (_name, query, errors) => {
    const answer = await gateway.ask(query, { ids });
    expect(answer.status).toBe(200);
    expect(answer.errors).toHaveLength(errors);
  });

  it.each([
    ['with more values than an answer takes', household(many(470, 'sex'))],
    ['with more errors than an answer takes', household(`sex ${many(300, 'religion')}`)],
  ])('is refused whole and on record %s', async (_name, query) => {
    const answer = await gateway.ask(query, { ids });
    expect(answer.status).toBe(400);
    expect(answer.data).toBeUndefined();
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['OPERATION_TOO_LARGE']);
    const record = recordOf(gateway, answer);
    expect(record?.answer).toMatchObject({ outcome: 'refused', code: 'OPERATION_TOO_LARGE' });
    expect(record?.entries.map(({ subject }) => subject.key).toSorted()).toEqual(ids.toSorted());
  });
});
