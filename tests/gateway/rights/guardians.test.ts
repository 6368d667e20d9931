import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordOf } from '../../support/edge.ts';
import { country, faultsOf, startTestGateway, type TestGateway } from '../../support/gateway.ts';

/** A child's legal representative who is a party of the dossier sees the child (Civil Code art. 46 to 58); nobody else does. */
let gateway: TestGateway;
let caseNo = 0;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

const WARDS = [...country.people({ traits: ['minor', 'guarded'] }).take(12)].map(({ personalId, truth }) => ({
  ward: personalId,
  guardian: truth.guardian?.personalId ?? '',
}));
const [stranger = ''] = [...country.people({ with: ['land'] }).take(1)].map(({ personalId }) => personalId);

async function statuses(ids: readonly string[], caller: object) {
  caseNo += 1;
  const answer = await gateway.ask(
    'query ($ids: [ID!]!) { citizens(personalIds: $ids) { status citizen { name { full } } } }',
    { ids },
    { caseId: `H26-261122-${String(caseNo).padStart(4, '0')}`, ...caller },
  );
  expect(faultsOf(answer)).toEqual([]);
  const items = Object(answer.data)['citizens'] as readonly { readonly status: string }[];
  return { answer, seen: items.map(({ status }) => status) };
}

const PORTAL = { client: 'dvc-portal', purpose: 'form-prefill' };
const REGISTRY = { client: 'hcm-business-registry', purpose: 'business-registration' };

it.each(WARDS)('the guardian $guardian sees the ward $ward', async ({ ward, guardian }) => {
  expect((await statuses([ward, guardian], PORTAL)).seen).toEqual(['OK', 'OK']);
});

it.each(WARDS)('a stranger does not see the ward $ward, nor does the ward alone', async ({ ward }) => {
  const beside = await statuses([ward, stranger], PORTAL);
  expect(beside.seen).toEqual(['NOT_FOUND', 'OK']);
  const entries = recordOf(gateway, beside.answer)?.entries ?? [];
  expect(entries.find(({ subject }) => subject.key === ward)).toMatchObject({
    outcome: 'denied',
    rule: 'minor',
  });
  expect((await statuses([ward], PORTAL)).seen).toEqual(['NOT_FOUND']);
});

it('the guardian of one child does not see another’s ward', async () => {
  const [one, other] = WARDS;
  expect((await statuses([one?.ward ?? '', other?.guardian ?? ''], REGISTRY)).seen).toEqual([
    'NOT_FOUND',
    'OK',
  ]);
});

it('a ward does not open the guardian’s other charges, and a guardian opens no other minor of the household', async () => {
  for (const { ward, guardian } of WARDS) {
    const file = country.person(ward)?.residenceFileNo ?? '';
    const siblings = (country.household(file)?.members ?? [])
      .flatMap(({ personalId }) => personalId ?? [])
      .filter((id) => id !== ward && country.truth(id)?.traits.join() === 'minor')
      .filter((id) => country.person(id)?.father?.personalId !== guardian)
      .filter((id) => country.person(id)?.mother?.personalId !== guardian);
    for (const sibling of siblings)
      expect((await statuses([sibling, guardian], PORTAL)).seen).toEqual(['NOT_FOUND', 'OK']);
  }
});
