import { isoDate } from '../calendar.ts';
import { isPerson, type Business } from '../model/block.ts';
import { fullName } from '../model/persons/naming.ts';
import type { BusinessMember, BusinessRecord } from '../records.ts';
import { AS_OF } from '../reference.ts';
import { outsiderReference } from './outsider-reference.ts';

function member({ party, amount, ratioPercent }: Business['members'][number]): BusinessMember {
  return isPerson(party)
    ? { name: fullName(party.name), personalId: party.id, amount, ratioPercent }
    : { name: party.name, enterpriseCode: party.code, amount, ratioPercent };
}

export function businessRecord(business: Business): BusinessRecord {
  return {
    code: business.code,
    isHouseholdBusiness: business.isHouseholdBusiness,
    ...(business.legacyCode === undefined ? {} : { legacyCode: business.legacyCode }),
    legalFormCode: business.legalFormCode,
    legalFormName: business.legalFormName,
    name: business.name,
    ...(business.shortName === undefined ? {} : { shortName: business.shortName }),
    foundedOn: isoDate(business.foundedOn),
    lastAmendedOn: isoDate(business.amendedOn),
    amendmentNo: business.amendmentNo,
    statusCode: business.statusCode,
    capital: business.capital,
    headOffice: business.headOffice,
    activities: business.activities.map(({ code, name }, index) => ({ code, name, isMain: index === 0 })),
    members: business.members.map(member),
    representatives: [
      ...business.representatives.map(({ person, title }) => ({
        fullName: fullName(person.name),
        personalId: person.id,
        title,
      })),
      ...business.outsiders.map((outsider) => ({ ...outsiderReference(outsider), title: 'Giám đốc' })),
    ],
    asOf: AS_OF.business,
  };
}
