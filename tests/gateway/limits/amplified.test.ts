import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getIntrospectionQuery } from 'graphql';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';

/** Small requests that ask for large answers: whoever builds the answer counts what it comes to. */
let gateway: TestGateway;
const [person] = country.people({});
const citizen = { citizen: person?.personalId ?? '', purpose: null, caseId: null };

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

const names = (count: number, prefix: string, field: string): string =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}: ${field}`).join(' ');

describe('answers that would be too large', () => {
  it.each([
    [
      'introspection of fields within fields',
      `{ __schema { types { fields { type { ${names(15, 'p', 'fields { ...F }')} } } } } } fragment F on __Field { ${names(120, 'a', 'description')} }`,
      { purpose: null, caseId: null },
    ],
    [
      'identifiers that come back under many names',
      `query($a: ID!) { citizens(personalIds: [${'$a '.repeat(100)}]) { ${names(399, 'a'.repeat(420), 'personalId')} } }`,
      {},
    ],
  ])('%s', async (_name, query, caller) => {
    const startedAt = performance.now();
    const answer = await gateway.ask(query, { a: 'x'.repeat(60) }, caller);
    expect(answer.status).toBe(400);
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['OPERATION_TOO_LARGE']);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it('a citizen’s own accesses under many names', async () => {
    const seen = `citizen(personalId: "${person?.personalId}") { name { full } birthDate sex nationalities }`;
    for (let index = 0; index < 60; index++) await gateway.ask(`{ ${seen} }`);
    const query = `{ myAccesses(first: 100) { accesses { ${names(15, 'd', 'disclosed { ...F }')} } } } fragment F on MyAccessPart { ${names(120, 'a'.repeat(150), 'fields')} }`;
    const answer = await gateway.ask(query, {}, citizen);
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['OPERATION_TOO_LARGE']);
  });
});

it('the introspection that tools send is answered', async () => {
  const answer = await gateway.ask(getIntrospectionQuery(), {}, { purpose: null, caseId: null });
  expect({ status: answer.status, errors: answer.errors }).toEqual({ status: 200, errors: [] });
});

describe('arguments longer than a register can hold, or of no date', () => {
  const aliases = Array.from(
    { length: 140 },
    (_, index) => `a${index}: matches(fullName: $f, birthDate: "1975")`,
  );
  it.each([
    [
      'a name under many aliases, for many persons',
      `query($f: String!, $ids: [ID!]!) { citizens(personalIds: $ids) { citizen { ${aliases.join(' ')} } } }`,
      {
        f: 'x'.repeat(2_000),
        ids: [...country.people({}).take(100)].map(({ personalId }) => personalId),
      },
      'fullName',
    ],
    ['an id', '{ citizen(personalId: $id) { personalId } }', { id: '1'.repeat(70) }, 'personalId'],
    ['a day', '{ citizen(personalId: $id) { isMarried(on: "21/11/2026") } }', { id: '001094999999' }, 'on'],
    [
      'a birth date',
      '{ citizen(personalId: $id, match: { fullName: "A", birthDate: "08/03/1996" }) { personalId } }',
      { id: '001094999999' },
      'birthDate',
    ],
  ])('%s', async (_name, text, variables, argument) => {
    const query = text.startsWith('query') ? text : `query($id: ID!) ${text}`;
    const startedAt = performance.now();
    const callers: Readonly<Record<string, object>> = {
      fullName: { client: 'hcm-business-registry', purpose: 'business-registration' },
      on: { client: 'hn-hoankiem-civil', purpose: 'civil-status-registration' },
    };
    const answer = await gateway.ask(query, variables, callers[argument] ?? {});
    expect({ status: answer.status, codes: answer.errors.map(({ extensions }) => extensions.code) }).toEqual({
      status: 400,
      codes: ['BAD_USER_INPUT'],
    });
    expect(answer.errors[0]?.message).toContain(`"${argument}"`);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
  });
});
