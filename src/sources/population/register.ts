import type { Limits } from '../../config/limits.ts';
import type { CallLimits } from '../calls/call-rate.ts';
import type { Coordinate, ObjectCoordinate } from '../../generated/coordinates.ts';
import type { RegisterBinding } from '../binding.ts';
import { buildBatchConnector } from '../calls/batch-connector.ts';
import { describeRegister, schemaFile } from '../register-descriptor.ts';
import { isPersonalId } from '../wire/identifiers.ts';
import { buildSingleConnector } from '../calls/single-connector.ts';
import { readPersonAnswer, readPopulationAnswer } from './answer.ts';
import { ageAtLeast, isAdult, livesIn, matches } from './evaluations.ts';
import { personRequest, populationCredentials, populationRequest } from './request.ts';
import { withVerifications } from './verification.ts';

/**
 * The time for which the cache keeps a record. An absent record lives as long as a found one: otherwise a row
 * that is denied as if absent could be told from an unknown id by the time after which it is asked for again.
 */
export const POPULATION_CACHE_LIMITS = {
  'population.person': {
    value: 60_000,
    unit: 'ms',
    why: 'Protection, death and residence, on which rights depend, stand in it and must be fresh.',
  },
  'population.household': { value: 300_000, unit: 'ms', why: 'Who lives in a household changes rarely.' },
} as const satisfies Limits;

/** The register takes no more of one gateway. */
export const POPULATION_CALL_LIMITS = {
  itemsPerCall: { value: 100, unit: 'keys', why: 'Modelled: as many as WIRE.md says of a batch.' },
  callsPerSecond: {
    value: 5_000,
    unit: 'calls',
    why: 'Modelled: what a register takes is agreed with its owner.',
  },
} as const satisfies CallLimits;

const binding: RegisterBinding<Coordinate, ObjectCoordinate> = {
  entities: {
    Citizen: {
      keyField: 'personalId',
      anchor: 'population.person',
      subject: () => 'person',
      matchPersons: (person) => (typeof person['personalId'] === 'string' ? [person['personalId']] : []),
    },
    Household: { keyField: null, anchor: 'population.household' },
  },
  records: { Citizen: 'population.person', Household: 'population.household' },
  links: {
    'Citizen.household': 'residenceFileNo',
    'Household.head': 'headId',
    'HouseholdMember.person': 'personalId',
    'Relative.person': 'personalId',
  },
  rowSubjects: {
    HouseholdMember: [['personalId', () => 'person']],
    Relative: [['personalId', () => 'person']],
  },
  evaluations: {
    'Citizen.ageAtLeast': ageAtLeast,
    'Citizen.isAdult': isAdult,
    'Citizen.livesIn': livesIn,
    'Citizen.matches': matches,
  },
  roots: {
    citizen: {
      entity: 'Citizen',
      argument: 'personalId',
      parse: (id) => (isPersonalId(id) ? id : undefined),
    },
  },
};

/** The National Population Database (Law 26/2023/QH15 art. 9): persons and households, over SOAP. */
export const populationRegister = describeRegister({
  name: 'population',
  legalName: { vi: 'Cơ sở dữ liệu quốc gia về dân cư', en: 'National Population Database' },
  recordKinds: POPULATION_CACHE_LIMITS,
  callLimits: POPULATION_CALL_LIMITS,
  credentials: populationCredentials,
  sdl: schemaFile('population.graphql'),
  binding,
  buildConnector: (transport, credentials) => {
    const connector = buildBatchConnector(transport, {
      register: 'population',
      maxItems: POPULATION_CALL_LIMITS.itemsPerCall.value,
      kinds: ['population.person', 'population.household'],
      request: (items, call) => populationRequest(items, call, credentials),
      read: readPopulationAnswer,
    });
    return withVerifications(connector, transport, credentials);
  },
  withoutBatches: {
    finds: { 'population.person': 'factors' },
    buildConnector: (transport, credentials) => {
      const connector = buildSingleConnector(transport, {
        register: 'population',
        kinds: ['population.person'],
        request: (item, call) => personRequest(item, call, credentials),
        read: readPersonAnswer,
      });
      return withVerifications(connector, transport, credentials);
    },
  },
});
