import type { Checked } from '../records/record.ts';
import { readPercent } from '../wire/amounts.ts';
import { readBusinessCode } from '../wire/identifiers.ts';
import { isJsonObject } from '../wire/json-values.ts';
import type { JsonObject } from '../wire/json-values.ts';
import type { Shape } from '../wire/shape.ts';
import { readIsoPartialDate, readText } from '../wire/value-readers.ts';

/** The keys by which a row names a person or an organisation; null where by name alone. */
export function mapKeys(raw: JsonObject, shape: Shape) {
  return {
    personalId: shape.personalId(raw['SODINHDANH']),
    organisationCode: shape.optional(raw['MASODOANHNGHIEP'], readBusinessCode),
  };
}

export function mapHolder(raw: unknown, shape: Shape) {
  if (!isJsonObject(raw)) return shape.broken();
  const number = raw['SODINHDANH'];
  return Object.freeze({
    name: shape.required(raw['TEN'], readText),
    kind: shape.optional(raw['LOAICHU'], readText),
    role: shape.required(raw['VAITRO'], readText),
    ...mapKeys(raw, shape),
    oldIdNumber: typeof number === 'string' && OLD_ID_NUMBER.test(number) ? number : null,
    birthDate: shape.optional(raw['NGAYSINH'], readIsoPartialDate),
    sex: shape.optional(raw['GIOITINH'], readHolderSex),
    address: shape.optional(raw['DIACHI'], readText),
    ratio: shape.optional(raw['TYLE'], readPercent),
  });
}

/** Số CMND: an identity card of before. */
const OLD_ID_NUMBER = /^\d{9}$/;

function readHolderSex(raw: unknown): 'MALE' | 'FEMALE' | undefined {
  if (raw === 1) return 'MALE';
  return raw === 2 ? 'FEMALE' : undefined;
}

/**
 * Maps the person or organisation that uses the land today. The keys stand beside the party too: where the person may not be seen, the reason of the change
 * may not be either.
 */
export function mapCurrentUser(raw: JsonObject, shape: Shape) {
  const party: Checked<ReturnType<typeof mapHolder>> = mapHolder(raw, shape);
  return Object.freeze({
    ...mapKeys(raw, shape),
    party,
    reasonOfChange: shape.optional(raw['LYDOTHAYDOI'], readText),
  });
}
