import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Fault } from '../../mocks/faults.ts';
import { expectedAnswer } from '../support/country-oracle.ts';
import { buildFreshSubjects } from '../support/fresh-subjects.ts';
import { country, faultsOf, startTestGateway, type TestGateway } from '../support/gateway.ts';
import { compareWithWhole } from '../support/lost-fields.ts';
import { MOCK_OF, REGISTER_NAMES, type Register } from '../support/register-of.ts';
import { CITIZENS } from '../support/selections.ts';

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

/** Who is not found out to exist has no status; a broken field of somebody who exists leaves it. */
function statusesIn(register: Register, fault: Fault): readonly string[] {
  const isRowGone = register === 'population' && fault.fault !== 'wrong-shape';
  return personalIds.map((id) => (id === key && isRowGone ? 'SOURCE_UNAVAILABLE' : 'OK'));
}

it.each(CASES)('rows of $register, $what', async ({ register, fault, isHarmless }) => {
  const { faults } = gateway.mocks.registers[MOCK_OF[register]];
  faults.set(fault);
  const answer = await gateway.ask(CITIZENS, { personalIds });
  faults.clear();
  const { paths, unknown, wrong } = compareWithWhole(CITIZENS, whole.data, answer.data ?? null, register);
  const statuses = isHarmless ? personalIds.map(() => 'OK') : statusesIn(register, fault);
  expect(answer.data?.['citizens']).toMatchObject(
    statuses.map((status, index) => ({ status, personalId: personalIds[index] })),
  );
  expect(wrong).toEqual(statuses[SPOILT] === 'OK' ? [] : [`citizens.${SPOILT}.status`]);
  expect(paths.filter((path) => !path.startsWith(`citizens.${SPOILT}.`))).toEqual([]);
  expect(paths.length > 0).toBe(!isHarmless);
  const broken = (list: readonly string[]): readonly string[] =>
    list.map((path) => `${path} SOURCE_CONTRACT_BROKEN`);
  expect(faultsOf(answer)).toEqual(expect.arrayContaining([...broken(paths)]));
  expect([...broken(paths), ...broken(unknown)]).toEqual(expect.arrayContaining([...faultsOf(answer)]));
});
