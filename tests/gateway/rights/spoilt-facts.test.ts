import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { upstreamCalls } from '../../support/edge.ts';
import { country, faultsOf, startTestGateway, type TestGateway } from '../../support/gateway.ts';

/**
 * A register spoils the row of somebody whom an office may not see. What the second ask costs, and whether it fails, must
 * not tell the hidden person from nobody; a person who may be seen is there again as soon as the register is.
 */
let gateway: TestGateway;
const CALLER = { client: 'hcm-business-registry', purpose: 'business-registration' };
const ASK = 'query ($id: ID!) { citizen(personalId: $id) { personalId name { full } } }';

beforeAll(async () => {
  gateway = await startTestGateway();
});

beforeEach(() => gateway.mocks.registers['civil-status'].faults.clear());

afterAll(() => gateway.close());

const hidden = [
  ...country.people({ traits: ['protected'] }).take(9),
  ...country.people({ traits: ['minor'] }).take(9),
].filter(({ birthDate, traits }) => traits.includes('protected') || birthDate > '2012');
const seen = [...country.people({}).take(3)];
let unknown = 0;

/** An id that nobody has. */
function nobody(): string {
  for (;;) {
    const id = `001190${String((unknown += 7)).padStart(6, '0')}`;
    if (country.person(id) === undefined) return id;
  }
}

/** The answer and the calls that it took. */
async function ask(id: string): Promise<string> {
  const before = upstreamCalls(gateway);
  const answer = await gateway.ask(ASK, { id }, CALLER);
  const { dossier: _dossier, ...after } = upstreamCalls(gateway);
  const calls = Object.entries(after).map(
    ([name, count]) => `${name} ${count - before[name as keyof typeof after]}`,
  );
  return `${JSON.stringify(answer.data)} ${faultsOf(answer).join()} ${calls.join()}`;
}

const FAULTS = ['omit-row', 'double-row'] as const;
const CASES = FAULTS.flatMap((fault, place) =>
  hidden
    .filter((_, index) => index % FAULTS.length === place)
    .map(({ personalId, traits }) => ({ fault, id: personalId, why: traits.join() })),
);

describe('civil status', () => {
  it.each(CASES)('$fault of $id ($why): each ask is like that for nobody', async ({ fault, id }) => {
    const { faults } = gateway.mocks.registers['civil-status'];
    const stranger = nobody();
    faults.set({ fault, key: id, onlyWithKey: id });
    const told = [await ask(id), await ask(id), await ask(id)];
    faults.clear();
    expect(told).toEqual([await ask(stranger), await ask(stranger), await ask(stranger)]);
    expect(told[1]).toContain('civil-status 0');
  });

  it.each(seen)(
    'a row of $personalId that is missing once is there at the next ask',
    async ({ personalId }) => {
      gateway.mocks.registers['civil-status'].faults.set({
        fault: 'omit-row',
        key: personalId,
        onlyWithKey: personalId,
        times: 1,
      });
      expect(await ask(personalId)).toContain('SOURCE_CONTRACT_BROKEN');
      expect(await ask(personalId)).toContain(`"personalId":"${personalId}"`);
      expect(await ask(personalId)).toContain('civil-status 0');
    },
  );
});
