import { personalIdsIn, subjectOfBusinessCode, type RegisterBinding } from '../binding.ts';
import { isBusinessCode } from '../wire/identifiers.ts';
import { representsBusiness } from './evaluations.ts';

export const businessBinding: RegisterBinding = {
  register: 'business',
  sdl: 'business.graphql',
  timeToLiveMs: { 'business.business': 120_000, 'business.interests': 300_000 },
  entities: {
    Business: {
      keyField: 'code',
      anchor: 'business.business',
      subject: subjectOfBusinessCode,
      matchPersons: (business) => [
        ...personalIdsIn(business.legalRepresentatives),
        ...personalIdsIn(business.owners),
      ],
    },
  },
  records: { Citizen: 'business.interests', Business: 'business.business' },
  links: {
    'Citizen.businesses': 'businessCodes',
    'LegalRepresentative.person': 'personalId',
    'BusinessOwner.person': 'personalId',
    'BusinessOwner.organisation': 'organisationCode',
  },
  rowSubjects: {
    LegalRepresentative: [['personalId', () => 'person']],
    BusinessOwner: [
      ['personalId', () => 'person'],
      ['organisationCode', subjectOfBusinessCode],
    ],
  },
  evaluations: {
    'Citizen.representsBusiness': representsBusiness,
  },
  roots: {
    business: {
      entity: 'Business',
      argument: 'code',
      parse: (code) => (isBusinessCode(code) ? code : undefined),
    },
  },
};
