import type { Limits } from '../../config/limits.ts';
import type { CallLimits } from '../calls/call-rate.ts';
import type { Coordinate, ObjectCoordinate } from '../../generated/coordinates.ts';
import type { RegisterBinding } from '../binding.ts';
import { buildBatchConnector } from '../calls/batch-connector.ts';
import { describeRegister, schemaFile } from '../register-descriptor.ts';
import { bearerCredentials, bearerOf } from '../wire/bearer-credentials.ts';
import { readCivilStatusAnswer } from './answer.ts';
import { isAlive, isMarried } from './evaluations.ts';
import { civilStatusRequest } from './request.ts';

/** The time for which the cache keeps a record, found or absent. */
export const CIVIL_STATUS_CACHE_LIMITS = {
  'civil-status.events': { value: 120_000, unit: 'ms', why: 'Deaths stand in it, on which rights depend.' },
} as const satisfies Limits;

/** The register takes no more of one gateway. */
export const CIVIL_STATUS_CALL_LIMITS = {
  itemsPerCall: { value: 100, unit: 'keys', why: 'Modelled: as many as WIRE.md says of a batch.' },
  callsPerSecond: {
    value: 5_000,
    unit: 'calls',
    why: 'Modelled: what a register takes is agreed with its owner.',
  },
} as const satisfies CallLimits;

const binding: RegisterBinding<Coordinate, ObjectCoordinate> = {
  entities: {},
  records: { Citizen: 'civil-status.events' },
  links: {
    'BirthEntry.mother': 'motherId',
    'BirthEntry.father': 'fatherId',
    'MarriageEntry.spouse': 'spouseId',
    'RecordedPerson.person': 'personalId',
  },
  // An entry's words on a person are about that person: their name and date are as hidden as they are.
  rowSubjects: { RecordedPerson: [['personalId', () => 'person']] },
  evaluations: { 'Citizen.isAlive': isAlive, 'Citizen.isMarried': isMarried },
  roots: {},
};

/** The civil-status database (Decree 87/2020): a person's entries in the books, over JSON around XML. */
export const civilStatusRegister = describeRegister({
  name: 'civil-status',
  legalName: { vi: 'Cơ sở dữ liệu hộ tịch điện tử', en: 'Electronic Civil Status Database' },
  recordKinds: CIVIL_STATUS_CACHE_LIMITS,
  callLimits: CIVIL_STATUS_CALL_LIMITS,
  credentials: bearerCredentials,
  sdl: schemaFile('civil-status.graphql'),
  binding,
  buildConnector: (transport, credentials) =>
    buildBatchConnector(transport, {
      register: 'civil-status',
      maxItems: CIVIL_STATUS_CALL_LIMITS.itemsPerCall.value,
      kinds: ['civil-status.events'],
      request: (items, call) => civilStatusRequest(items, call, bearerOf(credentials)),
      read: readCivilStatusAnswer,
    }),
});
