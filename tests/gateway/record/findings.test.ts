import { afterAll, beforeAll, expect, it } from 'vitest';
import { withLog } from '../../support/recorded.ts';
import { country, startTestGateway, type Caller, type TestGateway } from '../../support/gateway.ts';
import type { TestAnswer } from '../../support/gateway.ts';

/** What the gate found about officer and subject is sealed in each entry (FORMAT.md, Findings), over HTTP. */

let gateway: TestGateway;
const couples = country.people({ with: ['marriage'] });
const [anh = '', , , , , , , binh = ''] = couples.take(8).map(({ personalId }) => personalId);
const ONE = 'query($id: ID!) { citizen(personalId: $id) { name { full } } }';
const SPOUSE =
  'query($id: ID!) { citizen(personalId: $id) { marriages { spouse { personalId name { full } } } } }';

beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

/** Findings by the subject's key. */
function findingsIn({ headers }: Pick<TestAnswer, 'headers'>): ReadonlyMap<string, string | null> {
  const opened = withLog(gateway, (reader) => reader.opened(headers.get('x-access-entry') ?? ''));
  return new Map(opened?.entries.map(({ subject, findings }) => [subject.key, findings]));
}

async function asked(id: string, caller: Caller = {}, query = ONE) {
  const answer = await gateway.ask(query, { id }, caller);
  return { answer, findings: findingsIn(answer) };
}

async function spouseOf(id: string): Promise<string> {
  const { findings } = await asked(id, {}, SPOUSE);
  return [...findings.keys()].find((key) => key !== id) ?? '';
}

it('of a party and a person met on a join, where nobody knows the officer as a person', async () => {
  const { findings } = await asked(anh, {}, SPOUSE);
  expect(findings.get(anh)).toBe('1-----');
  expect([...findings.values()].toSorted()).toEqual(['0----1', '1-----']);
});

it('of an officer and a stranger, and of an officer and the own spouse', async () => {
  const stranger = await asked(anh, { officerPersonalId: binh });
  expect(stranger.findings.get(anh)).toMatch(/^10[01-]{3}-$/);
  const spouse = await asked(await spouseOf(anh), { officerPersonalId: anh });
  // Denied, and not told why; the log has it.
  expect(spouse.answer.data).toEqual({ citizen: null });
  expect([...spouse.findings.values()][0]).toMatch(/^11[01-]{3}-$/);
});

it('of a person whom the dossier is not about, in an entry of the refusal', async () => {
  const { answer, findings } = await asked(binh, { caseId: 'H26-261121-7001' });
  expect(answer.status).toBe(403);
  expect(findings.get(binh)).toBe('0----0');
});
