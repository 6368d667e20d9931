import type { Commune } from '../../src/units/communes.ts';
import { FORMER_COMMUNES, type FormerCommune } from '../../src/units/former-communes.ts';
import { findFormerProvince } from '../../src/units/former-provinces.ts';
import { dayOf } from './calendar.ts';
import type { Address } from './records.ts';

/** The day from which addresses have two levels. */
export const TWO_LEVELS_FROM = dayOf('2025-07-01');

let formerOf: ReadonlyMap<Commune['code'], readonly FormerCommune[]> | undefined;

/** Writes an address of today as registers did before 1 July 2025, in one of the communes that its commune was made of. */
export function formerAddress(address: Address, choice: number): Address {
  formerOf ??= Map.groupBy(
    FORMER_COMMUNES.filter(({ kind }) => kind !== 'district'),
    ({ successors }) => successors[0]?.commune.code ?? '',
  );
  const among = formerOf.get(address.communeCode) ?? [];
  const former = among[choice % Math.max(1, among.length)];
  if (former === undefined || address.districtCode !== undefined) return address;
  return {
    detail: address.detail,
    communeCode: former.code,
    communeName: former.name,
    districtCode: former.districtCode,
    provinceCode: former.formerProvinceCode,
    provinceName: findFormerProvince(former.formerProvinceCode)?.name ?? '',
  };
}
