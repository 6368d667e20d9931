import { isoDate } from '../calendar.ts';
import { isPerson, type Business } from '../model/block.ts';
import { fullName } from '../model/persons/naming.ts';
import type { BusinessMember, BusinessRecord } from '../records.ts';
import { AS_OF } from '../reference.ts';
import {
  beneficialOwnersOf,
  contactOf,
  contributedOn,
  foreignNameOf,
  householdMembersOf,
  registeredAddress,
  taxOfficeOf,
  taxStatusOf,
  unitsOf,
} from './business-particulars.ts';
import { outsiderReference } from './outsider-reference.ts';

function member(
  business: Business,
  { party, amount, ratioPercent }: Business['members'][number],
  index: number,
): BusinessMember {
  const day = contributedOn(business, index);
  const share = { amount, ratioPercent, ...(day === undefined ? {} : { contributedOn: day }) };
  return isPerson(party)
    ? { name: fullName(party.name), personalId: party.id, ...share }
    : { name: party.name, enterpriseCode: party.code, ...share };
}

export function businessRecord(business: Business): BusinessRecord {
  const foreignName = foreignNameOf(business);
  return {
    code: business.code,
    isHouseholdBusiness: business.isHouseholdBusiness,
    ...(business.legacyCode === undefined ? {} : { legacyCode: business.legacyCode }),
    legalFormCode: business.legalFormCode,
    legalFormName: business.legalFormName,
    name: business.name,
    ...(business.shortName === undefined ? {} : { shortName: business.shortName }),
    ...(foreignName === undefined ? {} : { foreignName }),
    foundedOn: isoDate(business.foundedOn),
    lastAmendedOn: isoDate(business.amendedOn),
    amendmentNo: business.amendmentNo,
    statusCode: business.statusCode,
    capital: business.capital,
    headOffice: registeredAddress(business, business.headOffice, 6),
    activities: business.activities.map(({ code, name }, index) => ({ code, name, isMain: index === 0 })),
    members: business.members.map((one, index) => member(business, one, index)),
    representatives: [
      ...business.representatives.map(({ person, title }) => ({
        fullName: fullName(person.name),
        personalId: person.id,
        title,
      })),
      ...business.outsiders.map((outsider) => ({ ...outsiderReference(outsider), title: 'Giám đốc' })),
    ],
    contact: contactOf(business),
    units: unitsOf(business),
    beneficialOwners: beneficialOwnersOf(business),
    householdMembers: householdMembersOf(business),
    taxStatusCode: taxStatusOf(business),
    taxOffice: taxOfficeOf(business),
    asOf: AS_OF.business,
  };
}
