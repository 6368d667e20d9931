import { afterAll, beforeAll, expect, test } from 'vitest';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';

const TIMEOUT_MS = 400;
let gateway: TestGateway;
const people = country.people({ with: ['land'] });

beforeAll(async () => {
  gateway = await startTestGateway({
    overrides: { registerTimeoutMs: TIMEOUT_MS },
    environment: { RECORD_CACHE: 'off' },
  });
});
afterAll(() => gateway.close());

async function askFor(selection: string) {
  const { value } = people.next();
  const startedAt = performance.now();
  const answer = await gateway.ask(`query($id: ID!) { citizen(personalId: $id) { ${selection} } }`, {
    id: value?.personalId ?? '',
  });
  return { ...answer, milliseconds: performance.now() - startedAt };
}

async function readiness(): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(gateway.url.replace('/graphql', '/health/ready'));
  return { status: answer.status, body: await answer.json() };
}

test('a register that hangs costs the first asks their time, and the next ones none, with the same error', async () => {
  gateway.mocks.registers['land']?.faults.set({ fault: 'hang' });
  const codes: unknown[] = [];
  for (let asked = 0; asked < 4; asked += 1)
    codes.push((await askFor('landParcels { id }')).errors[0]?.extensions.code);
  const fifth = await askFor('landParcels { id }');
  codes.push(fifth.errors[0]?.extensions.code);
  expect(codes).toEqual(Array.from({ length: 5 }, () => 'SOURCE_TIMEOUT'));
  // 50 ms are promised; a busy machine gets a wide margin below the register's whole time.
  expect(fifth.milliseconds).toBeLessThan(TIMEOUT_MS - 50);
  expect((await readiness()).body).toMatchObject({
    status: 'ok',
    registers: { land: 'gone', population: 'closed' },
  });
  expect((await askFor('name { full }')).errors).toEqual([]);
  gateway.mocks.registers['land']?.faults.set();
  await expect.poll(async () => (await askFor('landParcels { id }')).errors, { timeout: 10_000 }).toEqual([]);
  expect((await readiness()).body).toEqual({ status: 'ok' });
});

test('an instance without its population register is not ready, and says why, until the register is back', async () => {
  gateway.mocks.registers['population']?.faults.set({ fault: 'drop' });
  for (let asked = 0; asked < 4; asked += 1) await askFor('name { full }');
  expect(await readiness()).toMatchObject({
    status: 503,
    body: {
      status: 'unavailable',
      reasons: ['population'],
      registers: { population: 'gone', land: 'closed' },
    },
  });
  gateway.mocks.registers['population']?.faults.set();
  expect((await askFor('name { full }')).errors).toEqual([]);
  expect(await readiness()).toEqual({ status: 200, body: { status: 'ok' } });
});
