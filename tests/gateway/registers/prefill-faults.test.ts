import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { exchangedToken } from '../../../mocks/identity/mint-token.ts';
import type { Trait } from '../../../mocks/country/truth.ts';
import { upstreamCalls } from '../../support/edge.ts';
import { PROCEDURES } from '../../support/forms/fill-families.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';

/** Forms while a register is down, for persons whom forms fit badly, and the calls that the largest form costs. */

interface Field {
  readonly key: string;
  readonly party: string;
  readonly value: string | null;
  readonly absence: string | null;
  readonly source: { readonly register: string } | null;
}
interface Form {
  readonly fields: readonly Field[];
  readonly components: readonly { readonly state: string; readonly cause: string | null }[];
}

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterEach(() => {
  for (const { faults } of Object.values(gateway.mocks.registers)) faults.clear();
});
afterAll(() => gateway.close());

async function fill(personalId: string, code: string, parties: readonly object[] = []): Promise<Form> {
  const { data } = await gateway.ask(
    `query ($code: ID!, $parties: [PrefillParty!]) { prefill(procedure: $code, parties: $parties) { fields { key party value absence source { register } } components { state cause } } }`,
    { code, parties },
    {
      token: gateway.mocks.identityProvider.mintToken(exchangedToken('dvc-portal', personalId)),
      purpose: 'form-prefill',
      caseId: null,
    },
  );
  return data?.['prefill'] as unknown as Form;
}

function fresh(skip: number): string {
  const [person] = [...country.people({ with: ['land', 'business', 'marriage'] }).take(skip + 1)].slice(-1);
  return person?.personalId ?? '';
}

describe('a register that is down', () => {
  test.each(['business', 'land', 'civil-status'] as const)(
    '%s: its fields say so, all others stay filled',
    async (register) => {
      // CT01 rests on land, birth registration on civil status, the change of a household business on business.
      const code = (
        {
          business: '2.000720',
          land: '1.004222',
          'civil-status': '1.001193',
        } as const
      )[register];
      const person = fresh(20 + register.length);
      gateway.mocks.registers[register]?.faults.set({ fault: 'drop' });
      const { fields } = await fill(person, code);
      const definitions = new Map(
        PROCEDURES.find((one) => one.code === code)?.fields.map((one) => [`${one.party} ${one.key}`, one]),
      );
      const due = fields.filter(({ party, key: own }) => {
        const definition = definitions.get(`${party} ${own}`);
        return definition?.source === register && definition.isPrefilled;
      });
      expect(due.length).toBeGreaterThan(0);
      expect(new Set(due.map(({ absence }) => absence))).toEqual(new Set(['SOURCE_UNAVAILABLE']));
      const others = fields.filter(({ source }) => source !== null).map(({ source }) => source?.register);
      expect(others).toContain('population');
      expect(others).not.toContain(register);
    },
  );

  test('population: nobody can say who may be seen, so that nothing is filled and nothing is NO_RECORD', async () => {
    gateway.mocks.registers['population']?.faults.set({ fault: 'drop' });
    const { fields, components } = await fill(fresh(40), '1.004222');
    expect(fields.filter(({ value }) => value !== null)).toEqual([]);
    expect(new Set(fields.map(({ absence }) => absence))).not.toContain('NO_RECORD');
    expect(components.map(({ cause }) => cause)).toContain('SOURCE_UNAVAILABLE');
  });
});

test.each<[string, readonly Trait[]]>([
  ['a minor', ['minor']],
  ['a child with a guardian', ['minor', 'guarded']],
  ['somebody whose birth day is not known', ['contradiction:birth-year-only']],
])('%s: every field has a value or exactly one absence', async (_who, traits) => {
  const [person] = country.people({ traits });
  const { fields } = await fill(person?.personalId ?? '', '1.004222');
  expect(fields.find(({ key }) => key === 'ngay_sinh')?.value).toBe(
    country.person(person?.personalId ?? '')?.birthDate,
  );
  expect(fields.filter(({ value, absence }) => (value === null) !== (absence !== null))).toEqual([]);
});

test('nobody is told whether a protected person exists: a party of that number is one of an unknown number', async () => {
  const [hidden] = country.people({ traits: ['protected'] });
  const told = (role: string, personalId: string) => fill(fresh(70), '1.000894', [{ role, personalId }]);
  for (const role of ['wife', 'husband']) {
    expect(await told(role, hidden?.personalId ?? '')).toEqual(await told(role, '000123456789'));
  }
});

test('the largest form costs at most one call a register and hop', async () => {
  const largest = PROCEDURES.toSorted((a, b) => b.fields.length - a.fields.length)[0];
  const before = upstreamCalls(gateway);
  await fill(fresh(60), largest?.code ?? '');
  const after = upstreamCalls(gateway);
  const calls = Object.entries(after).map(
    ([name, count]) => [name, count - before[name as keyof typeof before]] as const,
  );
  // The applicant; the persons, businesses and parcels of the applicant's records; and theirs.
  for (const [name, count] of calls) expect([name, count <= 3]).toEqual([name, true]);
});
