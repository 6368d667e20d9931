import type {
  BirthEntry,
  CivilStatusRecord,
  DeathEntry,
  MarriageEntry,
} from '../../country/civil-status-records.ts';
import { printedAddress } from '../addresses.ts';
import { toDayMonthYear } from '../dates.ts';
import { hasShape } from '../wire-shapes.ts';
import { element } from '../xml.ts';
import { adoptionXml, changeXml, divorceXml, guardianshipXml, recognitionXml } from './act-xml.ts';
import { dateElement, entryXml, parentXml, partyXml } from './entry-xml.ts';

/** The modules that public clients ask for. */
export type EventModule = 'KS' | 'KH' | 'KT';

/** Writes `<hotich>` with every entry about one person, in the order of WIRE.md (REGISTERS.md, Civil status). */
export function eventsXml(record: CivilStatusRecord): string {
  const { personalId, birth, marriages, death } = record;
  const entries = hotichXml([
    ...(birth === undefined ? [] : [birthXml(birth)]),
    ...marriages.map(marriageXml),
    ...record.divorces.map(divorceXml),
    ...record.changes.map(changeXml),
    ...record.guardianships.map(guardianshipXml),
    ...record.recognitions.map(recognitionXml),
    ...record.adoptions.map(adoptionXml),
    ...(death === undefined ? [] : [deathXml(death)]),
  ]);
  return hasShape(personalId, 'trailing-comment') ? `${entries}<!-- het -->\n<?kiem-tra xong?>` : entries;
}

export function hotichXml(entries: readonly string[]): string {
  return `<hotich>${entries.join('')}</hotich>`;
}

/** One entry of a person by its number; undefined where there is none. */
export function numberedEntryXml(
  { birth, marriages, death }: CivilStatusRecord,
  module: EventModule,
  entryNo: string,
): string | undefined {
  if (module === 'KS') return birth?.entryNo === entryNo ? birthXml(birth) : undefined;
  if (module === 'KT') return death?.entryNo === entryNo ? deathXml(death) : undefined;
  const marriage = marriages.find((one) => one.entryNo === entryNo);
  return marriage && marriageXml(marriage);
}

function birthXml(entry: BirthEntry): string {
  const { child, medicalCertificate } = entry;
  return entryXml(
    'KS',
    entry,
    element('nksHoTen', child.fullName) +
      element('nksGioiTinh', String(child.sex)) +
      element('nksNgaySinh', toDayMonthYear(child.birthDate)) +
      element('nksNoiSinh', printedAddress(entry.place)) +
      element('nksNoiSinhDVHC', entry.place.communeCode) +
      element('nksQueQuan', printedAddress(entry.ancestralHome)) +
      element('nksDanToc', child.ethnicCode) +
      element('nksQuocTich', 'VN') +
      element('nksLoaiKhaiSinh', entry.birthKind?.toString()) +
      element('nksSoDDCN', child.personalId) +
      element('maGCS', medicalCertificate?.code) +
      dateElement('ngayCapGCS', medicalCertificate?.issuedOn) +
      parentXml('me', entry.mother, entry) +
      parentXml('cha', entry.father, entry),
  );
}

function marriageXml(entry: MarriageEntry): string {
  return entryXml(
    'KH',
    entry,
    partyXml('chong', entry.husband, entry) +
      partyXml('vo', entry.wife, entry) +
      element('tinhTrangKetHon', String(entry.state)) +
      dateElement('ngayChamDut', entry.endedOn),
  );
}

function deathXml(entry: DeathEntry): string {
  const { deceased, notice } = entry;
  return entryXml(
    'KT',
    entry,
    element('nktHoTen', deceased.fullName) +
      element('nktNgaySinh', toDayMonthYear(deceased.birthDate)) +
      element('nktSoDDCN', deceased.personalId) +
      element('nktNgayChet', toDayMonthYear(entry.date)) +
      element('nktGioPhutChet', entry.time) +
      element('nktNoiChet', entry.place) +
      element('nktNguyenNhanChet', entry.cause) +
      element('gbtLoai', notice?.kind.toString()) +
      element('gbtSo', notice?.number) +
      dateElement('gbtNgay', notice?.issuedOn) +
      element('gbtCoQuanCap', notice?.issuedBy) +
      element('maGBT', notice?.code),
  );
}
