import { isJsonObject } from '../wire/json-values.ts';
import type { Shape } from '../wire/shape.ts';
import { readArea, readIsoPartialDate, readText } from '../wire/value-readers.ts';
import { mapKeys } from './map-holder.ts';

/** Entries of a parcel beside its holders; tables without published columns are modelled. */

export function mapAsset(raw: unknown, shape: Shape) {
  if (!isJsonObject(raw)) return shape.broken();
  return Object.freeze({
    kind: shape.required(raw['LOAITAISAN'], readText),
    project: shape.optional(raw['TENDUAN'], readText),
    building: shape.optional(raw['TENTOANHA'], readText),
    flatNo: shape.optional(raw['SOCANHO'], readText),
    builtArea: shape.optional(raw['DIENTICHXAYDUNG'], readArea),
    floorArea: shape.optional(raw['DIENTICHSAN'], readArea),
    ownershipForm: shape.optional(raw['HINHTHUCSOHUU'], readText),
    term: shape.optional(raw['THOIHANSOHUU'], readText),
    grade: shape.optional(raw['CAPHANG'], readText),
  });
}

export function mapMortgage(raw: unknown, shape: Shape) {
  if (!isJsonObject(raw)) return shape.broken();
  return Object.freeze({
    registeredOn: shape.optional(raw['NGAYDANGKY'], readIsoPartialDate),
    contractNo: shape.optional(raw['SOHOPDONG'], readText),
    mortgagee: shape.statedObject(raw['BENNHANTHECHAP'], (mortgagee) =>
      Object.freeze({ name: shape.required(mortgagee['TEN'], readText), ...mapKeys(mortgagee, shape) }),
    ),
    releasedOn: shape.optional(raw['NGAYXOA'], readIsoPartialDate),
  });
}

/** The keys are of whoever the text names: where that person may not be seen, the text may not be either. */
export function mapRestriction(raw: unknown, shape: Shape) {
  if (!isJsonObject(raw)) return shape.broken();
  return Object.freeze({
    ...mapKeys(raw, shape),
    kind: shape.optional(raw['LOAIHANCHE'], readText),
    content: shape.optional(raw['NOIDUNG'], readText),
    registeredOn: shape.optional(raw['NGAYDANGKY'], readIsoPartialDate),
    releasedOn: shape.optional(raw['NGAYXOA'], readIsoPartialDate),
  });
}

/** The keys are of whoever the text names, as of a restriction. */
export function mapChange(raw: unknown, shape: Shape) {
  if (!isJsonObject(raw)) return shape.broken();
  return Object.freeze({
    ...mapKeys(raw, shape),
    registeredOn: shape.optional(raw['NGAYDANGKY'], readIsoPartialDate),
    kind: shape.optional(raw['LOAIBIENDONG'], readText),
    content: shape.optional(raw['NOIDUNG'], readText),
  });
}
