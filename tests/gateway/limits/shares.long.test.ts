import { afterAll, beforeAll, expect, it } from 'vitest';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

it('one client whose register hangs takes no place from another that does not need it', async () => {
  const [person] = country.people({ with: ['land'] });
  const id = person?.personalId ?? '';
  gateway.mocks.registers['land']?.faults.set({ fault: 'hang' });
  // These requests fill the gateway; they come from many officers of one client.
  const flood = Array.from({ length: 1_100 }, (_, index) =>
    gateway.ask(
      `{ citizen(personalId: "${id}") { landParcels { id } } }`,
      {},
      { officer: `officer.${index % 40}` },
    ),
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  const others = await Promise.all(
    Array.from({ length: 20 }, () =>
      gateway.ask(
        `{ citizen(personalId: "${id}") { name { full } } }`,
        {},
        { client: 'dvc-portal', purpose: 'form-prefill', officer: 'dvc.portal' },
      ),
    ),
  );
  expect(others.map(({ status }) => status)).toEqual(others.map(() => 200));
  const flooded = await Promise.all(flood);
  const codes = Map.groupBy(flooded, ({ status }) => status);
  expect([...codes.keys()].sort()).toEqual([200, 429]);
  expect(codes.get(429)?.every(({ headers }) => headers.get('retry-after') === '1')).toBe(true);
  gateway.mocks.registers['land']?.faults.set();
});
