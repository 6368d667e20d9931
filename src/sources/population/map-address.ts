import { findCommune } from '../../units/communes.ts';
import type { UnitReference } from '../../units/unit-reference.ts';
import { BROKEN, type Checked } from '../records/record.ts';
import { child, leaf, MISPLACED, type XmlElement } from '../wire/read-xml.ts';
import type { Shape } from '../wire/shape.ts';
import {
  readCommuneCode,
  readDistrictCode,
  readNationality,
  readProvinceCode,
  readText,
} from '../wire/value-readers.ts';
import { mapDate } from './map-date.ts';
import { generationOf, nameUnits, type UnitCodes } from './name-units.ts';

/** A place by name, such as `QueQuan`: it may name a country or a province alone. Null where the register has none. */
export function mapAddress(citizen: XmlElement, name: string, shape: Shape, asOf: string | null) {
  const address = child(citizen, name);
  if (address === undefined) return null;
  if (address === MISPLACED || address.children.length === 0) return shape.broken();
  return Object.freeze(mapPlace(address, shape, asOf, 'optional'));
}

/** A registered residence, such as `ThuongTru`, which lies in a commune unless it lies abroad. Null where there is none. */
export function mapResidence(citizen: XmlElement, name: string, shape: Shape, asOf: string | null) {
  const address = child(citizen, name);
  if (address === undefined) return null;
  if (address === MISPLACED || address.children.length === 0) return shape.broken();
  return Object.freeze({
    ...mapPlace(address, shape, asOf, isAbroad(address) ? 'optional' : 'required'),
    startedOn: mapDate(address, 'TuNgay', shape),
    expiresOn: mapDate(address, 'DenNgay', shape),
    deletedOn: mapDate(address, 'NgayXoa', shape),
    deletionReason: shape.optional(leaf(address, 'LyDoXoa'), readText),
  });
}

type Need = 'required' | 'optional';

/** The text, the country and the units of an address. `need`: whether it must lie in a province and a commune. */
function mapPlace(address: XmlElement, shape: Shape, asOf: string | null, need: Need) {
  const codes: UnitCodes = {
    provinceCode: mapProvinceCode(address, shape, need),
    districtCode: mapDistrictCode(address, shape),
    communeCode: mapCommuneCode(address, shape, isDistrictAlone(address) ? 'optional' : need),
  };
  return {
    full: shape.required(leaf(address, 'ChiTiet'), readText),
    country: shape.optional(leaf(address, 'QuocGia'), readNationality),
    ...codes,
    ...nameUnits(codes, asOf, shape),
  };
}

function mapProvinceCode(address: XmlElement, shape: Shape, need: Need): Checked<string | null> {
  const unit = readCommuneCode(leaf(address, 'MaDonViHanhChinh'));
  if (unit !== undefined) return provinceOfCommune(unit);
  // Where the commune's code stands alone and is no code, that code is broken and the province not known.
  if (leaf(address, 'MaDonViHanhChinh') !== undefined) return null;
  return shape[need](leaf(address, 'MaTinhThanh'), readProvinceCode);
}

function mapDistrictCode(address: XmlElement, shape: Shape): Checked<string | null> {
  return shape.optional(leaf(address, 'MaQuanHuyen'), readDistrictCode);
}

function mapCommuneCode(address: XmlElement, shape: Shape, need: Need): Checked<string | null> {
  const unit = leaf(address, 'MaDonViHanhChinh');
  return shape[need](unit ?? leaf(address, 'MaPhuongXa'), readCommuneCode);
}

/** An address may hold the commune's code alone (`MaDonViHanhChinh`): its province is then that of today's table. */
function provinceOfCommune(communeCode: string): string | null {
  return findCommune(communeCode)?.provinceCode ?? null;
}

/**
 * The five island districts had no communes, so that an address from before July 2025 may end at the district
 * (REGISTERS.md, Administrative units).
 */
function isDistrictAlone(address: XmlElement): boolean {
  return leaf(address, 'MaPhuongXa') === undefined && leaf(address, 'MaQuanHuyen') !== undefined;
}

/**
 * The unit of residence with its time: the register may still hold addresses of three levels (REGISTERS.md, Population).
 * The unit is null where the residence lies in none of Viet Nam.
 */
export function mapResidenceUnit(
  citizen: XmlElement,
  shape: Shape,
  asOf: string | null,
): Checked<UnitReference | null> {
  const address = child(citizen, 'ThuongTru');
  if (address === undefined) return null;
  if (address === MISPLACED) return shape.broken();
  const unit = leaf(address, 'MaDonViHanhChinh');
  if (unit !== undefined) {
    const only = readCommuneCode(unit);
    if (only === undefined) return shape.broken();
    const province = provinceOfCommune(only);
    return province === null
      ? null
      : Object.freeze({ communeCode: only, provinceCode: province, generation: generationOf(false, asOf) });
  }
  if (isAbroad(address)) return null;
  const provinceCode = readProvinceCode(leaf(address, 'MaTinhThanh'));
  const district = shape.optional(leaf(address, 'MaQuanHuyen'), readDistrictCode);
  if (provinceCode === undefined || district === BROKEN) return shape.broken();
  const communeCode = isDistrictAlone(address) ? district : readCommuneCode(leaf(address, 'MaPhuongXa'));
  if (communeCode === undefined || communeCode === null) return shape.broken();
  return Object.freeze({
    communeCode,
    provinceCode,
    generation: generationOf(district !== null, asOf),
  });
}

/** An address abroad has a country and no unit of Viet Nam; with a unit it is judged by that. */
function isAbroad(address: XmlElement): boolean {
  const country = readNationality(leaf(address, 'QuocGia'));
  return country !== undefined && country !== 'VN' && leaf(address, 'MaTinhThanh') === undefined;
}
