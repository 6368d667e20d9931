import type { Country } from '../../../mocks/country/country.ts';
import { generateCircle } from '../../../mocks/country/model/generate-circle.ts';
import { isSameBlock } from '../../../mocks/country/identifiers/block-key.ts';
import type { Block } from '../../../mocks/country/model/block.ts';
import { DEFAULT_PERSONS, DEFAULT_SEED } from '../../../mocks/country/reference.ts';
import { buildTerritory } from '../../../mocks/country/territory.ts';

/** Blocks from all over the default country: every n-th, so that all prefixes and both halves of each are there. */
export function sampleBlocks(step: number): Block[] {
  const territory = buildTerritory(DEFAULT_SEED, DEFAULT_PERSONS);
  return [...territory.blocks()]
    .filter((_, index) => index % step === 0)
    .flatMap((key) => {
      const { blocks } = generateCircle(DEFAULT_SEED, territory.circleOf(key), territory.communeOf);
      return blocks.filter((block) => isSameBlock(block.key, key));
    });
}

/** Everything that the registers say about a person, one after the other. */
export function dossier(country: Country, personalId: string): object {
  const person = country.person(personalId);
  const businesses = country.businessesOf(personalId);
  const parcels = country.parcelsOf(personalId);
  return {
    person,
    household: person?.residenceFileNo && country.household(person.residenceFileNo),
    civilStatus: country.civilStatus(personalId),
    businesses: businesses.map((code) => country.business(code)),
    parcels: parcels.map((id) => country.parcel(id)),
    certificates: country.certificatesOf(personalId).map((serial) => country.certificate(serial)),
    truth: country.truth(personalId),
  };
}
