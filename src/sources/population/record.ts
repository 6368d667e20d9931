import { findCommune } from '../../units/communes.ts';
import type { UnitReference } from '../../units/unit-reference.ts';
import { readResidenceFileNo } from '../wire/identifiers.ts';
import { BROKEN, type Checked } from '../records/record.ts';
import type { Shape } from '../wire/shape.ts';
import {
  readCommuneCode,
  readCompactPartialDate,
  readDistrictCode,
  readMonth,
  readProvinceCode,
  readText,
  readYear,
} from '../wire/value-readers.ts';
import { child, leaf, leaves, MISPLACED } from '../wire/read-xml.ts';
import type { XmlElement } from '../wire/read-xml.ts';
import { readEthnicity, readReligion } from './code-names.ts';

/** `population.person`, by personal id. Its shape is what the mapping below gives. */
export type PersonRecord = ReturnType<typeof mapPerson>;

/** `population.household`, by residence file number. */
export type HouseholdRecord = ReturnType<typeof mapHousehold>;

/** Maps a `CongDan` whose `SoDinhDanh` the caller has matched with the key; `asOf` is the date of the answer's data. */
export function mapPerson(citizen: XmlElement, personalId: string, shape: Shape, asOf: string | null) {
  return Object.freeze({
    personalId,
    name: mapName(citizen, shape),
    birthDate: mapBirthDate(citizen, shape),
    sex: shape.required(leaf(citizen, 'GioiTinh'), readSex),
    nationalities: shape.list(leaves(citizen, 'QuocTich'), (raw) => readCountry(raw) ?? shape.broken()),
    ethnicity: shape.optional(coded(citizen, 'DanToc', 'MaDanToc'), readEthnicity),
    religion: shape.optional(coded(citizen, 'TonGiao', 'MaTonGiao'), readReligion),
    permanentResidence: mapResidence(citizen, shape),
    residenceFileNo: shape.optional(leaf(citizen, 'SoSoHoKhau'), readResidenceFileNo),
    // Row rules decide on the rest (person-facts.ts); no field of the schema leads there.
    isProtected: mapProtection(citizen, shape),
    deathDate: mapDate(citizen, 'NgayChet', shape),
    fatherId: mapRelative(citizen, 'Cha', shape),
    motherId: mapRelative(citizen, 'Me', shape),
    spouseId: mapRelative(citizen, 'VoChong', shape),
    guardianId: mapRelative(citizen, 'NguoiDaiDien', shape),
    residenceUnit: mapResidenceUnit(citizen, shape, asOf),
  });
}

/** Maps a `HoGiaDinh` whose `SoHoSoCuTru` the caller has matched with the key; members in register order. */
export function mapHousehold(household: XmlElement, residenceFileNo: string, shape: Shape) {
  const members = household.children.filter((element) => element.name === 'ThanhVien');
  return Object.freeze({
    residenceFileNo,
    members: Object.freeze(members.map((member) => mapMember(member, shape))),
  });
}

function mapMember(member: XmlElement, shape: Shape) {
  if (member.children.length === 0) return shape.broken();
  return Object.freeze({
    relationToHead: shape.required(leaf(member, 'QuanHe'), readText),
    personalId: shape.personalId(leaf(member, 'SoDinhDanh')),
  });
}

function mapName(citizen: XmlElement, shape: Shape) {
  const name = child(citizen, 'HoVaTen');
  if (name === undefined || name === MISPLACED) return shape.broken();
  return Object.freeze({ full: readFullName(name) ?? shape.broken() });
}

/** The whole name often stands in `Ten`; a person may have neither surname nor middle name. */
function readFullName(name: XmlElement): string | undefined {
  const surname = leaf(name, 'Ho') ?? '';
  const middle = leaf(name, 'ChuDem') ?? '';
  const given = leaf(name, 'Ten');
  if (typeof surname !== 'string' || typeof middle !== 'string' || typeof given !== 'string')
    return undefined;
  if (readText(given) === undefined) return undefined;
  return readText(`${surname} ${middle} ${given}`.normalize('NFC').trim().replaceAll(/\s+/g, ' '));
}

function mapBirthDate(citizen: XmlElement, shape: Shape): Checked<string> {
  return mapDate(citizen, 'NgayThangNamSinh', shape) ?? shape.broken();
}

/**
 * `yyyy`, `yyyy-mm` or `yyyy-mm-dd`, in exactly one of the register's forms: the text itself, `NgayThangNam`, or `Nam` with
 * or without `Thang`. Null where it is left out.
 */
function mapDate(citizen: XmlElement, name: string, shape: Shape): Checked<string | null> {
  const element = child(citizen, name);
  if (element === undefined) return null;
  if (element === MISPLACED) return shape.broken();
  if (element.children.length === 0) return shape.required(element.text, readCompactPartialDate);
  const date = leaf(element, 'NgayThangNam');
  const year = leaf(element, 'Nam');
  const month = leaf(element, 'Thang');
  if (date !== undefined) {
    return year === undefined && month === undefined
      ? shape.required(date, readCompactPartialDate)
      : shape.broken();
  }
  const checkedYear = readYear(year);
  if (month === undefined || checkedYear === undefined) return checkedYear ?? shape.broken();
  const checkedMonth = readMonth(month);
  return checkedMonth === undefined ? shape.broken() : `${checkedYear}-${checkedMonth}`;
}

