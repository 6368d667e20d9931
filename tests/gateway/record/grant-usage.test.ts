import { parse } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { country, startTestGateway, type Caller, type TestGateway } from '../../support/gateway.ts';

/** What is granted and never used, as the owner of a register reads it. */

const owner: Caller = { client: 'population-owner', officer: 'chu.quan', purpose: null, caseId: null };
const QUERY = `query ($agreement: ID, $days: Int) { grantUsage(agreement: $agreement, days: $days) { agreement receiver purpose legalBasis since answers
  used { coordinate name entries } neverUsed { coordinate entries } smallerGrant unreadable { index } } }`;

interface Usage {
  readonly agreement: string;
  readonly answers: number;
  readonly used: readonly { readonly coordinate: string; readonly name: string; readonly entries: number }[];
  readonly neverUsed: readonly { readonly coordinate: string }[];
  readonly smallerGrant: string;
  readonly unreadable: readonly unknown[];
}

let gateway: TestGateway;
let accesses = 0;

beforeAll(async () => {
  gateway = await startTestGateway();
  const [one] = [...country.people({ with: ['marriage'] }).take(1)];
  const selection = '{ personalId name { full } marriages { entryNo } }';
  await gateway.ask(`query($id: ID!) { citizen(personalId: $id) ${selection} }`, { id: one?.personalId });
  accesses = 1;
});

afterAll(() => gateway.close());

const usages = async (variables: object = {}): Promise<readonly Usage[]> => {
  const { data } = await gateway.ask(QUERY, variables, owner);
  return data?.['grantUsage'] as unknown as readonly Usage[];
};

it('tells what an agreement grants of the register, what was disclosed, and the grant that would do', async () => {
  const all = await usages();
  expect(all.map(({ agreement }) => agreement).length).toBeGreaterThan(4);
  const [inspection] = await usages({ agreement: 'asset-inspection' });
  expect(inspection?.answers).toBe(accesses);
  expect(inspection?.used.map(({ coordinate, entries }) => [coordinate, entries])).toEqual(
    expect.arrayContaining([
      ['Citizen.personalId', 1],
      ['PersonName.full', 1],
    ]),
  );
  expect(inspection?.used.every(({ name }) => name !== '')).toBe(true);
  const never = inspection?.neverUsed.map(({ coordinate }) => coordinate) ?? [];
  expect(never).toContain('Citizen.birthDate');
  // Fields of other registers are their owners' matter.
  expect(never.some((coordinate) => coordinate.startsWith('LandParcel.'))).toBe(false);
  expect(inspection?.unreadable).toEqual([]);
  const smaller = inspection?.smallerGrant ?? '';
  expect(() => parse(smaller)).not.toThrow();
  expect(smaller).not.toMatch(/\bethnicity\b/);
  expect(smaller).toMatch(/\bpersonalId\b/);
  expect(smaller).toMatch(/\bsheetNo\b/);
});

it('is for owners, about agreements in force that name their register, for days within reason', async () => {
  expect(await usages({ agreement: 'no-such' })).toEqual([]);
  for (const days of [0, 401]) {
    const { errors } = await gateway.ask(QUERY, { days }, owner);
    expect(errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
  }
  const auditor: Caller = { client: 'auditor', officer: 'ktv', purpose: null, caseId: 'KT-261121-0001' };
  for (const caller of [auditor, {}]) {
    const { data, errors } = await gateway.ask(QUERY, {}, caller);
    expect(data?.['grantUsage']).toBeNull();
    expect(errors[0]?.extensions.code).toBe('FIELD_NOT_GRANTED');
  }
});
