import type { Broken } from '../../records/record.ts';
import type { Shape } from '../../wire/shape.ts';
import {
  readCommuneCode,
  readProvinceCode,
  readSlashPartialDate,
  readText,
} from '../../wire/value-readers.ts';
import { readBirthKind, readDeathNoticeKind } from './entry-codes.ts';
import { mapPage, mapRegistration, type EntryFields } from './entry-fields.ts';
import { mapRecordedPerson } from './recorded-person.ts';

/** An entry in the register of births. */
export type BirthEntry = Exclude<ReturnType<typeof mapBirth>, Broken>;

/** An entry of module KS. One that does not say whose birth it is, is broken. */
export function mapBirth(fields: EntryFields, shape: Shape) {
  if (fields.raw('nksSoDDCN') === undefined) return shape.broken();
  return Object.freeze({
    ...mapRegistration(fields),
    ...mapPage(fields),
    child: mapRecordedPerson(fields, 'nks'),
    recordedMother: mapRecordedPerson(fields, 'me'),
    recordedFather: mapRecordedPerson(fields, 'cha'),
    place: fields.required('nksNoiSinh', readText),
    placeUnitCode: fields.optional('nksNoiSinhDVHC', readUnitCode),
    birthKind: fields.optional('nksLoaiKhaiSinh', readBirthKind),
    medicalCertificate: fields.hasAny(['maGCS', 'ngayCapGCS'])
      ? Object.freeze({ code: fields.text('maGCS'), issuedOn: fields.date('ngayCapGCS') })
      : null,
    motherId: fields.personalId('meSoDDCN'),
    fatherId: fields.personalId('chaSoDDCN'),
  });
}

/** An entry of module KT. One that does not say who died is broken: it must not pass for no death. */
export function mapDeath(fields: EntryFields, shape: Shape) {
  if (fields.raw('nktSoDDCN') === undefined) return shape.broken();
  return Object.freeze({
    ...mapRegistration(fields),
    ...mapPage(fields),
    deceased: mapRecordedPerson(fields, 'nkt'),
    date: fields.required('nktNgayChet', readSlashPartialDate),
    time: fields.optional('nktGioPhutChet', readTimeOfDay),
    place: fields.text('nktNoiChet'),
    cause: fields.text('nktNguyenNhanChet'),
    notice: fields.hasAny(NOTICE) ? mapNotice(fields) : null,
  });
}

const NOTICE = ['gbtLoai', 'gbtSo', 'gbtNgay', 'gbtCoQuanCap', 'maGBT'];

function mapNotice(fields: EntryFields) {
  return Object.freeze({
    kind: fields.optional('gbtLoai', readDeathNoticeKind),
    number: fields.text('gbtSo'),
    issuedOn: fields.date('gbtNgay'),
    issuedBy: fields.text('gbtCoQuanCap'),
    code: fields.text('maGBT'),
  });
}

function readUnitCode(raw: unknown): string | undefined {
  return readCommuneCode(raw) ?? readProvinceCode(raw);
}

/** `HH:mm` */
function readTimeOfDay(raw: unknown): string | undefined {
  return typeof raw === 'string' && /^([01]\d|2[0-3]):[0-5]\d$/.test(raw) ? raw : undefined;
}
