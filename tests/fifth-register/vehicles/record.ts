import type { Shape } from '../../../src/sources/wire/shape.ts';
import { readIsoDate, readText } from '../../../src/sources/wire/value-readers.ts';
import type { JsonObject } from '../../../src/sources/wire/json-values.ts';
import { readPersonalId } from '../../../src/sources/wire/identifiers.ts';

/** Two digits of the province, a letter of the series, and five digits, as on the plates of cars. */
export function readPlate(raw: unknown): string | undefined {
  return typeof raw === 'string' && /^\d{2}[A-Z]\d{5}$/.test(raw) ? raw : undefined;
}

/** Maps a vehicle whose plate the caller has matched with the key. */
export function mapVehicle(vehicle: JsonObject, plate: string, shape: Shape) {
  return Object.freeze({
    plate,
    registeredOn: shape.required(vehicle['ngayDangKy'], readIsoDate),
    chassisNo: shape.required(vehicle['soKhung'], readText),
    ownerId: shape.optional(vehicle['soDinhDanhChuXe'], readPersonalId),
  });
}

/** Maps the list of a person's plates. */
export function mapOwned(content: JsonObject, personalId: string, shape: Shape) {
  return Object.freeze({
    personalId,
    plates: shape.list(content['bienSo'], (raw) => readPlate(raw) ?? shape.broken()),
  });
}
