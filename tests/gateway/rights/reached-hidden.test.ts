import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { upstreamCalls } from '../../support/edge.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';

const CASE = 'H26-261101-0710';
const SINGLE = 'query ($id: ID!) { citizen(personalId: $id) { personalId } }';
const BATCH =
  'query ($ids: [ID!]!) { citizens(personalIds: $ids, caseIds: [null, "H26-261101-0710"]) { status citizen { personalId } } }';

/** A protected person, two others of the household, and a protected stranger to them. */
function findHousehold() {
  const ids = [...country.people({ traits: ['protected'] })].map(({ personalId }) => personalId);
  for (const hidden of ids) {
    const file = country.person(hidden)?.residenceFileNo;
    const members = (file === undefined ? undefined : country.household(file))?.members ?? [];
    const others = members.flatMap(({ personalId }) => personalId ?? []).filter((id) => id !== hidden);
    const [party, other] = others.filter((id) => country.person(id)?.isProtected === false);
    const stranger = ids.find((id) => id !== hidden && !others.includes(id));
    if (party && other && stranger) return { hidden, party, other, stranger };
  }
  throw new Error('nobody protected shares a household with two others');
}

describe('a case about somebody who shares a household with a protected person', () => {
  const { hidden, party, other, stranger } = findHousehold();
  const nobody = `${hidden.slice(0, 6)}999999`;
  let gateway: TestGateway;

  beforeAll(async () => {
    gateway = await startTestGateway({ environment: { RECORD_CACHE: 'off' } });
    gateway.mocks.dossier.book.set(CASE, {
      procedure: '1.004222',
      office: 'inspectorate',
      officers: ['inspectorate'],
      state: 'DANG_XU_LY',
      parties: [{ loai: 'CA_NHAN', ma: party }],
      receivedOn: '2026-11-01',
    });
  });
  afterAll(() => gateway.close());

  async function seen(query: string, variables: object, caseId: string) {
    const before = Object.values(upstreamCalls(gateway));
    const { status, text } = await gateway.ask(query, variables, { caseId });
    const calls = Object.values(upstreamCalls(gateway)).map((count, index) => count - (before[index] ?? 0));
    return { status, text, calls };
  }

  it('does not open that person, as it does not open a stranger or nobody: bytes and calls', async () => {
    expect(country.person(nobody)).toBe(undefined);
    const wanted = await seen(SINGLE, { id: nobody }, CASE);
    expect(wanted.text).toContain('CASE_NOT_VALID');
    expect(await seen(SINGLE, { id: stranger }, CASE)).toEqual(wanted);
    expect(await seen(SINGLE, { id: hidden }, CASE)).toEqual(wanted);
  });

  it('nor as an item', async () => {
    const own = 'H26-261101-0001';
    const batchOf = (id: string) => seen(BATCH, { ids: [party, id] }, own);
    await batchOf(party);
    const wanted = await batchOf(nobody);
    expect(wanted.text).toContain('CASE_NOT_VALID');
    expect(await batchOf(stranger)).toEqual(wanted);
    expect(await batchOf(hidden)).toEqual(wanted);
  });

  it('opens the others whom the party leads to', async () => {
    const { text } = await seen(SINGLE, { id: other }, CASE);
    expect(JSON.parse(text)).toMatchObject({ data: { citizen: { personalId: other } } });
  });
});
