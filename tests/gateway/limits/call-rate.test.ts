import { afterAll, beforeAll, expect, test } from 'vitest';
import { DEFAULT_REGISTERS } from '../../../src/sources/default-registers.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';

/** The population register takes one call, and the next one much later than anybody waits. */
const registers = DEFAULT_REGISTERS.map((register) =>
  register.name === 'population'
    ? {
        ...register,
        callLimits: {
          ...register.callLimits,
          callsPerSecond: { value: 0.001, unit: 'calls', why: 'for this test' },
        },
      }
    : register,
);

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway({ registers });
});
afterAll(() => gateway.close());

const [first, second] = country.people();
const QUERY = 'query($id: ID!) { citizen(personalId: $id) { sex } }';

test('over a register’s rate the request is refused as a whole, whoever is asked about, and told when to come back', async () => {
  expect((await gateway.ask(QUERY, { id: first?.personalId })).errors).toEqual([]);
  for (const id of [second?.personalId, '000123456789']) {
    const answer = await gateway.ask(QUERY, { id });
    expect(answer.status).toBe(503);
    expect(answer.errors.map(({ extensions }) => extensions.code)).toEqual(['OVERLOADED']);
    expect(answer.headers.get('retry-after')).toBe('1');
    expect(answer.data ?? null).toBeNull();
  }
  // The register was spared, its circuit stays closed, and what needs another register is answered.
  expect(gateway.mocks.registers.population.log.calls).toBe(1);
  const ready = await fetch(gateway.url.replace('/graphql', '/health/ready'));
  expect(ready.status).toBe(200);
  const other = await gateway.ask('{ landParcel(id: "wzzzzzzzzzzz") { id } }');
  expect(other.data).toEqual({ landParcel: null });
});
