import { findDistrict } from '../../../src/units/districts.ts';
import type { Address, BusinessRecord, BusinessStatusCode } from '../../country/records.ts';
import { printedAddress } from '../addresses.ts';
import { jsonShapeOf } from '../wire-shapes.ts';
import { toDayMonthYear } from '../dates.ts';

/** The names of the statuses are remembered, not read in a public text: modelled. */
const STATUS_NAMES: Readonly<Record<BusinessStatusCode, string>> = {
  1: 'Đang hoạt động',
  2: 'Tạm ngừng kinh doanh',
  3: 'Đang làm thủ tục giải thể',
  4: 'Đã giải thể',
  5: 'Bị thu hồi',
  6: 'Đã phá sản',
  7: 'Chuyển địa chỉ',
};

/** ENTERPRISE of WIRE.md. `HOAdress` is misspelt in the real register too. */
export function enterpriseJson(business: BusinessRecord): string {
  const { absent, list } = jsonShapeOf(business.code);
  return JSON.stringify({
    MainInformation: {
      ENTERPRISE_ID: `DN${business.code}`,
      ENTERPRISE_GDT_CODE: business.code,
      IMP_BUSINESS_CODE: business.legacyCode ?? '',
      ENTERPRISE_TYPE_ID: business.legalFormCode,
      ENTERPRISE_TYPE_NAME: business.legalFormName,
      NAME: business.name,
      SHORT_NAME: business.shortName ?? '',
      NAME_F: business.foreignName ?? '',
      FOUNDING_DATE: toDayMonthYear(business.foundedOn),
      LAST_AMEND_DATE: toDayMonthYear(business.lastAmendedOn),
      NUMBER_CHANGES: business.amendmentNo,
      ENTERPRISE_STATUS: String(business.statusCode),
      ENTERPRISE_STATUS_NAME: STATUS_NAMES[business.statusCode],
      LEGAL_NAMES: business.representatives.map(({ fullName }) => fullName).join('; '),
      CAPITAL_AMOUNT: business.capital,
      // Modelled: the tax register's words, as the business register repeats them.
      TAX_STATUS_ID: business.taxStatusCode,
      TAX_OFFICE_NAME: business.taxOffice,
    },
    HOAdress: addressJson(business.headOffice),
    // Modelled, as are Units, BeneficialOwners and HouseholdMembers: the public guide has none of them.
    Contact: { PHONE: business.contact.phone ?? absent, EMAIL: business.contact.email ?? absent },
    BusinessActivity: list(
      business.activities.map(({ code, name, isMain }) => ({
        CODE: code,
        NAME: name,
        IS_MAIN: isMain ? '1' : '0',
      })),
    ),
    // JSON.stringify leaves out what is undefined: PERSON_ID and ORG_CODE are optional.
    Member: list(
      business.members.map((member) => ({
        MEMBER_NAME: member.name,
        PERSON_ID: member.personalId ?? absent,
        ORG_CODE: member.enterpriseCode ?? absent,
        AMOUNT: member.amount,
        RATIO_PERCENT: member.ratioPercent,
        COUNTRY: 'VN',
        CONTRIBUTED_DATE: member.contributedOn === undefined ? absent : toDayMonthYear(member.contributedOn),
      })),
    ),
    Representatives: list(
      business.representatives.map(({ fullName, personalId, documentNo, title }) => ({
        FULL_NAME: fullName,
        PERSON_ID: personalId ?? documentNo ?? absent,
        POSITION: title,
      })),
    ),
    Units: list(
      business.units.map(({ code, kind, name, address }) => ({
        UNIT_CODE: code,
        UNIT_TYPE_ID: String(kind),
        NAME: name,
        Address: addressJson(address),
      })),
    ),
    BeneficialOwners: list(
      business.beneficialOwners.map((owner) => ({
        FULL_NAME: owner.fullName,
        PERSON_ID: owner.personalId ?? owner.documentNo ?? absent,
        RATIO_PERCENT: owner.ratioPercent ?? absent,
        BASIS: owner.basis,
      })),
    ),
    HouseholdMembers: list(
      business.householdMembers.map(({ fullName, personalId, documentNo }) => ({
        FULL_NAME: fullName,
        PERSON_ID: personalId ?? documentNo ?? absent,
      })),
    ),
  });
}

/** An address of before 1 July 2025 has its district between province and commune. */
function addressJson(address: Address): object {
  const district = address.districtCode === undefined ? undefined : findDistrict(address.districtCode);
  return {
    CityID: address.provinceCode,
    CityName: address.provinceName,
    DistrictID: address.districtCode,
    DistrictName: district?.name,
    WardID: address.communeCode,
    WardName: address.communeName,
    StreetNumber: address.detail,
    AddressFullText: printedAddress(address),
  };
}
