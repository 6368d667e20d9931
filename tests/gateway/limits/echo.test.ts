import { afterAll, beforeAll, expect, it } from 'vitest';
import { country, startTestGateway, type Caller, type TestGateway } from '../../support/gateway.ts';
import { recordOf } from '../../support/edge.ts';

/** Stands wherever a client can put something; of a real person, so that a look-up could bring it back too. */
let id = '';
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
  const [person] = country.people({});
  id = person?.personalId ?? '';
});

afterAll(() => gateway.close());

interface Attempt {
  readonly place: string;
  /** `PID` becomes the personal id. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly caller?: Caller;
}

const query = (text: string, more: object = {}) => ({ query: text, ...more });
const BY_ID = 'query($id:ID!){citizen(personalId:$id){birthDate}}';
const FINE = query('{__typename}');

const ATTEMPTS: readonly Attempt[] = [
  { place: 'a literal of another type', body: query('{citizen(personalId:[1PID]){birthDate}}') },
  { place: 'a float', body: query('{citizen(personalId:1PID.5){birthDate}}') },
  { place: 'an object', body: query('{citizen(personalId:{a:"PID"}){birthDate}}') },
  { place: 'an enum', body: query('{citizen(personalId:xPID){birthDate}}') },
  { place: 'a list argument', body: query('{citizen(personalId:"1"){landParcels(first:"PID"){id}}}') },
  { place: 'a number too large', body: query('{citizen(personalId:"1"){landParcels(first:9PID){id}}}') },
  { place: 'an input object', body: query('{citizen(personalId:"1",match:{fullName:"PID"}){birthDate}}') },
  { place: 'a field of an input object', body: query('{citizen(personalId:"1",match:{xPID:1}){birthDate}}') },
  { place: 'a text without an end', body: query('{citizen(personalId:"PID){birthDate}}') },
  { place: 'a block text without an end', body: query('{citizen(personalId:"""PID){birthDate}}') },
  { place: 'a bad escape', body: query(String.raw`{citizen(personalId:"\uPID"){birthDate}}`) },
  { place: 'no token', body: query('{citizen(personalId:"1"){birthDate}} PID') },
  { place: 'a comment', body: query('{nothing} # PID') },
  { place: 'a field', body: query('{citizen(personalId:"1"){xPID}}') },
  { place: 'an argument', body: query('{citizen(personalId:"1",xPID:1){birthDate}}') },
  { place: 'a directive', body: query('{citizen(personalId:"1")@xPID{birthDate}}') },
  { place: 'a fragment', body: query('{citizen(personalId:"1"){...xPID}}') },
  { place: 'a type', body: query('{citizen(personalId:"1"){...on xPID{birthDate}}}') },
  { place: 'a variable', body: query('query($xPID:ID!){citizen(personalId:$xPID){birthDate}}') },
  { place: 'an unused variable', body: query('query($xPID:ID){__typename}') },
  { place: 'an undefined variable', body: query('{citizen(personalId:$xPID){birthDate}}') },
  {
    place: 'a default',
    body: query('query($a:Int="PID"){citizen(personalId:"1"){landParcels(first:$a){id}}}'),
  },
  { place: 'a variable’s type', body: query('query($a:[xPID]){citizen(personalId:$a){birthDate}}') },
  { place: 'the name of an invalid operation', body: query('query xPID{nothing}') },
  { place: 'two operations of a name', body: query('query xPID{__typename} query xPID{__typename}') },
  { place: 'an unknown operationName', body: query('query a{__typename}', { operationName: 'PID' }) },
  {
    place: 'an operationName of another type',
    body: query('query a{__typename}', { operationName: ['PID'] }),
  },
  { place: 'a variable of another type', body: query(BY_ID, { variables: { id: ['PID'] } }) },
  { place: 'a variable that is an object', body: query(BY_ID, { variables: { id: { PID: 'PID' } } }) },
  { place: 'the name of a further variable', body: query(BY_ID, { variables: { xPID: 1 } }) },
  { place: 'variables as text', body: query(BY_ID, { variables: '{"id":"PID"}' }) },
  {
    place: 'a match of another type',
    body: query('query($m:CitizenMatch){citizen(personalId:"1",match:$m){birthDate}}', {
      variables: { m: { fullName: 'PID' } },
    }),
  },
  { place: 'a malformed identifier', body: query('{citizen(personalId:"PID-1"){birthDate}}') },
  { place: 'extensions', body: { ...FINE, extensions: { PID: 'PID' } } },
  { place: 'a further name of the body', body: { ...FINE, PID: 'PID' } },
  { place: 'query of another type', body: { query: ['PID'] } },
  { place: 'X-Purpose', body: query('{citizen(personalId:"1"){birthDate}}'), caller: { purpose: 'PID' } },
  { place: 'X-Case-Id', body: query('{citizen(personalId:"1"){birthDate}}'), caller: { caseId: 'PID' } },
  { place: 'X-Request-Id', body: FINE, headers: { 'x-request-id': 'PID' } },
  { place: 'traceparent', body: FINE, headers: { traceparent: '00-PID-PID-01' } },
  { place: 'Accept', body: FINE, headers: { accept: 'text/xPID' } },
  { place: 'Content-Type', body: FINE, headers: { 'content-type': 'text/xPID' } },
  { place: 'a header of its own', body: FINE, headers: { 'x-anything': 'PID' } },
  { place: 'a token', body: FINE, caller: { token: 'PID.PID.PID' } },
];

it.each(ATTEMPTS)('what stands in $place comes back nowhere', async ({ body, headers = {}, caller = {} }) => {
  const put = (text: string): string => text.replaceAll('PID', id);
  const answer = await gateway.send(put(JSON.stringify(body)), {
    ...caller,
    ...(typeof caller.purpose === 'string' ? { purpose: put(caller.purpose) } : {}),
    ...(typeof caller.caseId === 'string' ? { caseId: put(caller.caseId) } : {}),
    ...(typeof caller.token === 'string' ? { token: put(caller.token) } : {}),
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, put(value)])),
  });
  expect(answer.text).not.toContain(id);
  expect(JSON.stringify([...answer.headers])).not.toContain(id);
  expect(answer.errors.filter(({ extensions }) => extensions.code === 'INTERNAL_ERROR')).toEqual([]);
  expect(gateway.logLines.join('')).not.toContain(id);
  expect(await (await fetch(`${gateway.adminUrl}/metrics`)).text()).not.toContain(id);
});

it('an operation’s name that may be an identifier, or is very long, is not on record', async () => {
  for (const [name, recorded] of [
    ['Lookup', 'Lookup'],
    [`q${id}`, null],
    ['Q'.repeat(200), null],
  ] as const) {
    const answer = await gateway.ask(`query ${name}{__typename}`);
    expect(answer.status).toBe(200);
    expect(recordOf(gateway, answer)?.answer.operationName).toBe(recorded);
  }
});
