import { findCommune, type Commune } from './communes.ts';
import { findDistrict } from './districts.ts';
import { findEndedCommune, type EndedCommune } from './ended-communes.ts';
import {
  FORMER_COMMUNES,
  findFormerCommune,
  type FormerCommune,
  type FormerKind,
  type UnitPortion,
  type UnitSuccessor,
} from './former-communes.ts';
import { FORMER_PROVINCES, findFormerProvince } from './former-provinces.ts';
import { findProvince, kindOfProvince, type Province } from './provinces.ts';

/** The day from which there are 34 provinces and no districts (Resolution 203/2025/QH15). */
export const TWO_LEVELS_SINCE = '2025-07-01';
const LAST_DAY_OF_THREE_LEVELS = '2025-06-30';
/** The day on which Đồng Nai became a city and ten of its communes wards (30/2026/QH16, 237/NQ-UBTVQH16). */
const NEW_CITY_SINCE = '2026-04-30';
const LAST_DAY_BEFORE_NEW_CITY = '2026-04-29';
const PROVINCES_INSTRUMENT = 'Nghị quyết 202/2025/QH15';

/** Kinds of administrative unit of all times. */
export type UnitKind = Commune['kind'] | Province['kind'] | FormerKind;

/** A unit named with its code. */
export interface NamedUnit {
  readonly code: string;
  readonly name: string;
}

/** A part that another unit took of this one, or gave to it. */
export interface UnitChange extends NamedUnit {
  readonly province: NamedUnit;
  /** Share of the unit that went there; null where no public list tells it. */
  readonly portion: UnitPortion | null;
  /** The commune that took the greater part, among several. */
  readonly isDefault: boolean;
  readonly instrument: string | null;
}

/** A unit as it was on one day; days are `yyyy-mm-dd`, the last one included, and null where they are not known or open. */
export interface AdministrativeUnit extends NamedUnit {
  readonly nameEn: string | null;
  readonly kind: UnitKind;
  /** The unit's province; null for a province itself. */
  readonly province: NamedUnit | null;
  /** The unit's district; null since 1 July 2025. */
  readonly district: NamedUnit | null;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  /** The resolution that made the unit as it is, with its clause where one is known. */
  readonly instrument: string | null;
  readonly successors: readonly UnitChange[];
  readonly predecessors: readonly UnitChange[];
}

/** Cites what made a commune of today of another unit; null where no public list tells. */
export function citationOf({ commune, portion, clause }: UnitSuccessor): string | null {
  return portion === null ? null : citedResolution(commune, clause);
}

/** Cites the resolution on a commune of today as a notice to a citizen has it, with its clause where one is known. */
function citedResolution(commune: Commune, clause: number | null): string {
  const resolution = `Nghị quyết ${provinceOfCommune(commune).communeResolution}`;
  return clause === null ? resolution : `${resolution}, Điều 1 khoản ${clause}`;
}

/** The province of a commune of today. */
export function provinceOfCommune({ provinceCode }: Commune): Province {
  const province = findProvince(provinceCode);
  if (province === undefined) throw new Error(`no province ${provinceCode}`);
  return province;
}

/** The unit that had the code on the day; null where none had. Two digits name a province, three a district, five a commune. */
export function findUnitOn(code: string, on: string): AdministrativeUnit | null {
  if (on >= TWO_LEVELS_SINCE) {
    const province = findProvince(code);
    if (province) return provinceOn(province, on);
    const commune = findCommune(code);
    return commune ? communeOn(commune, on) : null;
  }
  const province = findFormerProvince(code);
  if (province) {
    return unit(province, kindOfProvince(province), {
      validTo: isUnchanged(code) ? null : LAST_DAY_OF_THREE_LEVELS,
      successors: [provinceChange(findProvince(province.provinceCode))],
    });
  }
  const district = findDistrict(code);
  const commune = findFormerCommune(code);
  if (district && commune === undefined) {
    return unit(district, 'district', {
      province: formerProvince(district.formerProvinceCode),
      validTo: LAST_DAY_OF_THREE_LEVELS,
    });
  }
  if (commune) return formerCommuneUnit(commune);
  const ended = findEndedCommune(code);
  return ended && on < ended.endedBy ? endedCommuneUnit(ended) : null;
}

function unit(
  { code, name }: NamedUnit,
  kind: UnitKind,
  rest: Partial<AdministrativeUnit>,
): AdministrativeUnit {
  return {
    code,
    name,
    nameEn: null,
    kind,
    province: null,
    district: null,
    validFrom: null,
    validTo: null,
    instrument: null,
    successors: [],
    predecessors: [],
    ...rest,
  };
}

