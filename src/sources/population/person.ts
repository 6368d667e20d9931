import { readResidenceFileNo } from '../identifiers.ts';
import type { Checked, PersonName, PersonRecord, ResidenceAddress } from '../record.ts';
import type { Mapped, Shape } from '../shape.ts';
import {
  readCommuneCode,
  readCompactDate,
  readMonth,
  readProvinceCode,
  readText,
  readYear,
} from '../value-readers.ts';
import { child, leaf, MISPLACED } from '../xml.ts';
import type { XmlElement } from '../xml.ts';
import { readEthnicity, readReligion } from './code-names.ts';

/** Maps a `CongDan` whose `SoDinhDanh` the caller has matched with the key. */
export function mapPerson(citizen: XmlElement, personalId: string, shape: Shape): Mapped<PersonRecord> {
  return Object.freeze({
    personalId,
    name: mapName(citizen, shape),
    birthDate: mapBirthDate(citizen, shape),
    sex: shape.required(leaf(citizen, 'GioiTinh'), readSex),
    ethnicity: shape.optional(leaf(citizen, 'DanToc'), readEthnicity),
    religion: shape.optional(leaf(citizen, 'TonGiao'), readReligion),
    permanentResidence: mapResidence(citizen, shape),
    residenceFileNo: shape.optional(leaf(citizen, 'SoSoHoKhau'), readResidenceFileNo),
  });
}

function mapName(citizen: XmlElement, shape: Shape): Checked<PersonName> {
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

/** `yyyy`, `yyyy-mm` or `yyyy-mm-dd`: exactly one of the register's three forms. */
function mapBirthDate(citizen: XmlElement, shape: Shape): Checked<string> {
  const birth = child(citizen, 'NgayThangNamSinh');
  if (birth === undefined || birth === MISPLACED) return shape.broken();
  const date = leaf(birth, 'NgayThangNam');
  const year = leaf(birth, 'Nam');
  const month = leaf(birth, 'Thang');
  if (date !== undefined) {
    return year === undefined && month === undefined ? shape.required(date, readCompactDate) : shape.broken();
  }
  const checkedYear = readYear(year);
  if (month === undefined || checkedYear === undefined) return checkedYear ?? shape.broken();
  const checkedMonth = readMonth(month);
  return checkedMonth === undefined ? shape.broken() : `${checkedYear}-${checkedMonth}`;
}

function readSex(raw: unknown): 'MALE' | 'FEMALE' | undefined {
  if (raw === '1') return 'MALE';
  return raw === '2' ? 'FEMALE' : undefined;
}

function mapResidence(citizen: XmlElement, shape: Shape): Checked<ResidenceAddress | null> {
  const address = child(citizen, 'ThuongTru');
  if (address === undefined) return null;
  if (address === MISPLACED || address.children.length === 0) return shape.broken();
  return Object.freeze({
    full: shape.required(leaf(address, 'ChiTiet'), readText),
    provinceCode: shape.required(leaf(address, 'MaTinhThanh'), readProvinceCode),
    communeCode: shape.required(leaf(address, 'MaPhuongXa'), readCommuneCode),
  });
}
