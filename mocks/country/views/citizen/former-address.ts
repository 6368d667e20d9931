import { findDistrict } from '../../../../src/units/districts.ts';
import { FORMER_COMMUNES, successorsFor, type FormerCommune } from '../../../../src/units/former-communes.ts';
import { findFormerProvince } from '../../../../src/units/former-provinces.ts';
import { hash } from '../../random.ts';
import type { Address } from '../../records.ts';

interface Predecessors {
  /** Former communes all of whose people live in this commune of today. */
  readonly whole: FormerCommune[];
  readonly all: FormerCommune[];
}

let index: Map<string, Predecessors> | undefined;

/** Former communes by the code of the commune of today in which their people live; made when first asked for. */
function predecessorsOf(communeCode: string): Predecessors | undefined {
  if (index === undefined) {
    index = new Map();
    for (const former of FORMER_COMMUNES) {
      if (former.endedEarlier || former.kind === 'district') continue;
      const successors = successorsFor(former, 'residence');
      for (const { commune } of successors) {
        const known = index.get(commune.code) ?? { whole: [], all: [] };
        index.set(commune.code, known);
        known.all.push(former);
        if (successors.length === 1) known.whole.push(former);
      }
    }
  }
  return index.get(communeCode);
}

/** One number for an address, so that everybody who lives there has the same. */
export function addressHash({ detail, communeCode }: Address, salt: number): number {
  return hash(salt, ...Array.from(communeCode + detail, (character) => character.codePointAt(0) ?? 0));
}

/**
 * The address in the three levels of before 1 July 2025, in a commune that went into today's; unchanged where there is none. With
 * `whole`, today's commune can be told from it; with `all`, the former commune may have been split (candidates). The office
 * of the commune takes the name of that time.
 */
export function formerAddress(address: Address, kind: keyof Predecessors, pick: number): Address {
  const known = predecessorsOf(address.communeCode)?.[kind] ?? [];
  const former = known[pick % Math.max(1, known.length)];
  const district = former && findDistrict(former.districtCode);
  if (former === undefined || district === undefined) return address;
  return {
    detail: address.detail === `UBND ${address.communeName}` ? `UBND ${former.name}` : address.detail,
    communeCode: former.code,
    communeName: former.name,
    districtCode: district.code,
    districtName: district.name,
    provinceCode: former.formerProvinceCode,
    provinceName: findFormerProvince(former.formerProvinceCode)?.name ?? '',
  };
}
