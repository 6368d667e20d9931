import { expect, test } from 'vitest';
import { buildCountry } from '../../../mocks/country/country.ts';
import { COMMUNES } from '../../../src/units/communes.ts';

const country = buildCountry();

test('people live in every one of the 3,321 communes, in nine of ten some with land, business and marriage', () => {
  const isEmpty = (
    unit: string,
    query: { readonly with?: readonly ('land' | 'business' | 'marriage')[] },
  ) => {
    const [person] = country.people({ unit, ...query });
    return person?.permanentResidence.communeCode !== unit;
  };
  expect(COMMUNES.filter(({ code }) => isEmpty(code, {}))).toEqual([]);
  const without = COMMUNES.filter(({ code }) => isEmpty(code, { with: ['land', 'business', 'marriage'] }));
  expect(without.length / COMMUNES.length).toBeLessThan(0.1);
});
