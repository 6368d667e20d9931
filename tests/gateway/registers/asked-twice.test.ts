import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordOf } from '../../support/edge.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';

/** One subject asked for twice in an operation, with a factor that fits and one that does not. */
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

const [person] = country.people({});
if (!person) throw new Error('nobody');
const id = person.personalId;
const fitting = { fullName: person.name.full, birthDate: person.birthDate };
const other = { fullName: 'Ai Đó Khác', birthDate: '1900-01-01' };

it.each([
  [
    [fitting, other],
    ['OK', 'NOT_FOUND'],
  ],
  [
    [other, fitting],
    ['NOT_FOUND', 'OK'],
  ],
  [
    [other, other],
    ['NOT_FOUND', 'NOT_FOUND'],
  ],
])(
  'a batch that tells that somebody exists is on record as that, whatever else it asks: %#',
  async (matches, statuses) => {
    const answer = await gateway.ask(
      'query ($ids: [ID!]!, $matches: [CitizenMatch]) { citizens(personalIds: $ids, matches: $matches) { status } }',
      { ids: [id, id], matches },
    );
    expect(answer.data?.['citizens']).toEqual(statuses.map((status) => ({ status })));
    // The caller may not know that a factor did not fit; the log says so.
    const told = statuses.includes('OK')
      ? { outcome: 'disclosed', rule: null }
      : { outcome: 'denied', rule: 'match' };
    expect(recordOf(gateway, answer)?.entries).toMatchObject([
      { subject: { kind: 'person', key: id }, ...told },
    ]);
  },
);
