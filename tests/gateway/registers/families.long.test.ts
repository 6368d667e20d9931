import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PlantedTruth, Trait } from '../../../mocks/country/truth.ts';
import { exchangedToken } from '../../../mocks/identity/mint-token.ts';
import { fillFamilies, PROCEDURES } from '../../support/forms/fill-families.ts';
import { country, startTestGateway, type TestGateway } from '../../support/gateway.ts';

/** Forms of ten thousand families, each procedure in turn; forms about troubled persons; members of households. */

const FAMILIES = Number(process.env['FAMILIES'] ?? 10_000);

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await startTestGateway();
});
afterAll(() => gateway.close());

function* inTurn(people: Iterable<PlantedTruth>) {
  let turn = 0;
  for (const person of people) {
    const procedure = PROCEDURES[turn % PROCEDURES.length];
    if (procedure) yield [person, procedure] as const;
    turn += 1;
  }
}

test('families without trouble: every value is right, nothing contradicts, and nearly everything is filled', async () => {
  const filling = await fillFamilies(gateway, inTurn(country.people().take(FAMILIES)));
  expect(filling.forms).toBe(FAMILIES);
  expect(filling.wrong.slice(0, 20)).toEqual([]);
  const shares = [...filling.coverage].map(
    ([code, { filled, due }]) => [code, due === 0 ? 1 : filled / due] as const,
  );
  console.log(shares.map(([code, share]) => `${code} ${(100 * share).toFixed(1)} %`).join('\n'));
  expect(shares.filter(([, share]) => share < 0.95)).toEqual([]);
}, 1_200_000);

describe('persons with trouble', () => {
  const kinds: readonly Trait[] = [
    'contradiction:birth-date',
    'contradiction:birth-year-only',
    'contradiction:name-spelling',
    'contradiction:name-upper-case',
    'contradiction:marriage-not-in-population',
    'guarded',
    'minor',
    'unidentified',
  ];
  test.each(kinds)('%s: every value is right, and each planted contradiction is told', async (trait) => {
    const filling = await fillFamilies(gateway, inTurn(country.people({ traits: [trait] }).take(142)));
    expect(filling.forms).toBe(142);
    expect(filling.wrong).toEqual([]);
  });
});

test('no household of 300 loses a member whom the applicant may see', async () => {
  const lost: string[] = [];
  for (const { personalId } of country.people({ with: ['marriage'] }).take(300)) {
    const { data } = await gateway.ask(
      '{ prefill(procedure: "1.004222") { fields { key row value } } }',
      {},
      {
        token: gateway.mocks.identityProvider.mintToken(exchangedToken('dvc-portal', personalId)),
        purpose: 'form-prefill',
        caseId: null,
      },
    );
    const form = data?.['prefill'] as unknown as {
      readonly fields: readonly { readonly key: string; readonly value: string | null }[];
    };
    const ids = new Set(
      form.fields.filter(({ key }) => key === 'thanh_vien[].so_dinh_danh').map(({ value }) => value),
    );
    const household = country.household(country.person(personalId)?.residenceFileNo ?? '');
    const due = (household?.members ?? []).flatMap((member) => member.personalId ?? []);
    lost.push(...due.filter((id) => id !== personalId && !ids.has(id)));
  }
  expect(lost).toEqual([]);
});
