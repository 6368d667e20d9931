import type { Limits } from '../../config/limits.ts';
import type { CallLimits } from '../calls/call-rate.ts';
import type { Coordinate, ObjectCoordinate } from '../../generated/coordinates.ts';
import { personalIdsIn, subjectOfBusinessCode, type RegisterBinding } from '../binding.ts';
import { buildBatchConnector } from '../calls/batch-connector.ts';
import { buildSingleConnector } from '../calls/single-connector.ts';
import { describeRegister, schemaFile } from '../register-descriptor.ts';
import { bearerCredentials, bearerOf } from '../wire/bearer-credentials.ts';
import { isBusinessCode } from '../wire/identifiers.ts';
import { readBusinessAnswer, readBusinessDetails } from './answer.ts';
import { representsBusiness } from './evaluations.ts';
import { businessDetailsRequest, businessRequest } from './request.ts';

/** The time for which the cache keeps a record, found or absent. */
export const BUSINESS_CACHE_LIMITS = {
  'business.business': { value: 120_000, unit: 'ms', why: 'A registration changes seldom within minutes.' },
  'business.interests': { value: 300_000, unit: 'ms', why: 'A person rarely gains or leaves a business.' },
} as const satisfies Limits;

/** The register takes no more of one gateway. */
export const BUSINESS_CALL_LIMITS = {
  itemsPerCall: { value: 100, unit: 'keys', why: 'Modelled: as many as WIRE.md says of a batch.' },
  callsPerSecond: {
    value: 5_000,
    unit: 'calls',
    why: 'Modelled: what a register takes is agreed with its owner.',
  },
} as const satisfies CallLimits;

const binding: RegisterBinding<Coordinate, ObjectCoordinate> = {
  entities: {
    Business: {
      keyField: 'code',
      anchor: 'business.business',
      subject: subjectOfBusinessCode,
      matchPersons: (business) => [
        ...personalIdsIn(business['legalRepresentatives']),
        ...personalIdsIn(business['owners']),
      ],
    },
  },
  records: { Citizen: 'business.interests', Business: 'business.business' },
  links: {
    'Citizen.businesses': 'businessCodes',
    'LegalRepresentative.person': 'personalId',
    'BusinessOwner.person': 'personalId',
    'BusinessOwner.organisation': 'organisationCode',
    'BeneficialOwner.person': 'personalId',
    'HouseholdBusinessMember.person': 'personalId',
  },
  rowSubjects: {
    LegalRepresentative: [['personalId', () => 'person']],
    BusinessOwner: [
      ['personalId', () => 'person'],
      ['organisationCode', subjectOfBusinessCode],
    ],
    BeneficialOwner: [['personalId', () => 'person']],
    HouseholdBusinessMember: [['personalId', () => 'person']],
  },
  evaluations: { 'Citizen.representsBusiness': representsBusiness },
  roots: {
    business: {
      entity: 'Business',
      argument: 'code',
      parse: (code) => (isBusinessCode(code) ? code : undefined),
    },
  },
};

/** The business register (Enterprise Law 2020 art. 28): businesses, and a person's interests in them, over REST JSON. */
export const businessRegister = describeRegister({
  name: 'business',
  legalName: {
    vi: 'Cơ sở dữ liệu quốc gia về đăng ký doanh nghiệp',
    en: 'National Business Registration Database',
  },
  recordKinds: BUSINESS_CACHE_LIMITS,
  mayBeStale: true,
  callLimits: BUSINESS_CALL_LIMITS,
  credentials: bearerCredentials,
  sdl: schemaFile('business.graphql'),
  binding,
  buildConnector: (transport, credentials) =>
    buildBatchConnector(transport, {
      register: 'business',
      maxItems: BUSINESS_CALL_LIMITS.itemsPerCall.value,
      kinds: ['business.business', 'business.interests'],
      request: (items, call) => businessRequest(items, call, bearerOf(credentials)),
      read: readBusinessAnswer,
    }),
  withoutBatches: {
    finds: { 'business.business': 'key' },
    buildConnector: (transport, credentials) =>
      buildSingleConnector(transport, {
        register: 'business',
        kinds: ['business.business'],
        request: (item, call) => businessDetailsRequest(item, call, bearerOf(credentials)),
        read: readBusinessDetails,
      }),
  },
});