/** A code that stands alone (`DanToc`), or beside other names of what it means (`DanToc{MaDanToc TenGoiKhac}`). */
function coded(citizen: XmlElement, name: string, codeName: string): ReturnType<typeof leaf> {
  const element = child(citizen, name);
  if (element === undefined || element === MISPLACED) return element;
  return element.children.length === 0 ? element.text : leaf(element, codeName);
}

/** The schema's UNDETERMINED is for civil status alone; this register knows two codes. */
function readSex(raw: unknown): 'MALE' | 'FEMALE' | undefined {
  if (raw === '1') return 'MALE';
  return raw === '2' ? 'FEMALE' : undefined;
}

/** ISO 3166-1 alpha-2; the register also writes the three letters of Viet Nam. */
function readCountry(raw: unknown): string | undefined {
  if (raw === 'VNM') return 'VN';
  return typeof raw === 'string' && /^[A-Z]{2}$/.test(raw) ? raw : undefined;
}

function mapResidence(citizen: XmlElement, shape: Shape) {
  const address = child(citizen, 'ThuongTru');
  if (address === undefined) return null;
  if (address === MISPLACED || address.children.length === 0) return shape.broken();
  const full = shape.required(leaf(address, 'ChiTiet'), readText);
  const unit = leaf(address, 'MaDonViHanhChinh');
  if (unit !== undefined) {
    const communeCode = shape.required(unit, readCommuneCode);
    return Object.freeze({ full, provinceCode: provinceOfCommune(communeCode), communeCode });
  }
  return Object.freeze({
    full,
    provinceCode: shape.required(leaf(address, 'MaTinhThanh'), readProvinceCode),
    communeCode: isDistrictAlone(address)
      ? null
      : shape.required(leaf(address, 'MaPhuongXa'), readCommuneCode),
  });
}

/** An address may hold the commune's code alone (`MaDonViHanhChinh`): its province is then that of today's table. */
function provinceOfCommune(communeCode: Checked<string>): string | null {
  return communeCode === BROKEN ? null : (findCommune(communeCode)?.provinceCode ?? null);
}

/**
 * The five island districts had no communes, so that an address from before July 2025 may end at the district
 * (REGISTERS.md, Administrative units).
 */
function isDistrictAlone(address: XmlElement): boolean {
  return leaf(address, 'MaPhuongXa') === undefined && leaf(address, 'MaQuanHuyen') !== undefined;
}

/**
 * The day on which districts were abolished (Law 72/2025/QH15): from then on, an address without a district is
 * one of today's two levels.
 */
const TWO_LEVELS_SINCE = '2025-07-01';

/**
 * The unit of residence with its time: the register may still hold addresses of three levels (REGISTERS.md,
 * Population).
 */
function mapResidenceUnit(
  citizen: XmlElement,
  shape: Shape,
  asOf: string | null,
): Checked<UnitReference | null> {
  const address = child(citizen, 'ThuongTru');
  if (address === undefined) return null;
  if (address === MISPLACED) return shape.broken();
  const undistricted = asOf !== null && asOf >= TWO_LEVELS_SINCE ? 'current' : 'undated';
  const unit = leaf(address, 'MaDonViHanhChinh');
  if (unit !== undefined) {
    const only = readCommuneCode(unit);
    const province = only === undefined ? null : provinceOfCommune(only);
    if (only === undefined) return shape.broken();
    return province === null
      ? null
      : Object.freeze({ communeCode: only, provinceCode: province, generation: undistricted });
  }
  const provinceCode = readProvinceCode(leaf(address, 'MaTinhThanh'));
  const district = shape.optional(leaf(address, 'MaQuanHuyen'), readDistrictCode);
  if (provinceCode === undefined || district === BROKEN) return shape.broken();
  const communeCode = isDistrictAlone(address) ? district : readCommuneCode(leaf(address, 'MaPhuongXa'));
  if (communeCode === undefined || communeCode === null) return shape.broken();
  return Object.freeze({
    communeCode,
    provinceCode,
    generation: district === null ? undistricted : 'former',
  });
}

/** Any other code than the one known is broken: a protection that cannot be read must not pass for none. */
function mapProtection(citizen: XmlElement, shape: Shape): Checked<boolean> {
  const code = leaf(citizen, 'CheDoBaoVe');
  if (code === undefined) return false;
  if (code === '1') return true;
  shape.hasUnknownProtection = true;
  return shape.broken();
}

/** The register often has a relative by name alone (REGISTERS.md, Population). */
function mapRelative(
  citizen: XmlElement,
  name: 'Cha' | 'Me' | 'VoChong' | 'NguoiDaiDien',
  shape: Shape,
): Checked<string | null> {
  const relative = child(citizen, name);
  if (relative === undefined) return null;
  if (relative === MISPLACED || relative.children.length === 0) return shape.broken();
  return shape.personalId(leaf(relative, 'SoDinhDanh'));
}
