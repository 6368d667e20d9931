import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordOf } from '../../support/edge.ts';
import { country, startTestGateway, type TestAnswer, type TestGateway } from '../../support/gateway.ts';
import { CITIZENS } from '../../support/selections.ts';

/** Operations of which each is within every limit, many at once: their caller's share of the work is used up, not everybody's time. */
let gateway: TestGateway;
const ids: string[] = [];

beforeAll(async () => {
  gateway = await startTestGateway();
  for (const { personalId } of country.people({ with: ['marriage'] }))
    if (ids.push(personalId) === 100) break;
});

afterAll(() => gateway.close());

const names = (count: number, field: string): string =>
  Array.from({ length: count }, (_, index) => `f${index}: ${field}`).join(' ');
const LARGE = `query ($ids: [ID!]!) { citizens(personalIds: $ids) { citizen {
  a: household { members { person { ...P } } } b: household { members { person { ...P } } } } } }
  fragment P on Citizen { ${names(180, 'name { full }')} }`;

async function others(): Promise<readonly TestAnswer[]> {
  const answers: TestAnswer[] = [];
  for (const id of ids.slice(0, 10)) {
    const query = `{ citizen(personalId: "${id}") { name { full } } }`;
    const caller = { client: 'dvc-portal', purpose: 'form-prefill', officer: 'dvc.portal' };
    answers.push(await gateway.ask(query, {}, caller));
  }
  return answers;
}

describe.each([
  ['the largest answers, of one officer', LARGE, { ids }, 40, (): string => 'officer.one'],
  ['the largest answers, of many officers of a client', LARGE, { ids }, 40, (n: number) => `officer.${n}`],
  ['batches of whole rows', CITIZENS, { personalIds: ids }, 100, (): string => 'officer.two'],
])('%s', (_name, query, variables, count, officerOf) => {
  it('are answered or QUOTA_EXCEEDED, and others are answered meanwhile', async () => {
    const flood = Array.from({ length: count }, (_, index) =>
      gateway.ask(query, variables, { officer: officerOf(index) }),
    );
    const answered = await others();
    expect(answered.map(({ status }) => status)).toEqual(answered.map(() => 200));
    const byStatus = Map.groupBy(await Promise.all(flood), ({ status }) => status);
    expect([...byStatus.keys()].toSorted()).toEqual([200, 429]);
    const [refused] = byStatus.get(429) ?? [];
    if (!refused) throw new Error('nobody was refused');
    expect(refused.errors.map(({ extensions }) => extensions.code)).toEqual(['QUOTA_EXCEEDED']);
    expect(refused.headers.get('retry-after')).toBe('1');
    // Its operation was read, so that it stands on record like every other refusal.
    expect(recordOf(gateway, refused)?.answer).toMatchObject({ outcome: 'refused', code: 'QUOTA_EXCEEDED' });
    // The share comes back with the answers.
    expect((await gateway.ask(query, variables, { officer: officerOf(0) })).status).toBe(200);
  });
});
