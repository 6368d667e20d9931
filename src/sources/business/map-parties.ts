import type { PartyReference } from '../records/party-reference.ts';
import type { Checked } from '../records/record.ts';
import { readDecimal, readPercent } from '../wire/amounts.ts';
import { readBusinessCode } from '../wire/identifiers.ts';
import { isJsonObject } from '../wire/json-values.ts';
import type { Shape } from '../wire/shape.ts';
import { readCountryCode, readSlashPartialDate, readText } from '../wire/value-readers.ts';

interface Owner extends PartyReference {
  /** Dong. */
  readonly amount: Checked<string | null>;
  readonly ratio: Checked<number | null>;
  readonly contributedOn: Checked<string | null>;
  readonly country: Checked<string | null>;
}

export function mapRepresentative(raw: unknown, shape: Shape) {
  const name = isJsonObject(raw) ? readText(raw['FULL_NAME']) : undefined;
  if (!isJsonObject(raw) || name === undefined) return shape.broken();
  return Object.freeze({
    name,
    title: shape.optional(raw['POSITION'], readText),
    personalId: shape.personalId(raw['PERSON_ID']),
  });
}

export function mapOwner(raw: unknown, shape: Shape): Checked<Owner> {
  if (!isJsonObject(raw)) return shape.broken();
  return Object.freeze({
    name: shape.required(raw['MEMBER_NAME'], readText),
    personalId: shape.personalId(raw['PERSON_ID']),
    organisationCode: shape.optional(raw['ORG_CODE'], readBusinessCode),
    amount: shape.optional(raw['AMOUNT'], readDecimal),
    ratio: shape.optional(raw['RATIO_PERCENT'], readPercent),
    contributedOn: shape.optional(raw['CONTRIBUTED_DATE'], readSlashPartialDate),
    country: shape.optional(raw['COUNTRY'], readCountryCode),
  });
}

export function mapBeneficialOwner(raw: unknown, shape: Shape) {
  if (!isJsonObject(raw)) return shape.broken();
  return Object.freeze({
    ...mapNamed(raw, shape),
    ratio: shape.optional(raw['RATIO_PERCENT'], readPercent),
    basis: shape.optional(raw['BASIS'], readText),
  });
}

/** Anybody named by a full name and, maybe, a personal id. */
function mapNamed(raw: Readonly<Record<string, unknown>>, shape: Shape) {
  return {
    name: shape.required(raw['FULL_NAME'], readText),
    personalId: shape.personalId(raw['PERSON_ID']),
  };
}

export function mapHouseholdBusinessMember(raw: unknown, shape: Shape) {
  return isJsonObject(raw) ? Object.freeze(mapNamed(raw, shape)) : shape.broken();
}
