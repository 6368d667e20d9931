import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillFamilies, PROCEDURES } from '../../support/forms/fill-families.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';

/** Every procedure for a few families; the long test has more of them. */

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

test('every value of every form is that of the person whom the form means', async () => {
  const families = country.people({ with: ['marriage', 'land', 'business'] });
  const filling = await fillFamilies(
    gateway,
    [...families.take(2)].flatMap((family) => PROCEDURES.map((procedure) => [family, procedure] as const)),
  );
  expect(filling.wrong).toEqual([]);
  const sum = [...filling.coverage.values()].reduce(
    (all, { filled, due }) => ({ filled: all.filled + filled, due: all.due + due }),
    { filled: 0, due: 0 },
  );
  // Families without trouble: at least 95 % of what a register has one value for.
  expect(sum.filled / sum.due).toBeGreaterThan(0.95);
});
