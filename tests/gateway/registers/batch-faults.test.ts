import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Fault } from '../../../mocks/servers/faults.ts';
import { expectedAnswer } from '../../support/country-oracle.ts';
import { buildFreshSubjects } from '../../support/registers/fresh-subjects.ts';
import { country, faultsOf, startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { compareWithWhole } from '../../support/registers/lost-fields.ts';
import { REGISTER_NAMES, type Register } from '../../support/registers/register-of.ts';
import { CITIZENS } from '../../support/selections.ts';

/** One person's row goes wrong among twenty in one operation: the other nineteen do not notice. */
const COUNT = 20;
const SPOILT = 7;
/** Only who, so that few are passed over. */
const EXISTENCE = 'query($personalId: ID!) { citizen(personalId: $personalId) { personalId } }';
const fresh = buildFreshSubjects(country);
let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({ environment: { RECORD_CACHE: 'off' } });
});

afterAll(() => gateway.close());

const personalIds = Array.from({ length: COUNT }, () => fresh(EXISTENCE).key);
const whole = expectedAnswer(country, CITIZENS, { personalIds });
const key = personalIds[SPOILT] ?? '';
const otherKey = personalIds[SPOILT + 1] ?? '';

const FAULTS: readonly (readonly [what: string, fault: Fault, isHarmless: boolean])[] = [
  ['in reverse order', { fault: 'reorder' }, true],
  ['with a stray one', { fault: 'stray-row', otherKey: fresh(EXISTENCE).key, onlyWithKey: key }, true],
  ['one missing', { fault: 'omit-row', key, onlyWithKey: key }, false],
  ['one doubled', { fault: 'double-row', key, onlyWithKey: key }, false],
  ['one swapped with its neighbour’s', { fault: 'swap-row', key, otherKey, onlyWithKey: key }, false],
  ['one of another shape', { fault: 'wrong-shape', where: 'record', key, onlyWithKey: key }, false],
];

const CASES = REGISTER_NAMES.flatMap((register) =>
  FAULTS.map(([what, fault, isHarmless]) => ({ register, what, fault, isHarmless })),
);

/** One answer while a register has a fault, compared with the whole one. */
async function askDuring(register: Register, fault: Fault) {
  const { faults } = gateway.mocks.registers[register];
  faults.set(fault);
  const answer = await gateway.ask(CITIZENS, { personalIds });
  faults.clear();
  const compared = compareWithWhole(CITIZENS, whole.data, answer.data ?? null, register);
  return { answer, ...compared };
}

/** A record of another shape still holds the one fact that the inspectorate's rules read: who is protected. */
const isOfFacts = ({ register, fault, isHarmless }: (typeof CASES)[number]): boolean =>
  register === 'population' && !isHarmless && fault.fault !== 'wrong-shape';

it.each(CASES.filter((one) => !isOfFacts(one)))(
  'rows of $register, $what',
  async ({ register, fault, isHarmless }) => {
    const { answer, paths, unknown, wrong } = await askDuring(register, fault);
    expect(answer.data?.['citizens']).toMatchObject(
      personalIds.map((personalId) => ({ status: 'OK', personalId })),
    );
    expect(wrong).toEqual([]);
    expect(paths.filter((path) => !path.startsWith(`citizens.${SPOILT}.`))).toEqual([]);
    expect(paths.length > 0).toBe(!isHarmless);
    const broken = (list: readonly string[]): readonly string[] =>
      list.map((path) => `${path} SOURCE_CONTRACT_BROKEN`);
    expect(faultsOf(answer)).toEqual(expect.arrayContaining([...broken(paths)]));
    expect([...broken(paths), ...broken(unknown)]).toEqual(expect.arrayContaining([...faultsOf(answer)]));
  },
);

// The population register's row holds the facts that say whether the person may be seen: without it, nothing is known.
it.each(CASES.filter(isOfFacts))('rows of $register, $what: the person', async ({ register, fault }) => {
  const { answer, paths, wrong } = await askDuring(register, fault);
  const at = `citizens.${SPOILT}`;
  expect([...wrong, ...paths]).toEqual([`${at}.status`, `${at}.citizen`]);
  expect(answer.data?.['citizens']).toMatchObject(
    personalIds.map((id) => ({ personalId: id, status: id === key ? 'SOURCE_UNAVAILABLE' : 'OK' })),
  );
  expect(faultsOf(answer)).toEqual([`${at}.citizen SOURCE_CONTRACT_BROKEN`]);
});
