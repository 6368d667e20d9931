import { afterAll, beforeAll, expect, it } from 'vitest';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';

/** Factors that may be tried on one person in one case. */
const TRIES = 20;

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

it('each parcel of a person gives no further tries at the person’s birth date', async () => {
  const [holder] = [...country.people({ with: ['land'] }).take(200)].filter(
    ({ landParcels, personalId }) =>
      landParcels.length > 1 &&
      landParcels.every(({ id }) =>
        country.parcel(id)?.holders.every((one) => one.personalId === personalId),
      ),
  );
  const person = country.person(holder?.personalId ?? '');
  const fullName = [person?.surname, person?.middle, person?.given].join(' ').trim();
  const [first, second] = holder?.landParcels ?? [];
  const query = 'query($id:ID!,$match:CitizenMatch){landParcel(id:$id,match:$match){id}}';
  const ask = async (id: string | undefined, birthDate: string, caseId: string) => {
    const answer = await gateway.ask(query, { id, match: { fullName, birthDate } }, { caseId });
    expect(answer.errors).toEqual([]);
    return answer.data?.['landParcel'];
  };
  const right = person?.birthDate ?? '';
  const tryAll = async (caseId: string, count: number): Promise<void> => {
    for (let day = 0; day < count; day++) {
      const wrong = `1901-${String(1 + (day % 12)).padStart(2, '0')}-${String(1 + Math.floor(day / 12)).padStart(2, '0')}`;
      expect(await ask(day % 2 === 0 ? first?.id : second?.id, wrong, caseId)).toBeNull();
    }
  };
  await tryAll('H26-261121-0771', TRIES - 1);
  expect(await ask(second?.id, right, 'H26-261121-0771')).toEqual({ id: second?.id });
  await tryAll('H26-261121-0772', TRIES);
  expect(await ask(second?.id, right, 'H26-261121-0772')).toBeNull();
  expect(await ask(first?.id, right, 'H26-261121-0772')).toBeNull();
});
