import { readBusinessCode, readCertificateSerial, readParcelId } from '../wire/identifiers.ts';
import { asList, isJsonObject } from '../wire/json-values.ts';
import type { JsonObject } from '../wire/json-values.ts';
import type { Checked } from '../records/record.ts';
import type { Shape } from '../wire/shape.ts';
import { readArea, readCount, readIsoPartialDate, readText } from '../wire/value-readers.ts';
import { readPurposeCode } from './use-purposes.ts';

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
    sheetNo: shape.required(parcel['SOHIEUTOBANDO'], readCount),
    parcelNo: shape.required(parcel['SOTHUTUTHUA'], readCount),
    // Square metres.
    area: shape.required(parcel['DIENTICH'], readArea),
    uses: shape.list(parcel['DC_MUCDICHSUDUNGDAT'], (raw) => mapUse(raw, shape)),
    holders: shape.list(parcel['CHUSUDUNG'], (raw) => mapHolder(raw, shape)),
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
  });
}

function mapHolder(raw: unknown, shape: Shape) {
  if (!isJsonObject(raw)) return shape.broken();
  return Object.freeze({
    name: shape.required(raw['TEN'], readText),
    role: shape.required(raw['VAITRO'], readText),
    personalId: shape.personalId(raw['SODINHDANH']),
    organisationCode: shape.optional(raw['MASODOANHNGHIEP'], readBusinessCode),
  });
}
