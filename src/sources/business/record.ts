import { readBusinessCode } from '../wire/identifiers.ts';
import { asList, isJsonObject } from '../wire/json-values.ts';
import type { JsonObject } from '../wire/json-values.ts';
import type { PartyReference } from '../records/party-reference.ts';
import { BROKEN, type Checked } from '../records/record.ts';
import { Shape } from '../wire/shape.ts';
import { readText } from '../wire/value-readers.ts';

/** Modelled: the register's public guide shows the field, not its list. */
const STATUS_BY_CODE = new Map([
  ['1', 'ACTIVE'],
  ['2', 'SUSPENDED'],
  ['3', 'DISSOLVING'],
  ['4', 'DISSOLVED'],
  ['5', 'REVOKED'],
  ['6', 'BANKRUPT'],
  ['7', 'RELOCATED'],
] as const);

/** `business.business`, by business code. */
export type BusinessRecord = ReturnType<typeof mapBusiness>;

/** `business.interests`, by personal id. */
export type InterestsRecord = ReturnType<typeof mapInterests>;

/** The code inside an ENTERPRISE, undefined where it cannot be read. */
export function codeOfEnterprise(enterprise: unknown): string | undefined {
  if (!isJsonObject(enterprise) || !isJsonObject(enterprise['MainInformation'])) return undefined;
  return readBusinessCode(enterprise['MainInformation']['ENTERPRISE_GDT_CODE']);
}

/**
 * Tells whether the person owns, is a member of or represents the business; undefined where its people cannot
 * be read.
 */
export function namesPerson(enterprise: unknown, personalId: string): boolean | undefined {
  if (!isJsonObject(enterprise)) return undefined;
  const members = asList(enterprise['Member']);
  const representatives = asList(enterprise['Representatives']);
  if (members === undefined || representatives === undefined) return undefined;
  return [...members, ...representatives].some((one) => isJsonObject(one) && one['PERSON_ID'] === personalId);
}

/** Tells whether the person is a legal representative of the business; undefined where those cannot be read. */
export function isRepresentedBy(enterprise: JsonObject, personalId: string): boolean | undefined {
  const representatives = asList(enterprise['Representatives']);
  if (representatives === undefined) return undefined;
  const shape = new Shape();
  const all = representatives.map((raw) => mapRepresentative(raw, shape));
  if (all.some((one) => one !== BROKEN && one.personalId === personalId)) return true;
  return all.some((one) => one === BROKEN || one.personalId === BROKEN) ? undefined : false;
}

/** Maps an ENTERPRISE whose code the caller has read with `codeOfEnterprise`. */
export function mapBusiness(enterprise: JsonObject, code: string, shape: Shape) {
  const main = isJsonObject(enterprise['MainInformation']) ? enterprise['MainInformation'] : {};
  return Object.freeze({
    code,
    name: Object.freeze({ vi: shape.required(main['NAME'], readText) }),
    status: shape.required(main['ENTERPRISE_STATUS'], readStatus),
    legalRepresentatives: shape.list(enterprise['Representatives'], (raw) => mapRepresentative(raw, shape)),
    owners: shape.list(enterprise['Member'], (raw) => mapOwner(raw, shape)),
  });
}

/**
 * A person's businesses. In `represented` stands each code whose legal representative the person is, and BROKEN for each
 * business that does not let it be told.
 */
export function mapInterests(
  personalId: string,
  codes: readonly Checked<string>[],
  represented: readonly Checked<string>[],
) {
  return Object.freeze({
    personalId,
    businessCodes: Object.freeze(codes),
    representedCodes: Object.freeze(represented),
  });
}

function readStatus(raw: unknown) {
  return STATUS_BY_CODE.get(raw as '1');
}

function mapRepresentative(raw: unknown, shape: Shape) {
  if (!isJsonObject(raw) || readText(raw['FULL_NAME']) === undefined) return shape.broken();
  return Object.freeze({
    title: shape.optional(raw['POSITION'], readText),
    personalId: shape.personalId(raw['PERSON_ID']),
  });
}

function mapOwner(raw: unknown, shape: Shape): Checked<PartyReference> {
  if (!isJsonObject(raw)) return shape.broken();
  return Object.freeze({
    name: shape.required(raw['MEMBER_NAME'], readText),
    personalId: shape.personalId(raw['PERSON_ID']),
    organisationCode: shape.optional(raw['ORG_CODE'], readBusinessCode),
  });
}
