import type { Limits } from '../../config/limits.ts';
import type { CallLimits } from '../calls/call-rate.ts';
import type { Coordinate, ObjectCoordinate } from '../../generated/coordinates.ts';
import { hasPersonalIdForm } from '../../registers.ts';
import { personalIdsIn, subjectOfBusinessCode, type RegisterBinding } from '../binding.ts';
import { buildBatchConnector } from '../calls/batch-connector.ts';
import { buildSingleConnector } from '../calls/single-connector.ts';
import { describeRegister, schemaFile } from '../register-descriptor.ts';
import { bearerCredentials, bearerOf } from '../wire/bearer-credentials.ts';
import { readCertificateSerial, readParcelId } from '../wire/identifiers.ts';
import { readLandAnswer, readLandSingle } from './answer.ts';
import { ownsParcel } from './evaluations.ts';
import { landRequest, landSingleRequest } from './request.ts';

const LAND_RIGHTS_WHY = 'A right to land changes hands seldom within minutes.';

/** The time for which the cache keeps a record, found or absent. */
export const LAND_CACHE_LIMITS = {
  'land.parcel': { value: 120_000, unit: 'ms', why: LAND_RIGHTS_WHY },
  'land.certificate': { value: 120_000, unit: 'ms', why: LAND_RIGHTS_WHY },
  'land.holdings': { value: 120_000, unit: 'ms', why: LAND_RIGHTS_WHY },
} as const satisfies Limits;

/** A row that names a person or an organisation by one of these. */
const PARTY: RegisterBinding['rowSubjects'][string] = [
  ['personalId', () => 'person'],
  ['organisationCode', subjectOfBusinessCode],
];

/** The register takes no more of one gateway. */
export const LAND_CALL_LIMITS = {
  itemsPerCall: { value: 100, unit: 'keys', why: 'Modelled: as many as WIRE.md says of a batch.' },
  callsPerSecond: {
    value: 5_000,
    unit: 'calls',
    why: 'Modelled: what a register takes is agreed with its owner.',
  },
} as const satisfies CallLimits;

const binding: RegisterBinding<Coordinate, ObjectCoordinate> = {
  entities: {
    LandParcel: {
      keyField: 'id',
      anchor: 'land.parcel',
      subject: () => 'parcel',
      matchPersons: (parcel) => personalIdsIn(parcel['holders']),
    },
    LandCertificate: {
      keyField: 'serial',
      anchor: 'land.certificate',
      subject: () => 'certificate',
      matchPersons: (certificate) => personalIdsIn(certificate['holders']),
    },
  },
  records: {
    Citizen: 'land.holdings',
    Business: 'land.holdings',
    LandParcel: 'land.parcel',
    LandCertificate: 'land.certificate',
  },
  links: {
    'Citizen.landParcels': 'parcelIds',
    'Business.landParcels': 'parcelIds',
    'LandParcel.certificates': 'certificateSerials',
    'LandCertificate.parcels': 'parcelIds',
    'LandHolder.person': 'personalId',
    'LandHolder.organisation': 'organisationCode',
    'LandMortgagee.person': 'personalId',
    'LandMortgagee.organisation': 'organisationCode',
  },
  rowSubjects: {
    LandHolder: PARTY,
    LandCurrentUser: PARTY,
    LandMortgagee: PARTY,
    // Their text may name somebody.
    LandRestriction: PARTY,
    LandChange: PARTY,
  },
  evaluations: { 'Citizen.ownsParcel': ownsParcel },
  // A household business's code is its owner's personal id, under which the register has the owner's private land.
  nothingFor: { Business: hasPersonalIdForm },
  roots: {
    landParcel: { entity: 'LandParcel', argument: 'id', parse: readParcelId },
    landCertificate: { entity: 'LandCertificate', argument: 'serial', parse: readCertificateSerial },
  },
};

/** The National Land Database (Land Law 2024 art. 163-166): parcels, certificates and holdings, over REST JSON. */
export const landRegister = describeRegister({
  name: 'land',
  legalName: { vi: 'Cơ sở dữ liệu quốc gia về đất đai', en: 'National Land Database' },
  recordKinds: LAND_CACHE_LIMITS,
  mayBeStale: true,
  callLimits: LAND_CALL_LIMITS,
  credentials: bearerCredentials,
  sdl: schemaFile('land.graphql'),
  binding,
  buildConnector: (transport, credentials) =>
    buildBatchConnector(transport, {
      register: 'land',
      maxItems: LAND_CALL_LIMITS.itemsPerCall.value,
      kinds: ['land.parcel', 'land.certificate', 'land.holdings'],
      request: (items, call) => landRequest(items, call, bearerOf(credentials)),
      read: readLandAnswer,
    }),
  withoutBatches: {
    finds: { 'land.parcel': 'key', 'land.certificate': 'key' },
    buildConnector: (transport, credentials) =>
      buildSingleConnector(transport, {
        register: 'land',
        kinds: ['land.parcel', 'land.certificate'],
        request: (item, call) => landSingleRequest(item, call, bearerOf(credentials)),
        read: readLandSingle,
      }),
  },
});
