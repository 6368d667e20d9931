import type {
  BirthEntry,
  CivilPerson,
  CivilStatusEntry,
  CivilStatusRecord,
  DeathEntry,
  MarriageEntry,
} from '../../country/records.ts';
import { element } from '../xml.ts';
import { hasShape, leftOutElement } from '../wire-shapes.ts';
import { printedAddress } from '../addresses.ts';
import { toDayMonthYear } from '../dates.ts';

/**
 * Writes `<hotich>` with every entry about one person: KS birth, KH marriages, KT death (REGISTERS.md, Civil
 * status).
 */
export function eventsXml({ personalId, birth, marriages, death }: CivilStatusRecord): string {
  const entries = hotichXml([
    ...(birth === undefined ? [] : [birthXml(birth)]),
    ...marriages.map(marriageXml),
    ...(death === undefined ? [] : [deathXml(death)]),
  ]);
  return hasShape(personalId, 'trailing-comment') ? `${entries}<!-- het -->\n<?kiem-tra xong?>` : entries;
}

export function hotichXml(entries: readonly string[]): string {
  return `<hotich>${entries.join('')}</hotich>`;
}

export function birthXml(entry: BirthEntry): string {
  const { child } = entry;
  return entryXml(
    'KS',
    entry,
    element('nksHoTen', child.fullName) +
      element('nksGioiTinh', String(child.sex)) +
      element('nksNgaySinh', toDayMonthYear(child.birthDate)) +
      element('nksNoiSinh', printedAddress(entry.place)) +
      element('nksQueQuan', printedAddress(entry.ancestralHome)) +
      element('nksDanToc', child.ethnicCode) +
      element('nksQuocTich', 'VN') +
      element('nksSoDDCN', child.personalId) +
      partyXml('me', entry.mother, entry) +
      partyXml('cha', entry.father, entry),
  );
}

export function marriageXml(entry: MarriageEntry): string {
  return entryXml(
    'KH',
    entry,
    partyXml('chong', entry.husband, entry) +
      partyXml('vo', entry.wife, entry) +
      element('tinhTrangKetHon', String(entry.state)),
  );
}

export function deathXml(entry: DeathEntry): string {
  const { deceased } = entry;
  return entryXml(
    'KT',
    entry,
    element('nktHoTen', deceased.fullName) +
      element('nktNgaySinh', toDayMonthYear(deceased.birthDate)) +
      element('nktSoDDCN', deceased.personalId) +
      element('nktNgayChet', toDayMonthYear(entry.date)) +
      element('nktNoiChet', entry.place) +
      element('nktNguyenNhanChet', entry.cause),
  );
}

function entryXml(module: 'KS' | 'KH' | 'KT', entry: CivilStatusEntry, content: string): string {
  return (
    `<hoso module="${module}">${element('so', entry.entryNo)}${element('quyenSo', entry.bookNo)}` +
    element('trangSo', entry.pageNo) +
    element('ngayDangKy', toDayMonthYear(entry.registeredOn)) +
    element('loaiDangKy', String(entry.registrationKind)) +
    `${element('noiDangKy', printedAddress(entry.office))}${content}</hoso>`
  );
}

/** A party without a personal id may stand with the number of another document. */
function partyXml(
  prefix: 'me' | 'cha' | 'chong' | 'vo',
  person: CivilPerson | undefined,
  { entryNo, bookNo }: CivilStatusEntry,
): string {
  const leftOut = leftOutElement(`${entryNo} ${bookNo}`);
  const part = (name: string, text: string | undefined): string =>
    element(`${prefix}${name}`, text) || leftOut(`${prefix}${name}`);
  return (
    part('HoTen', person?.fullName) +
    part('NgaySinh', person && toDayMonthYear(person.birthDate)) +
    part('DanToc', person?.ethnicCode) +
    part('SoDDCN', person?.personalId ?? person?.documentNo)
  );
}
