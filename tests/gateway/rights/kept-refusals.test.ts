import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RefusalRule } from '../../../mocks/registers/inquiry.ts';
import { buildFreshSubjects } from '../../support/registers/fresh-subjects.ts';
import { country, faultsOf, startTestGateway, type Caller, type TestGateway } from '../../support/gateway.ts';
import { CITIZEN } from '../../support/selections.ts';

/** What a register refuses to one caller is kept until it expires, even when other callers read that record. */
const NAME = 'query ($id: ID!) { citizen(personalId: $id) { name { full } } }';
const ADA = 'officer.ada';
const BAO = 'officer.bao';
const CHI = 'officer.chi';
const fresh = buildFreshSubjects(country);
let gateway: TestGateway;
let refused = '';
let opened = '';

beforeAll(async () => {
  gateway = await startTestGateway();
});

afterAll(() => gateway.close());

beforeEach(() => {
  refused = fresh(CITIZEN).variables.personalId;
  opened = fresh(CITIZEN).variables.personalId;
});

async function outcomeOf(id: string, officer: string, caller: Caller = {}): Promise<string> {
  const { population } = gateway.mocks.registers;
  const before = population.log.calls;
  const answer = await gateway.ask(NAME, { id }, { officer, ...caller });
  const called = population.log.calls > before ? 'asked' : 'cached';
  return `${answer.data?.['citizen'] ? 'found' : faultsOf(answer).join(' ')} ${called}`;
}

/** The register refuses one record to one account. */
async function whileRefused(rule: RefusalRule, work: () => Promise<void>): Promise<void> {
  const { population } = gateway.mocks.registers;
  population.setRefusalRule(rule);
  try {
    await work();
  } finally {
    population.setRefusalRule();
  }
}

test('another officer’s look-up of the record does not lift a refusal', () =>
  whileRefused(
    (officer, key) => (officer === ADA && key === refused ? '005' : undefined),
    async () => {
      expect(await outcomeOf(refused, ADA)).toBe('citizen ROW_DENIED asked');
      expect(await outcomeOf(opened, ADA)).toBe('found asked');
      // The register has not seen this officer yet, so that the record is read anew and stored once more.
      expect(await outcomeOf(refused, BAO)).toBe('found asked');
      expect(await outcomeOf(refused, ADA)).toBe('citizen ROW_DENIED cached');
      expect(await outcomeOf(refused, BAO)).toBe('found cached');
      expect(await outcomeOf(opened, ADA)).toBe('found cached');
    },
  ));

test('a refusal does not apply to an account of the same name at another agency', () =>
  whileRefused(
    (officer, key) => (officer === ADA && key === refused ? '005' : undefined),
    async () => {
      const portal: Caller = { client: 'dvc-portal', purpose: 'form-prefill' };
      expect(await outcomeOf(refused, ADA)).toBe('citizen ROW_DENIED asked');
      gateway.mocks.registers.population.setRefusalRule();
      expect(await outcomeOf(refused, ADA, portal)).toBe('found asked');
      expect(await outcomeOf(refused, ADA)).toBe('citizen ROW_DENIED cached');
    },
  ));

test('an officer of the same name at another agency who is refused too is refused by the register itself', () =>
  whileRefused(
    (officer, key) => (officer === CHI && key === refused ? '005' : undefined),
    async () => {
      expect(await outcomeOf(refused, CHI)).toBe('citizen ROW_DENIED asked');
      expect(await outcomeOf(refused, CHI, { client: 'dvc-portal', purpose: 'form-prefill' })).toBe(
        'citizen ROW_DENIED asked',
      );
    },
  ));
