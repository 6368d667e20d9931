import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { country, startTestGateway, type TestAnswer, type TestGateway } from '../../support/gateway.ts';
import { countRecords, recordOf, registerCalls } from '../../support/edge.ts';
import { rawConnection } from '../../support/servers/raw-http.ts';

let gateway: TestGateway;
let personalId = '';

beforeAll(async () => {
  gateway = await startTestGateway();
  const [person] = country.people({});
  personalId = person?.personalId ?? '';
});

afterAll(() => gateway.close());

const json = (value: unknown): string => JSON.stringify(value);
const codeOf = ({ status, errors }: TestAnswer): string =>
  `${status} ${errors[0]?.extensions.code ?? 'none'}`;

describe('which operation', () => {
  it.each([
    ['unknown', { query: 'query a{__typename}', operationName: 'b' }, '400 OPERATION_RESOLUTION_FAILURE'],
    ['ambiguous', { query: 'query a{__typename} query b{__typename}' }, '400 OPERATION_RESOLUTION_FAILURE'],
    ['one of two', { query: 'query a{__typename} query b{__typename}', operationName: 'b' }, '200 none'],
    ['only fragments', { query: 'fragment f on Query{__typename}' }, '400 GRAPHQL_VALIDATION_FAILED'],
    ['a mutation', { query: 'mutation{a}' }, '400 BAD_REQUEST'],
    ['a subscription', { query: 'subscription{a}' }, '400 BAD_REQUEST'],
    ['a schema definition', { query: 'type A{b:ID}' }, '400 GRAPHQL_VALIDATION_FAILED'],
    ['@defer', { query: '{...@defer{__typename}}' }, '400 GRAPHQL_VALIDATION_FAILED'],
  ])('%s', async (_name, body, code) => {
    const answer = await gateway.send(json(body));
    expect(codeOf(answer)).toBe(code);
    expect(recordOf(gateway, answer)?.answer.outcome).toBe(code === '200 none' ? 'answered' : 'refused');
  });
});

describe('variables', () => {
  const BY_ID = 'query($id:ID!,$n:Int=1){citizen(personalId:$id){birthDate businesses(first:$n){code}}}';
  it.each([
    ['missing', {}],
    ['null', { id: null }],
    ['a list', { id: ['x'] }],
    ['an object', { id: {} }],
    ['true', { id: true }],
    ['a fraction', { id: 1.5 }],
    ['a text for a number', { id: 'ID', n: '1' }],
    ['a number beyond 32 bits', { id: 'ID', n: 3_000_000_000 }],
  ])('%s: BAD_USER_INPUT, and no register is asked', async (_name, variables) => {
    const before = registerCalls(gateway);
    const answer = await gateway.ask(BY_ID, variables);
    expect(codeOf(answer)).toBe('400 BAD_USER_INPUT');
    expect(answer.errors[0]?.message).toMatch(
      /^\$(id|n) (?:does not have a value of its type|is required and was not provided)\.$/,
    );
    expect(registerCalls(gateway)).toBe(before);
    expect(recordOf(gateway, answer)?.answer.code).toBe('BAD_USER_INPUT');
  });

  it('that the operation does not name are ignored', async () => {
    expect(codeOf(await gateway.ask(BY_ID, { id: personalId, other: 1 }))).toBe('200 none');
  });

  it.each(['', ' ', '1', '00109400000', '0010940000011', '00109400000x', '٠٠١٠٩٤٠٠٠٠٠١', '001094000001\n'])(
    'a malformed identifier (%j) is BAD_IDENTIFIER at its path, and no register is asked',
    async (id) => {
      const before = registerCalls(gateway);
      const answer = await gateway.ask(BY_ID, { id });
      expect(codeOf(answer)).toBe('200 BAD_IDENTIFIER');
      expect(answer.errors[0]?.path).toEqual(['citizen']);
      expect(answer.data).toEqual({ citizen: null });
      expect(registerCalls(gateway)).toBe(before);
    },
  );
});

it('a body that breaks off is on record: its caller was verified', async () => {
  const before = countRecords(gateway);
  const connection = await rawConnection(Number(new URL(gateway.url).port));
  connection.write(
    `POST /graphql HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer ${gateway.token({})}\r\n` +
      'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"query"',
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  connection.socket.destroy();
  await vi.waitFor(() => expect(countRecords(gateway)).toBe(before + 1));
  expect(codeOf(await gateway.ask('{__typename}'))).toBe('200 none');
});
