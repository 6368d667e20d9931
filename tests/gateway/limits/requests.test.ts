import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VALIDATION_LIMITS } from '../../../src/http/apollo.ts';
import { country, startTestGateway, type TestAnswer, type TestGateway } from '../../support/gateway.ts';
import { countRecords, recordOf, registerCalls } from '../../support/edge.ts';
import { rawConnection, rawExchange } from '../../support/servers/raw-http.ts';

let gateway: TestGateway;
/** Somebody real, so that a leak would be of a real id. */
let personalId = '';

beforeAll(async () => {
  gateway = await startTestGateway();
  const [person] = country.people({ with: ['land'] });
  personalId = person?.personalId ?? '';
});

afterAll(() => gateway.close());

const port = (): number => Number(new URL(gateway.url).port);
const json = (value: unknown): string => JSON.stringify(value);
const codeOf = ({ status, errors }: TestAnswer): string =>
  `${status} ${errors[0]?.extensions.code ?? 'none'}`;
const MAX_BODY = 256 * 1_024;

/** A whole raw request with a good token; `more` is further headers with their line ends. */
function rawPost(more: string, path = '/graphql'): string {
  return (
    `POST ${path} HTTP/1.1\r\nHost: g\r\nAuthorization: Bearer ${gateway.token({})}\r\n` +
    `Content-Type: application/json\r\n${more}\r\n`
  );
}

/** Text of a valid operation, padded with spaces to so many bytes. */
const padded = (bytes: number): string => json({ query: '{__typename}' }).padEnd(bytes, ' ');
const chunked = (text: string): string => {
  const parts = text.match(/[\s\S]{1,60000}/g) ?? [];
  return `${parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('')}0\r\n\r\n`;
};

describe('every answer', () => {
  it('is marked, never stored, and says under which id it is on record only to verified callers', async () => {
    const answers = [
      await gateway.ask('{__typename}'),
      await gateway.ask('{nothing}'),
      await gateway.ask('{__typename}', {}, { token: null }),
      await gateway.ask('{__typename}', {}, { token: 'x.y.z' }),
    ];
    expect(answers.map(codeOf)).toEqual([
      '200 none',
      '400 GRAPHQL_VALIDATION_FAILED',
      '401 UNAUTHENTICATED',
      '401 UNAUTHENTICATED',
    ]);
    for (const { headers } of answers) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-gateway-mode')).toBe('demo');
      expect(headers.get('content-type')).toContain('application/json');
    }
    expect(answers.map(({ headers }) => headers.has('x-access-entry'))).toEqual([true, true, false, false]);
    expect(answers.map(({ headers }) => headers.get('www-authenticate'))).toEqual([
      null,
      null,
      'Bearer',
      'Bearer error="invalid_token"',
    ]);
  });

  it('without a verified caller is counted, and not on record', async () => {
    const before = countRecords(gateway);
    const counted = async (): Promise<number> => {
      const text = await (await fetch(`${gateway.adminUrl}/metrics`)).text();
      return Number(/gateway_unauthenticated_total\{code="UNAUTHENTICATED"\} (\d+)/.exec(text)?.[1] ?? 0);
    };
    const countedBefore = await counted();
    for (let index = 0; index < 20; index++) await gateway.ask('{__typename}', {}, { token: `t.${index}.s` });
    expect(countRecords(gateway)).toBe(before);
    expect((await counted()) - countedBefore).toBe(20);
  });
});

