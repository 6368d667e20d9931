import type { CivilParent, CivilPerson, CivilStatusEntry } from '../../country/civil-status-records.ts';
import { printedAddress } from '../addresses.ts';
import { toDayMonthYear } from '../dates.ts';
import { leftOutElement } from '../wire-shapes.ts';
import { element } from '../xml.ts';

/** Modules LH (divorces) and NCN (adoptions) are modelled; the names of the others are those of the books. */
export type EntryModule = 'KS' | 'KH' | 'KT' | 'LH' | 'TDCC' | 'GH' | 'CMC' | 'NCN';

/** An entry with the fields that all have. */
export function entryXml(module: EntryModule, entry: CivilStatusEntry, content: string): string {
  return (
    `<hoso module="${module}">${element('so', entry.entryNo)}${element('quyenSo', entry.bookNo)}` +
    element('trangSo', entry.pageNo) +
    dateElement('ngayDangKy', entry.registeredOn) +
    element('loaiDangKy', String(entry.registrationKind)) +
    `${element('noiDangKy', printedAddress(entry.office))}${content}</hoso>`
  );
}

export function dateElement(name: string, date: string | undefined): string {
  return element(name, date && toDayMonthYear(date));
}

/** A party without a personal id may stand with the number of another document. */
export function partyXml(
  prefix: 'me' | 'cha' | 'chong' | 'vo' | 'ntd' | 'ngh' | 'ndgh' | 'cm' | 'con' | 'men' | 'chan',
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

/** A parent in an entry of birth, with residence and document. */
export function parentXml(
  prefix: 'me' | 'cha',
  parent: CivilParent | undefined,
  entry: CivilStatusEntry,
): string {
  return (
    partyXml(prefix, parent, entry) +
    element(`${prefix}LoaiCuTru`, parent?.residenceKind?.toString()) +
    element(`${prefix}NoiCuTru`, parent?.residence && printedAddress(parent.residence)) +
    element(`${prefix}LoaiGiayToTuyThan`, parent?.document?.kind.toString()) +
    element(`${prefix}SoGiayToTuyThan`, parent?.document?.number)
  );
}
