import { personalIdsIn, subjectOfBusinessCode, type RegisterBinding } from '../binding.ts';
import { isParcelId, readCertificateSerial } from '../wire/identifiers.ts';
import { ownsParcel } from './evaluations.ts';

export const landBinding: RegisterBinding = {
  register: 'land',
  sdl: 'land.graphql',
  timeToLiveMs: { 'land.parcel': 120_000, 'land.certificate': 120_000, 'land.holdings': 120_000 },
  entities: {
    LandParcel: {
      keyField: 'id',
      anchor: 'land.parcel',
      subject: () => 'parcel',
      matchPersons: (parcel) => personalIdsIn(parcel.holders),
    },
    LandCertificate: {
      keyField: 'serial',
      anchor: 'land.certificate',
      subject: () => 'certificate',
      matchPersons: (certificate) => personalIdsIn(certificate.holders),
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
  },
  rowSubjects: {
    LandHolder: [
      ['personalId', () => 'person'],
      ['organisationCode', subjectOfBusinessCode],
    ],
  },
  evaluations: {
    'Citizen.ownsParcel': ownsParcel,
  },
  roots: {
    landParcel: {
      entity: 'LandParcel',
      argument: 'id',
      parse: (id) => (isParcelId(id) ? id : undefined),
    },
    landCertificate: {
      entity: 'LandCertificate',
      argument: 'serial',
      parse: readCertificateSerial,
    },
  },
};