describe('bodies', () => {
  const table: readonly (readonly [string, string | Buffer, string, Record<string, string>?])[] = [
    ['empty', '', '400 BAD_REQUEST'],
    ['no JSON', '{"query":', '400 BAD_REQUEST'],
    ['an array (batching)', json([{ query: '{__typename}' }]), '400 BAD_REQUEST'],
    ['an empty array', '[]', '400 BAD_REQUEST'],
    ['null', 'null', '400 BAD_REQUEST'],
    ['a text', '"{__typename}"', '400 BAD_REQUEST'],
    ['no query', '{}', '400 BAD_REQUEST'],
    ['query a number', json({ query: 1 }), '400 BAD_REQUEST'],
    ['query empty', json({ query: '' }), '400 BAD_REQUEST'],
    ['variables a list', json({ query: '{__typename}', variables: [1] }), '400 BAD_REQUEST'],
    ['variables a text', json({ query: '{__typename}', variables: '{}' }), '400 BAD_REQUEST'],
    ['operationName a number', json({ query: '{__typename}', operationName: 1 }), '400 BAD_REQUEST'],
    [
      'nulls',
      json({ query: '{__typename}', variables: null, operationName: null, extensions: null }),
      '200 none',
    ],
    ['unknown extensions', json({ query: '{__typename}', extensions: { tracing: true } }), '200 none'],
    ['extensions of a wrong type', json({ query: '{__typename}', extensions: 'x' }), '200 none'],
    ['not UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), '400 BAD_REQUEST'],
    [
      'text/plain (CSRF)',
      json({ query: '{__typename}' }),
      '400 BAD_REQUEST',
      { 'content-type': 'text/plain' },
    ],
    [
      'a form (CSRF)',
      'query=%7B__typename%7D',
      '400 BAD_REQUEST',
      { 'content-type': 'application/x-www-form-urlencoded' },
    ],
    ['XML', json({ query: '{__typename}' }), '400 BAD_REQUEST', { 'content-type': 'application/xml' }],
    [
      'JSON of another kind',
      json({ query: '{__typename}' }),
      '400 BAD_REQUEST',
      { 'content-type': 'application/jsonp' },
    ],
    [
      'JSON with a charset',
      json({ query: '{__typename}' }),
      '200 none',
      { 'content-type': 'Application/JSON; charset=utf-8' },
    ],
  ];
  const rows = table.map(([name, body, code, headers = {}]) => ({ name, body, code, headers }));
  it.each(rows)('$name', async ({ body, code, headers }) => {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${gateway.token({})}`,
        'content-type': 'application/json',
        ...headers,
      },
      body: typeof body === 'string' ? body : new Uint8Array(body),
    });
    const answer = (await response.json()) as { errors?: { extensions: { code: string } }[] };
    expect(`${response.status} ${answer.errors?.[0]?.extensions.code ?? 'none'}`).toBe(code);
    const record = recordOf(gateway, response);
    expect(record?.answer.outcome).toBe(response.status === 200 ? 'answered' : 'refused');
    expect(record?.answer.code ?? 'none').toBe(code.slice(4));
  });

  it('no persisted query: neither stored nor found', async () => {
    const extensions = { persistedQuery: { version: 1, sha256Hash: 'e'.repeat(64) } };
    const stored = await gateway.send(json({ query: '{__typename}', extensions }));
    expect(codeOf(stored)).toBe('200 none');
    const found = await gateway.send(json({ extensions }));
    expect(codeOf(found)).toBe('400 BAD_REQUEST');
  });

  it('a body in Content-Encoding is not unpacked', async () => {
    const answer = await gateway.send('\u001f\u008b', { headers: { 'content-encoding': 'gzip' } });
    expect(codeOf(answer)).toBe('415 BAD_REQUEST');
  });

  it('just within the limit is read, with a length and in chunks', async () => {
    const text = padded(MAX_BODY);
    for (const request of [
      rawPost(`Connection: close\r\nContent-Length: ${text.length}\r\n`) + text,
      rawPost('Connection: close\r\nTransfer-Encoding: chunked\r\n') + chunked(text),
    ]) {
      expect(await rawExchange(port(), request)).toMatch(/^HTTP\/1.1 200 /);
    }
  });

  it.each([1, 1_000, 300_000])(
    '%i bytes beyond the limit are 413, and the connection stays of use',
    async (more) => {
      const text = padded(MAX_BODY + more);
      const small = padded(20);
      for (const request of [
        rawPost(`Content-Length: ${text.length}\r\n`) + text,
        rawPost('Transfer-Encoding: chunked\r\n') + chunked(text),
      ]) {
        const connection = await rawConnection(port());
        connection.write(request);
        connection.write(rawPost(`Connection: close\r\nContent-Length: ${small.length}\r\n`) + small);
        const all = await connection.ended;
        expect(all.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 413', 'HTTP/1.1 200']);
        expect(all).toContain('"OPERATION_TOO_LARGE"');
      }
    },
  );

  it.each([1_200_000, 5_000_000, 40_000_000])(
    'a client that sends %i bytes reads its 413',
    async (length) => {
      const text = padded(length);
      const answer = await gateway.send(text);
      expect(codeOf(answer)).toBe('413 OPERATION_TOO_LARGE');
      // A client that reads nothing before it has sent all that the system takes.
      const connection = await rawConnection(port());
      connection.write(rawPost(`Content-Length: ${text.length}\r\n`) + text);
      expect(await connection.until('"OPERATION_TOO_LARGE"')).toMatch(/^HTTP\/1.1 413 /);
      connection.socket.destroy();
    },
  );

  it('an unknown directive six hundred times is told a bounded number of times', async () => {
    const { status, errors } = await gateway.ask(`{ ${'__typename @nope '.repeat(600)} }`);
    expect(status).toBe(400);
    expect(errors.length).toBeLessThanOrEqual(VALIDATION_LIMITS.errors.value + 1);
  });

  it('without a good token nothing of a body is waited for', async () => {
    const connection = await rawConnection(port());
    connection.write('POST /graphql HTTP/1.1\r\nHost: g\r\nContent-Length: 90000\r\n\r\n');
    expect(await connection.until('UNAUTHENTICATED')).toMatch(/^HTTP\/1.1 401 /);
    connection.socket.destroy();
  });
});

describe('limits of one operation', () => {
  const fanOut = `{citizen(personalId:"1"){...a}} ${[...'abcdefghijklmn']
    .map((name, index, all) => {
      const next = all[index + 1];
      return `fragment ${name} on Citizen{${next ? `household{members{person{...${next}}}} a${name}:household{members{person{...${next}}}}` : 'birthDate'}}`;
    })
    .join(' ')}`;
  const spread = `{citizen(personalId:"1"){...a0}} ${Array.from({ length: 20 }, (_, index) => `fragment a${index} on Citizen{...a${index + 1} ...a${index + 1}}`).join(' ')} fragment a20 on Citizen{birthDate}`;
  const nested = (levels: number): string =>
    `{citizen(personalId:"1"){${'household{members{person{'.repeat(levels)}birthDate${'}}}'.repeat(levels)}}}`;
  const table: readonly (readonly [string, string, object?])[] = [
    ['2,400 levels', '{a'.repeat(2_400) + '}'.repeat(2_400)],
    ['2,400 levels, never closed', '{a'.repeat(2_400)],
    ['2,400 levels of a list', `{citizen(personalId:${'['.repeat(2_400)}){birthDate}}`],
    [
      '2,400 levels of a type',
      `query($a:${'['.repeat(2_400)}ID${']'.repeat(2_400)}){citizen(personalId:$a){birthDate}}`,
    ],
    ['2,001 tokens', `{citizen(personalId:"1"){${'birthDate '.repeat(1_995)}}}`],
    ['fragments that fan out through fields', fanOut],
    ['fragments that fan out alone', spread],
    ['depth of 26', nested(8)],
    ['101 root fields', `{${Array.from({ length: 101 }, (_, index) => `a${index}:__typename`).join(' ')}}`],
    [
      '101 root fields by fragments',
      `{${'...f '.repeat(26)}} fragment f on Query{a:__typename b:__typename c:__typename d:__typename}`,
    ],
    [
      '101 ids',
      'query($ids:[ID!]!){citizens(personalIds:$ids){status}}',
      { ids: Array.from({ length: 101 }, () => '001094000001') },
    ],
    [
      '101 ids in several roots',
      'query($ids:[ID!]!){a:citizens(personalIds:$ids){status} b:citizens(personalIds:$ids){status}}',
      { ids: Array.from({ length: 51 }, () => '001094000001') },
    ],
    ['first of 101', '{citizen(personalId:"1"){landParcels(first:101){id}}}'],
    ['first of 101, far below', '{citizen(personalId:"1"){landParcels(first:1){uses(first:101){area}}}}'],
    [
      'first of 101 in a variable',
      'query($n:Int){citizen(personalId:"1"){landParcels(first:$n){id}}}',
      { n: 101 },
    ],
    ['first of 101 by default', 'query($n:Int=101){citizen(personalId:"1"){landParcels(first:$n){id}}}'],
    ['first of 101 in a batch', '{citizens(personalIds:["1"]){citizen{businesses(first:101){code}}}}'],
  ];
  const rows = table.map(([name, query, variables = {}]) => ({ name, query, variables }));
  it.each(rows)('$name', async ({ query, variables }) => {
    const before = registerCalls(gateway);
    const answer = await gateway.ask(query.replaceAll('"1"', `"${personalId}"`), variables);
    expect(codeOf(answer)).toBe('400 OPERATION_TOO_LARGE');
    expect(answer.data ?? null).toBeNull();
    expect(registerCalls(gateway)).toBe(before);
    expect(recordOf(gateway, answer)?.answer.code).toBe('OPERATION_TOO_LARGE');
  });

  it.each([
    ['first negative', '{citizen(personalId:"1"){landParcels(first:-1){id}}}', {}],
    [
      'first negative in a variable',
      'query($n:Int){citizen(personalId:"1"){landParcels(first:$n){id}}}',
      { n: -5 },
    ],
    ['matches of another length', '{citizens(personalIds:["1"],matches:[]){status}}', {}],
  ])('%s is BAD_USER_INPUT', async (_name, query, variables) => {
    const before = registerCalls(gateway);
    const answer = await gateway.ask(query.replaceAll('"1"', `"${personalId}"`), variables);
    expect(codeOf(answer)).toBe('400 BAD_USER_INPUT');
    expect(registerCalls(gateway)).toBe(before);
  });

  it.each([
    ['100 root fields', `{${Array.from({ length: 100 }, (_, index) => `a${index}:__typename`).join(' ')}}`],
    ['first of 100', '{citizen(personalId:"1"){landParcels(first:100){id}}}'],
    ['first null', '{citizen(personalId:"1"){landParcels(first:null){id}}}'],
    ['first of 0', '{citizen(personalId:"1"){landParcels(first:0){id}}}'],
    ['what tools ask of a schema', getIntrospectionQuery({ inputValueDeprecation: true })],
    ['a long comment', `{__typename @include(if:true)} #${'['.repeat(3_000)}`],
  ])('%s is within', async (_name, query) => {
    const answer = await gateway.ask(query.replaceAll('"1"', `"${personalId}"`));
    expect(codeOf(answer)).toBe('200 none');
  });
});