function named({ code, name }: NamedUnit): NamedUnit {
  return { code, name };
}

function formerProvince(code: string): NamedUnit | null {
  const province = findFormerProvince(code);
  return province ? named(province) : null;
}

/** A province that took in no other and kept its name. */
function isUnchanged(code: string): boolean {
  return FORMER_PROVINCES.filter(({ provinceCode }) => provinceCode === code).length === 1;
}

/** A former province went whole into one of today's. */
function provinceChange(province: Province | undefined): UnitChange {
  if (province === undefined) throw new Error('a former province without a successor');
  return {
    ...named(province),
    province: named(province),
    portion: 'whole',
    isDefault: true,
    instrument: PROVINCES_INSTRUMENT,
  };
}

function provinceOn(province: Province, on: string): AdministrativeUnit {
  const { nameEn, isNewCity } = province;
  const former = FORMER_PROVINCES.filter(({ provinceCode }) => provinceCode === province.code);
  const isBefore = isNewCity && on < NEW_CITY_SINCE;
  const since = former.length === 1 ? null : TWO_LEVELS_SINCE;
  return unit(province, isBefore ? 'province' : province.kind, {
    name: isBefore ? province.name.replace('Thành phố', 'Tỉnh') : province.name,
    nameEn,
    validFrom: isNewCity && !isBefore ? NEW_CITY_SINCE : since,
    validTo: isBefore ? LAST_DAY_BEFORE_NEW_CITY : null,
    instrument: isNewCity && !isBefore ? 'Nghị quyết 30/2026/QH16' : since && PROVINCES_INSTRUMENT,
    predecessors: former.map(({ code, name }) => ({ ...provinceChange(province), code, name })),
  });
}

function communeOn(commune: Commune, on: string): AdministrativeUnit {
  const province = provinceOfCommune(commune);
  const isBefore = commune.isNewWard && on < NEW_CITY_SINCE;
  const made = predecessorsOf(commune);
  return unit(commune, isBefore ? 'commune' : commune.kind, {
    name: isBefore ? commune.name.replace('Phường', 'Xã') : commune.name,
    nameEn: commune.nameEn,
    province: { code: province.code, name: provinceOn(province, on).name },
    validFrom: commune.isNewWard && !isBefore ? NEW_CITY_SINCE : TWO_LEVELS_SINCE,
    validTo: isBefore ? LAST_DAY_BEFORE_NEW_CITY : null,
    instrument:
      commune.isNewWard && !isBefore
        ? 'Nghị quyết 237/NQ-UBTVQH16'
        : (made.find(({ portion }) => portion !== 'land-only')?.instrument ?? citedResolution(commune, null)),
    predecessors: made,
  });
}

let predecessors: ReadonlyMap<Commune, readonly (readonly [FormerCommune, UnitSuccessor])[]> | undefined;

/** Lists the former communes that a commune of today was made of. */
function predecessorsOf(commune: Commune): readonly UnitChange[] {
  predecessors ??= Map.groupBy(
    FORMER_COMMUNES.flatMap((former) => former.successors.map((one) => [former, one] as const)),
    ([, one]) => one.commune,
  );
  return (predecessors.get(commune) ?? []).map(([former, successor]) => ({
    ...named(former),
    province: formerProvince(former.formerProvinceCode) ?? { code: '', name: '' },
    portion: successor.portion,
    isDefault: former.successors[0] === successor,
    instrument: citationOf(successor),
  }));
}

function formerCommuneUnit(commune: FormerCommune): AdministrativeUnit {
  const district = findDistrict(commune.districtCode);
  return unit(commune, commune.kind, {
    province: formerProvince(commune.formerProvinceCode),
    district: district && commune.kind !== 'district' ? named(district) : null,
    validTo: LAST_DAY_OF_THREE_LEVELS,
    successors: commune.successors.map(successorChange),
  });
}

function endedCommuneUnit(commune: EndedCommune): AdministrativeUnit {
  return unit(commune, commune.kind, {
    province: formerProvince(commune.formerProvinceCode),
    district: { code: commune.districtCode, name: commune.districtName },
    validTo: commune.lastListed,
    successors: commune.successors.map(successorChange),
  });
}

/** The default stands first. */
function successorChange(successor: UnitSuccessor, index: number): UnitChange {
  const { commune, portion } = successor;
  return {
    ...named(commune),
    province: named(provinceOfCommune(commune)),
    portion,
    isDefault: index === 0,
    instrument: citationOf(successor),
  };
}
