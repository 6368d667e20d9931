import { expect, it } from 'vitest';
import { buildCountry } from '../../../mocks/country/country.ts';
import type { Address, PopulationRecord } from '../../../mocks/country/records.ts';
import { findDistrict } from '../../../src/units/districts.ts';
import { findFormerCommune } from '../../../src/units/former-communes.ts';
import { resolveCommune } from '../../../src/units/resolve-commune.ts';
import { sampleBlocks } from './sample.ts';

const country = buildCountry();
const records: readonly PopulationRecord[] = sampleBlocks(131).flatMap((block) =>
  block.persons.flatMap(({ id }) => country.person(id) ?? []),
);
const living = records.filter(({ deathDate }) => deathDate === undefined);

const isFormer = ({ districtCode }: Address): boolean => districtCode !== undefined;
const shareOf = (fits: (record: PopulationRecord) => boolean): number =>
  living.filter(fits).length / living.length;
const places = (one: PopulationRecord): readonly Address[] => [
  one.permanentResidence,
  one.currentResidence,
  one.placeOfBirth,
  one.birthRegistrationPlace,
  one.ancestralHome,
];

it('keeps addresses of before July 2025 in 30 to 60 per cent of records', () => {
  expect(records.length).toBeGreaterThan(5000);
  for (const share of [
    shareOf(({ permanentResidence }) => isFormer(permanentResidence)),
    shareOf(({ placeOfBirth }) => isFormer(placeOfBirth)),
    shareOf((one) => places(one).some(isFormer)),
  ]) {
    expect(share).toBeGreaterThan(0.3);
    expect(share).toBeLessThan(0.6);
  }
});

it('names units of before that lie in each other, and tells today’s commune of a home without doubt', () => {
  for (const record of records) {
    for (const address of places(record).filter(isFormer)) {
      const { communeCode, communeName, districtCode = '', districtName, provinceCode } = address;
      expect(findFormerCommune(communeCode)).toMatchObject({ name: communeName, districtCode });
      expect(findDistrict(districtCode)).toMatchObject({
        name: districtName,
        formerProvinceCode: provinceCode,
      });
    }
    const { permanentResidence, personalId } = record;
    const { communeCode, provinceCode } = permanentResidence;
    const generation = isFormer(permanentResidence) ? 'former' : 'current';
    expect(resolveCommune({ communeCode, provinceCode, generation })).toMatchObject({
      code: country.truth(personalId)?.permanentResidence.communeCode,
    });
  }
});

it('leaves some ancestral homes in doubt: communes that were split', () => {
  const ambiguous = records.filter(
    ({ ancestralHome: { communeCode, provinceCode, districtCode } }) =>
      districtCode !== undefined &&
      resolveCommune({ communeCode, provinceCode, generation: 'former' }) === 'ambiguous',
  );
  expect(ambiguous.length).toBeGreaterThan(20);
});

it('names kin as their own records do, and each the other', () => {
  const faults: string[] = [];
  for (const { personalId, children, represented, father, mother } of records) {
    for (const child of children) {
      const own = country.person(child.personalId ?? '');
      if (![own?.father?.personalId, own?.mother?.personalId].includes(personalId))
        faults.push(`${personalId}: child`);
    }
    for (const one of represented) {
      if (country.person(one.personalId ?? '')?.guardian?.personalId !== personalId)
        faults.push(`${personalId}: ward`);
    }
    for (const parent of [father, mother]) {
      const own = country.person(parent?.personalId ?? '');
      if (own === undefined || parent === undefined) continue;
      if (!own.children.some((child) => child.personalId === personalId))
        faults.push(`${personalId}: no child`);
      if (own.oldIdNumbers[0] !== parent.oldIdNumber) faults.push(`${personalId}: another number`);
      if (
        own.nationalities !== parent.nationalities &&
        own.nationalities.join() !== parent.nationalities?.join()
      )
        faults.push(`${personalId}: another nationality`);
    }
  }
  expect(faults).toEqual([]);
});

it('has papers and dates in order', () => {
  const faults: string[] = [];
  for (const { personalId, birthDate, idCards, oldIdNumbers, ...one } of records) {
    const numbers = new Set(idCards.map(({ number }) => number));
    if (!oldIdNumbers.every((number) => numbers.has(number)))
      faults.push(`${personalId}: a number without a card`);
    for (const card of idCards) {
      if (card.issuedOn > one.asOf || card.issuedOn.slice(0, 4) < birthDate.slice(0, 4))
        faults.push(`${personalId}: issued`);
      if ((card.expiresOn ?? '9') <= card.issuedOn)
        faults.push(`${personalId}: expired before it was issued`);
    }
    for (const { startedOn, expiresOn = '9', deletedOn = '9' } of [one.permanentTerm, one.currentTerm]) {
      if (startedOn.slice(0, 4) < birthDate.slice(0, 4) || startedOn > one.asOf)
        faults.push(`${personalId}: started`);
      if (expiresOn < startedOn || deletedOn < startedOn) faults.push(`${personalId}: ended`);
    }
    if ((one.permanentTerm.deletedOn === undefined) !== (one.deathDate === undefined))
      faults.push(`${personalId}: deleted`);
  }
  expect(faults).toEqual([]);
});

it('has each kind of entry in a plausible share', () => {
  const adults = living.filter(({ birthDate }) => birthDate < '2008');
  const share = (fits: (record: PopulationRecord) => boolean): number =>
    Math.round((1000 * adults.filter(fits).length) / adults.length);
  expect(share(({ oldIdNumbers }) => oldIdNumbers.length > 0)).toBeGreaterThan(600);
  expect(share(({ oldIdNumbers }) => oldIdNumbers.length > 1)).toBeGreaterThan(30);
  expect(share(({ idCards }) => idCards.some(({ number }) => number.length === 12))).toBeGreaterThan(900);
  expect(share(({ otherNames }) => otherNames.length > 0)).toBeGreaterThan(20);
  expect(share(({ temporaryResidence }) => temporaryResidence !== undefined)).toBeGreaterThan(20);
  expect(share(({ absence }) => absence !== undefined)).toBeGreaterThan(10);
  expect(share(({ mobile }) => mobile !== undefined)).toBeGreaterThan(700);
  expect(share(({ occupation }) => occupation !== undefined)).toBeGreaterThan(700);
  expect(living.filter(({ missingSince }) => missingSince !== undefined)).not.toEqual([]);
});
