import { BROKEN, type Checked } from '../records/record.ts';
import { readDecimal } from '../wire/amounts.ts';
import { readBusinessCode } from '../wire/identifiers.ts';
import { asList, isJsonObject } from '../wire/json-values.ts';
import type { JsonObject } from '../wire/json-values.ts';
import { Shape } from '../wire/shape.ts';
import { readCount, readSlashPartialDate, readText } from '../wire/value-readers.ts';
import {
  readActivityCode,
  readBusinessStatus,
  readFlag,
  readLegalForm,
  readTaxStatus,
} from './code-lists.ts';
import { mapBusinessAddress, mapBusinessUnit } from './map-address.ts';
import {
  mapBeneficialOwner,
  mapHouseholdBusinessMember,
  mapOwner,
  mapRepresentative,
} from './map-parties.ts';

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
    legacyCode: shape.optional(main['IMP_BUSINESS_CODE'], readText),
    name: Object.freeze({
      vi: shape.required(main['NAME'], readText),
      foreign: shape.optional(main['NAME_F'], readText),
      short: shape.optional(main['SHORT_NAME'], readText),
    }),
    legalForm: shape.optional(main['ENTERPRISE_TYPE_ID'], readLegalForm),
    status: shape.required(main['ENTERPRISE_STATUS'], readBusinessStatus),
    headOffice: mapBusinessAddress(enterprise['HOAdress'], shape),
    contact: shape.statedObject(enterprise['Contact'], (contact) => mapContact(contact, shape)),
    activities: shape.statedList(enterprise['BusinessActivity'], (raw) => mapActivity(raw, shape)),
    charterCapital: shape.optional(main['CAPITAL_AMOUNT'], readDecimal),
    foundedOn: shape.optional(main['FOUNDING_DATE'], readSlashPartialDate),
    amendmentNo: shape.optional(main['NUMBER_CHANGES'], readCount),
    lastAmendedOn: shape.optional(main['LAST_AMEND_DATE'], readSlashPartialDate),
    taxStatus: shape.optional(main['TAX_STATUS_ID'], readTaxStatus),
    taxOffice: shape.optional(main['TAX_OFFICE_NAME'], readText),
    legalRepresentatives: shape.list(enterprise['Representatives'], (raw) => mapRepresentative(raw, shape)),
    owners: shape.list(enterprise['Member'], (raw) => mapOwner(raw, shape)),
    units: shape.statedList(enterprise['Units'], (raw) => mapBusinessUnit(raw, shape)),
    beneficialOwners: shape.statedList(enterprise['BeneficialOwners'], (raw) =>
      mapBeneficialOwner(raw, shape),
    ),
    householdMembers: shape.statedList(enterprise['HouseholdMembers'], (raw) =>
      mapHouseholdBusinessMember(raw, shape),
    ),
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

function mapContact(contact: JsonObject, shape: Shape) {
  return Object.freeze({
    phone: shape.optional(contact['PHONE'], readText),
    email: shape.optional(contact['EMAIL'], readText),
  });
}

function mapActivity(raw: unknown, shape: Shape) {
  if (!isJsonObject(raw)) return shape.broken();
  return Object.freeze({
    code: shape.required(raw['CODE'], readActivityCode),
    name: shape.optional(raw['NAME'], readText),
    isMain: shape.optional(raw['IS_MAIN'], readFlag),
  });
}
