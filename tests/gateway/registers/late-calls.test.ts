import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordOf } from '../../support/edge.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';

/** Registers slower than the requests' own deadline. */
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({
    environment: { RECORD_CACHE: 'off' },
    overrides: { requestTimeoutMs: 250, registerTimeoutMs: 2_000 },
  });
});

afterAll(() => gateway.close());

const [person] = country.people({});
if (!person) throw new Error('nobody');

it('a request that is answered is named in no further call: both logs know the same calls', async () => {
  const { population } = gateway.mocks.registers;
  // Shared calls that fail after the deadline would be repeated for each request alone.
  population.faults.set({ fault: 'delay', ms: 500 }, { fault: 'status', status: 503 });
  try {
    const ask = (officer: string) =>
      gateway.ask(
        'query ($id: ID!) { citizen(personalId: $id) { sex } }',
        { id: person.personalId },
        { officer },
      );
    const answers = await Promise.all(Array.from({ length: 12 }, (_, n) => ask(`officer.${n}`)));
    for (const { errors } of answers) {
      expect(errors.map(({ extensions }) => extensions.code)).toEqual(['SOURCE_TIMEOUT']);
    }
    await pause(700);
    const calls = (requestId: string, officer: string): string => `${requestId} ${officer}`;
    const ours = answers.flatMap((answer, n) =>
      (recordOf(gateway, answer)?.answer.upstream ?? []).map(({ requestId }) =>
        calls(requestId, `officer.${n}`),
      ),
    );
    const theirs = population.log.entries().map(({ requestId, officer }) => calls(requestId, officer));
    expect(theirs.length).toBeGreaterThan(0);
    expect(theirs.toSorted()).toEqual(ours.toSorted());
  } finally {
    population.faults.clear();
  }
});
