import { hash, Random } from '../random.ts';
import type { Business, Household, Outsider, Parcel, Person } from './block.ts';
import type { Draft } from './draft.ts';
import { drawName, drawSurname, fullName } from './persons/naming.ts';

/** Modelled: the share of a troubled block's households, businesses and parcels of which one names an outsider. */
const SHARE = 0.4;
/** The outsiders have a random sequence of their own, so that the rest of the country is the same with and without them. */
const SALT = 0x72;

/**
 * The number of another document by which registers know somebody without a personal id: an identity card of before
 * (CMND, nine digits), a passport (a letter and seven digits), or nothing.
 */
export function otherDocumentNo(seed: number): string | undefined {
  const digits = hash(seed, SALT);
  switch (digits % 3) {
    case 0:
      return String(digits % 1_000_000_000).padStart(9, '0');
    case 1:
      return `${digits % 2 === 0 ? 'B' : 'N'}${String(digits % 10_000_000).padStart(7, '0')}`;
    default:
      return undefined;
  }
}

/** Names, in a household, a business and a parcel of some troubled blocks, somebody who has no personal id. */
export function admitOutsiders(
  { seed, key, plan, region }: Draft,
  households: readonly Household[],
  businesses: readonly Business[],
  parcels: readonly Parcel[],
): void {
  if (!plan.troubled) return;
  const random = new Random(hash(seed, key.prefixIndex, key.index, SALT));
  const meet = (): Outsider => ({
    fullName: fullName(drawName(random, drawSurname(random, region, '01'), 1, 1980, '01')),
    documentNo: otherDocumentNo(random.below(1_000_000_000)),
  });
  const enterprises = businesses.filter(({ isHouseholdBusiness }) => !isHouseholdBusiness);
  const kinds: readonly (readonly Pick<Household, 'outsiders'>[])[] = [households, enterprises, parcels];
  for (const places of kinds) {
    if (places.length > 0 && random.chance(SHARE)) random.pick(places).outsiders.push(meet());
  }
}

/** Tells whether a query about the person also names somebody who has no personal id. */
export function namesOutsider({ household, businesses, parcels, certificates }: Person): boolean {
  const places = [
    ...(household === undefined ? [] : [household]),
    ...businesses,
    ...parcels,
    ...certificates.flatMap((one) => one.parcels),
  ];
  return places.some(({ outsiders }) => outsiders.length > 0);
}
