import { expect, test } from 'vitest';
import { buildCountry } from '../../../mocks/country/country.ts';
import { findDistrict } from '../../../src/units/districts.ts';
import { findFormerCommune } from '../../../src/units/former-communes.ts';
import { sampleBlocks } from './sample.ts';

const country = buildCountry();
const businesses = sampleBlocks(131).flatMap((block) =>
  block.businesses.flatMap(({ code }) => country.business(code) ?? []),
);
/** Registration status -> what the tax register may say (Circular 90/2026/TT-BTC, Annex I). */
const TAX_STATUSES = ['00 09 10', '05', '03', '01', '03 04', '07', '02 06'];

test('the particulars of each business fit each other, its people and the population register', () => {
  const wrong: string[] = [];
  const met = { units: 0, owners: 0, byControl: 0, members: 0, oldAddresses: 0, contributions: 0 };
  for (const business of businesses) {
    const fault = (what: string): void => void wrong.push(`${business.code}: ${what}`);
    const isCompany = !business.isHouseholdBusiness && business.legalFormCode !== '1';
    if (!(TAX_STATUSES[business.statusCode - 1] ?? '').includes(business.taxStatusCode)) fault('tax status');
    for (const { code, kind, address } of business.units) {
      met.units += 1;
      const isOwn = kind === 3 ? /^\d{5}$/.test(code) : code.startsWith(`${business.code}-`);
      if (!isOwn || business.isHouseholdBusiness) fault(`unit ${code}`);
      if (address.provinceName === '') fault('a unit nowhere');
    }
    for (const { ratioPercent, personalId } of business.beneficialOwners) {
      met.owners += 1;
      if (ratioPercent === undefined) met.byControl += 1;
      else if (ratioPercent < 25 || ratioPercent > 100) fault('a share too small or too large');
      if (!isCompany || business.lastAmendedOn < '2025-07-01') fault('declared before its time');
      if (personalId !== undefined && !country.person(personalId)) fault('an unknown beneficial owner');
    }
    const home = country.person(business.code)?.residenceFileNo;
    const housemates = country.household(home ?? '')?.members.map(({ personalId }) => personalId) ?? [];
    for (const { personalId } of business.householdMembers) {
      met.members += 1;
      if (!housemates.includes(personalId)) fault('a member of another household');
    }
    for (const { contributedOn } of business.members) {
      if (contributedOn === undefined) continue;
      met.contributions += 1;
      if (contributedOn < business.foundedOn || contributedOn > '2026-11-01') fault('contribution');
    }
    for (const { districtCode, communeCode } of [
      business.headOffice,
      ...business.units.map((one) => one.address),
    ]) {
      if (districtCode === undefined) continue;
      met.oldAddresses += 1;
      if (!findDistrict(districtCode) || findFormerCommune(communeCode)?.districtCode !== districtCode)
        fault('no such district');
      if (business.lastAmendedOn >= '2025-07-01') fault('a district after its time');
    }
    if (
      JSON.stringify([business.contact, business.units]).includes(business.code.slice(6)) &&
      business.isHouseholdBusiness
    )
      fault('a personal id in another value');
  }
  expect(wrong).toEqual([]);
  for (const count of Object.values(met)) expect(count).toBeGreaterThan(3);
});
