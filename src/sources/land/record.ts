import { readCertificateSerial, readParcelId } from '../wire/identifiers.ts';
import { asList, isJsonObject } from '../wire/json-values.ts';
import type { JsonObject } from '../wire/json-values.ts';
import type { Checked } from '../records/record.ts';
import type { Shape } from '../wire/shape.ts';
import { readArea, readCommuneCode, readCount, readIsoPartialDate, readText } from '../wire/value-readers.ts';
import { readGeometry } from './geometry.ts';
import { mapAsset, mapChange, mapMortgage, mapRestriction } from './map-entries.ts';
import { mapCurrentUser, mapHolder } from './map-holder.ts';
import { readPurposeCode } from './use-purposes.ts';

/** DA_CAP is published, the others are modelled. */
const STATUS_BY_WORD = new Map([
  ['DA_CAP', 'ISSUED'],
  ['DANG_XU_LY', 'IN_PROCESS'],
  ['DA_THU_HOI', 'WITHDRAWN'],
  ['DA_HUY', 'CANCELLED'],
] as const);

/** `land.parcel`, by parcel id. */
export type ParcelRecord = ReturnType<typeof mapParcel>;

/** `land.certificate`, by serial without spaces. */
export type CertificateRecord = ReturnType<typeof mapCertificate>;

/** `land.holdings`, by personal id or business code. */
export type HoldingsRecord = ReturnType<typeof mapHoldings>;

/** The id inside a PARCEL, undefined where it cannot be read. */
export function idOfParcel(parcel: unknown): string | undefined {
  return isJsonObject(parcel) ? readParcelId(parcel['THUADATID']) : undefined;
}

/** Tells whether the person or organisation is among the holders; undefined where they cannot be read. */
export function namesHolder(parcel: unknown, holder: string): boolean | undefined {
  const holders = isJsonObject(parcel) ? asList(parcel['CHUSUDUNG']) : undefined;
  if (holders === undefined) return undefined;
  return holders.some(
    (one) => isJsonObject(one) && (one['SODINHDANH'] === holder || one['MASODOANHNGHIEP'] === holder),
  );
}

/** The serial inside a CERTIFICATE, normalised; undefined where it cannot be read. */
export function serialOfCertificate(certificate: unknown): string | undefined {
  return isJsonObject(certificate) ? readCertificateSerial(certificate['SOPHATHANH']) : undefined;
}

/** Maps a PARCEL whose id the caller has read with `idOfParcel`. */
export function mapParcel(parcel: JsonObject, id: string, shape: Shape) {
  return Object.freeze({
    id,
    communeCode: shape.optional(parcel['MAXA'], readCommuneCode),
    address: shape.optional(parcel['DIACHITHUADAT'], readText),
    sheetNoOnCertificate: shape.optional(parcel['SOHIEUTOBANDOCU'], readText),
    parcelNoOnCertificate: shape.optional(parcel['SOTHUTUTHUACU'], readText),
    legalArea: shape.optional(parcel['DIENTICHPHAPLY'], readArea),
    geometry: shape.optional(parcel['HINHTHE'], readGeometry),
    sheetNo: shape.required(parcel['SOHIEUTOBANDO'], readCount),
    parcelNo: shape.required(parcel['SOTHUTUTHUA'], readCount),
    // Square metres.
    area: shape.required(parcel['DIENTICH'], readArea),
    uses: shape.list(parcel['DC_MUCDICHSUDUNGDAT'], (raw) => mapUse(raw, shape)),
    holders: shape.list(parcel['CHUSUDUNG'], (raw) => mapHolder(raw, shape)),
    currentUser: shape.statedObject(parcel['NGUOIDANGSUDUNG'], (raw) => mapCurrentUser(raw, shape)),
    assets: shape.statedList(parcel['DC_TAISANGANLIEN'], (raw) => mapAsset(raw, shape)),
    mortgages: shape.statedList(parcel['DC_BD_THECHAP'], (raw) => mapMortgage(raw, shape)),
    restrictions: shape.statedList(parcel['DC_HANCHE'], (raw) => mapRestriction(raw, shape)),
    changes: shape.statedList(parcel['DC_DangKyThayDoi'], (raw) => mapChange(raw, shape)),
    certificateSerials: shape.list(
      parcel['DC_GIAYCHUNGNHAN'],
      (raw) => serialOfCertificate(raw) ?? shape.broken(),
    ),
  });
}

/** Maps a CERTIFICATE whose serial the caller has read with `serialOfCertificate`. */
export function mapCertificate(certificate: JsonObject, serial: string, shape: Shape) {
  return Object.freeze({
    serial,
    issuedOn: shape.required(certificate['NGAYCAP'], readIsoPartialDate),
    registerNo: shape.optional(certificate['SOVAOSO'], readText),
    barcode: shape.optional(certificate['MAVACH'], readText),
    template: shape.optional(certificate['MAUGIAY'], readText),
    status: shape.optional(certificate['TRANGTHAIXULY'], readCertificateStatus),
    holderForm: shape.optional(certificate['HINHTHUCCHU'], readText),
    scanFile: shape.optional(certificate['TEPQUET'], readText),
    holders: shape.list(certificate['CHUSUDUNG'], (raw) => mapHolder(raw, shape)),
    parcelIds: shape.list(certificate['THUADAT'], (raw) => idOfParcel(raw) ?? shape.broken()),
  });
}

/** The parcels of one holder; certificates come along as records of their own. */
export function mapHoldings(holder: string, parcelIds: readonly Checked<string>[]) {
  return Object.freeze({ holder, parcelIds });
}

function mapUse(raw: unknown, shape: Shape) {
  if (!isJsonObject(raw)) return shape.broken();
  return Object.freeze({
    purposeCode: shape.required(raw['MAMUCDICH'], readPurposeCode),
    area: shape.required(raw['DIENTICH'], readArea),
    origin: shape.optional(raw['MANGUONGOC'], readText),
    form: shape.optional(raw['HINHTHUC'], readText),
    term: shape.optional(raw['THOIHAN'], readText),
  });
}

function readCertificateStatus(raw: unknown) {
  return STATUS_BY_WORD.get(raw as 'DA_CAP');
}
