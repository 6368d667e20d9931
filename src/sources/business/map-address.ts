import { isJsonObject, type JsonObject } from '../wire/json-values.ts';
import type { Shape } from '../wire/shape.ts';
import { readText } from '../wire/value-readers.ts';
import { readUnitCode, readUnitKind } from './code-lists.ts';

/** An address of a head office or unit. Its codes are texts: whether the real register's are those of the national list is not published. */
export function mapBusinessAddress(raw: unknown, shape: Shape) {
  return shape.statedObject(raw, (address) => addressOf(address, shape));
}

function addressOf(address: JsonObject, shape: Shape) {
  return Object.freeze({
    full: shape.optional(address['AddressFullText'], readText),
    detail: shape.optional(address['StreetNumber'], readText),
    provinceCode: shape.optional(address['CityID'], readText),
    provinceName: shape.optional(address['CityName'], readText),
    districtCode: shape.optional(address['DistrictID'], readText),
    districtName: shape.optional(address['DistrictName'], readText),
    communeCode: shape.optional(address['WardID'], readText),
    communeName: shape.optional(address['WardName'], readText),
  });
}

/** A branch, representative office or business location. */
export function mapBusinessUnit(raw: unknown, shape: Shape) {
  if (!isJsonObject(raw)) return shape.broken();
  return Object.freeze({
    code: shape.required(raw['UNIT_CODE'], readUnitCode),
    kind: shape.required(raw['UNIT_TYPE_ID'], readUnitKind),
    name: shape.optional(raw['NAME'], readText),
    address: mapBusinessAddress(raw['Address'], shape),
  });
}
