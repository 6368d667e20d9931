import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { country, faultsOf, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { readFrames } from './read-frames.ts';

/** The centre over HTTP: it sees counts and never a person, and the live state comes once a second. */

const LIVE = `{ liveState {
  day instance windowSeconds
  registers { register name level circuit ratePerSecond p50Ms p99Ms failedPercent callsToday failedToday ageSeconds }
  gateway { level answersToday refusedToday isLogHealthy witness codes { code answers } }
  provinces { code name level requests refused forms answeredPercent p99Ms }
  communes { code name province requests } offices { code name province requests }
  levels { scope red yellow green grey } flags { scope code reason }
} }`;
const CENTRE = { client: 'centre', purpose: null, caseId: null };

let gateway: TestGateway;
let person = '';
beforeAll(async () => {
  gateway = await startTestGateway();
  const [one] = country.people({ unit: '00070' });
  person = one?.personalId ?? '';
});
afterAll(() => gateway.close());

const look = (caller: object, id = person) =>
  gateway.ask('query ($id: ID!) { citizen(personalId: $id) { personalId name { full } } }', { id }, caller);

interface State {
  readonly registers: readonly {
    readonly register: string;
    readonly callsToday: number;
    readonly circuit: string;
  }[];
  readonly gateway: { readonly answersToday: number; readonly codes: readonly object[] };
  readonly provinces: readonly { readonly code: string; readonly requests: number; readonly level: string }[];
  readonly communes: readonly object[];
  readonly offices: readonly object[];
  readonly levels: readonly object[];
}

describe('the live state', () => {
  test('counts registers, offices, communes and provinces by the caller’s office', async () => {
    const desk = {
      client: 'hn-hoankiem-civil',
      purpose: 'civil-status-registration',
      officer: 'tran.thi.binh',
    };
    for (let asked = 0; asked < 12; asked++) await look({ ...desk, caseId: 'H26-261121-0001' });
    await look({ ...desk, caseId: 'H26-261121-9001' });
    await look({ client: 'inspectorate' });
    const { status, data, errors } = await gateway.ask(LIVE, {}, CENTRE);
    expect([status, errors]).toEqual([200, []]);
    const state = data?.['liveState'] as unknown as State;
    expect(state.registers.find(({ register }) => register === 'population')).toMatchObject({
      circuit: 'CLOSED',
      failedToday: 0,
    });
    expect(state.provinces).toHaveLength(34);
    // The worst first: the only province that can be judged stands before the grey ones.
    expect(state.provinces[0]).toMatchObject({ code: '01', requests: 13, refused: 1, level: 'GREEN' });
    expect(state.communes).toMatchObject([{ code: '00070', province: '01', requests: 13 }]);
    expect(state.offices).toMatchObject([
      { code: 'hn-hoankiem-civil', requests: 13 },
      { code: 'inspectorate', requests: 1 },
    ]);
    expect(state.levels).toEqual([
      { scope: 'PROVINCE', red: 0, yellow: 0, green: 1, grey: 33 },
      { scope: 'COMMUNE', red: 0, yellow: 0, green: 1, grey: 3320 },
    ]);
  });

  test('holds nothing of a person', async () => {
    const { text } = await gateway.ask(LIVE, {}, CENTRE);
    const [frame] = await readFrames(gateway, { count: 1 });
    for (const told of [text, frame?.text ?? '']) {
      expect(told).not.toContain(person);
      expect(told).not.toContain('tran.thi.binh');
      expect(told).not.toMatch(/\b\d{12}\b/);
    }
  });

  test('every other root is refused to the centre, and the refusal is on record', async () => {
    const refused = await gateway.ask(
      'query ($id: ID!) { citizen(personalId: $id) { name { full } } }',
      { id: person },
      CENTRE,
    );
    expect(faultsOf(refused)).toEqual(['citizen FIELD_NOT_GRANTED']);
    expect(refused.headers.get('x-access-entry')).toMatch(/^[0-9a-f]{32}$/);
    const log = await gateway.ask(
      '{ accessLog { entries { officer } } myAccesses { accesses { text } } }',
      {},
      CENTRE,
    );
    expect(faultsOf(log)).toEqual(['accessLog FIELD_NOT_GRANTED', 'myAccesses FIELD_NOT_GRANTED']);
    const auditor = { client: 'auditor', purpose: null, caseId: 'KT-261121-0001' };
    const found = await gateway.ask(
      '{ accessLog(filter: { client: "centre" }) { entries { code purpose denied } } }',
      {},
      auditor,
    );
    expect(JSON.stringify(found.data)).toContain('Query.citizen FIELD_NOT_GRANTED');
  });

  test.each([
    ['auditor', 'KT-261121-0001'],
    ['population-owner', null],
  ])('%s does not see it', async (client, caseId) => {
    const answer = await gateway.ask('{ liveState { at } }', {}, { client, purpose: null, caseId });
    expect(faultsOf(answer)).toEqual(['liveState FIELD_NOT_GRANTED']);
  });
});

describe('GET /console/live', () => {
  test('sends a frame each second, the same to all readers', async () => {
    const [one, other] = await Promise.all([
      readFrames(gateway, { count: 3 }),
      readFrames(gateway, { count: 3 }),
    ]);
    expect(one).toHaveLength(3);
    const shared = one.filter(({ text }) => other.some((frame) => frame.text === text));
    expect(shared.length).toBeGreaterThan(0);
    const [first, , last] = one.map(({ state }) => Date.parse(state.at));
    expect((last ?? 0) - (first ?? 0)).toBeGreaterThan(900);
    expect((last ?? 0) - (first ?? 0)).toBeLessThan(3_500);
  });

  test('is for the centre alone, and refusals are on record', async () => {
    const url = gateway.url.replace('/graphql', '/console/live');
    expect((await fetch(url)).status).toBe(401);
    const refused = await fetch(url, {
      headers: { authorization: `Bearer ${gateway.token({ client: 'auditor' })}` },
    });
    expect(refused.status).toBe(403);
    expect(refused.headers.get('x-access-entry')).toMatch(/^[0-9a-f]{32}$/);
    expect(await refused.json()).toMatchObject({ errors: [{ extensions: { code: 'PURPOSE_NOT_GRANTED' } }] });
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
  });

  test('one account has five streams, and a stream that ends gives its place back', async () => {
    const readers = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const leaving = new AbortController();
        return { leaving, response: await openStream(leaving.signal) };
      }),
    );
    expect(readers.map(({ response }) => response.status)).toEqual([200, 200, 200, 200, 200]);
    expect((await openStream()).status).toBe(429);
    for (const { leaving } of readers) leaving.abort();
    const again = new AbortController();
    await expect.poll(async () => (await openStream(again.signal)).status).toBe(200);
    again.abort();
  });

  test('ends with the gateway', async () => {
    const own = await startTestGateway({ mocks: gateway.mocks });
    const stream = readFrames(own, { count: 1_000 });
    await expect.poll(() => own.gateway.log !== null).toBe(true);
    await readFrames(own, { count: 1 });
    await own.close();
    expect((await stream).length).toBeGreaterThan(0);
  });
});

function openStream(signal?: AbortSignal): Promise<Response> {
  return fetch(gateway.url.replace('/graphql', '/console/live'), {
    headers: { authorization: `Bearer ${gateway.token({ client: 'centre' })}` },
    ...(signal ? { signal } : {}),
  });
}
