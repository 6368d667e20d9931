import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { country, startTestGateway, type TestAnswer, type TestGateway } from '../../support/gateway.ts';
import { recordOf, upstreamCalls } from '../../support/edge.ts';

const CALLER = { client: 'hn-hoankiem-social', purpose: 'social-assistance' };
const QUERY =
  'query($id:ID!,$match:CitizenMatch){citizen(personalId:$id,match:$match){personalId birthDate household{members{relationToHead}}}}';

let gateway: TestGateway;
let person = { id: '', fullName: '', birthDate: '' };
/** Well-formed, and nobody's. */
let nobody = '';

beforeAll(async () => {
  gateway = await startTestGateway({ environment: { RECORD_CACHE: 'off' } });
  const [found] = country.people({ unit: '00070' });
  if (!found) throw new Error('nobody lives in 00070');
  person = { id: found.personalId, fullName: found.name.full, birthDate: found.birthDate };
  for (let last = 0; nobody === '' && last < 1_000_000; last += 7_919) {
    const id = person.id.slice(0, 6) + String(last).padStart(6, '0');
    const answer = await gateway.ask('query($id:ID!){citizen(personalId:$id){personalId}}', { id });
    if (answer.data?.['citizen'] === null && answer.errors.length === 0) nobody = id;
  }
});

afterAll(() => gateway.close());

const ask = (id: string, match: object | null): Promise<TestAnswer> =>
  gateway.ask(QUERY, { id, match }, CALLER);

describe('a match factor', () => {
  it('that fits brings the data, in any spelling of the name', async () => {
    const { id, fullName, birthDate } = person;
    for (const name of [fullName, fullName.toLowerCase(), fullName.normalize('NFD'), `  ${fullName} `]) {
      const answer = await ask(id, { fullName: name, birthDate });
      expect(answer.errors).toEqual([]);
      expect(answer.data?.['citizen']).toMatchObject({ personalId: id, birthDate });
    }
  });

  it('that does not fit looks like an id that is nobody’s: bytes, headers, calls', async () => {
    const { id, fullName, birthDate } = person;
    const other = birthDate === '1990-01-01' ? '1990-01-02' : '1990-01-01';
    const seen: unknown[] = [];
    for (const [asked, match] of [
      [nobody, { fullName, birthDate }],
      [id, { fullName: 'Ai Đó Khác', birthDate }],
      [id, { fullName, birthDate: other }],
      [id, { fullName: '', birthDate: '1990' }],
    ] as const) {
      const before = upstreamCalls(gateway);
      const answer = await ask(asked, match);
      const after = upstreamCalls(gateway);
      const headers = [...answer.headers]
        .filter(([name]) => !['date', 'x-access-entry', 'x-request-id'].includes(name))
        .map(([name, value]) => `${name}: ${value}`);
      const calls = Object.fromEntries(
        Object.entries(after).map(([name, count]) => [name, count - before[name as keyof typeof before]]),
      );
      // The dossier service is asked once a subject, and remembers.
      seen.push({ status: answer.status, text: answer.text, headers, calls: { ...calls, dossier: 0 } });
      expect(answer.data).toEqual({ citizen: null });
      expect(answer.errors).toEqual([]);
    }
    expect(seen.slice(1)).toEqual([seen[0], seen[0], seen[0]]);
  });

  it('that is missing is ROW_DENIED by its rule, for anybody or nobody, and no register is asked', async () => {
    const before = upstreamCalls(gateway);
    for (const id of [person.id, nobody]) {
      const answer = await ask(id, null);
      expect(answer.status).toBe(200);
      expect(answer.data).toEqual({ citizen: null });
      expect(answer.errors.map(({ path, extensions }) => ({ path, ...extensions }))).toEqual([
        {
          path: ['citizen'],
          code: 'ROW_DENIED',
          rule: 'match',
          legalBasis: expect.stringMatching(/66\.7\/2025/),
        },
      ]);
      expect(recordOf(gateway, answer)?.entries[0]).toMatchObject({ outcome: 'denied', disclosed: [] });
    }
    const { dossier: _before, ...registersBefore } = before;
    const { dossier: _after, ...registersAfter } = upstreamCalls(gateway);
    expect(registersAfter).toEqual(registersBefore);
  });

  it('goes item by item in a batch, each with its status', async () => {
    const { id, fullName, birthDate } = person;
    const answer = await gateway.ask(
      'query($ids:[ID!]!,$matches:[CitizenMatch]){citizens(personalIds:$ids,matches:$matches){status citizen{personalId}}}',
      {
        ids: [id, id, nobody, id],
        matches: [
          { fullName, birthDate },
          { fullName: 'Ai Đó Khác', birthDate },
          { fullName, birthDate },
          null,
        ],
      },
      CALLER,
    );
    expect(answer.data).toEqual({
      citizens: [
        { status: 'OK', citizen: { personalId: id } },
        { status: 'NOT_FOUND', citizen: null },
        { status: 'NOT_FOUND', citizen: null },
        { status: 'DENIED', citizen: null },
      ],
    });
    expect(answer.errors.map(({ path, extensions }) => [path?.join('.'), extensions.code])).toEqual([
      ['citizens.3.citizen', 'ROW_DENIED'],
    ]);
  });
});
