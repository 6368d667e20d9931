import { isoDate } from '../calendar.ts';
import type { Certificate, Circle, Parcel } from '../model/block.ts';
import { hash } from '../random.ts';
import type { CertificateRecord, ParcelRecord } from '../records.ts';
import { AS_OF } from '../reference.ts';
import { changesOf, mortgagesOf, restrictionsOf } from './land-entries.ts';
import { currentUserOf, landHolders } from './land-holders.ts';
import { assetsOf, geometryOf, numbersOnCertificate } from './parcel-particulars.ts';

const BARCODE_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** The twelve characters under a certificate's QR (Circular 10/2024); what they stand for is not published: modelled. */
function barcodeOf(serial: string): string {
  const number = Number(serial.slice(3));
  return Array.from({ length: 12 }, (_, place) => {
    return BARCODE_LETTERS[hash(number, serial.charCodeAt(0), serial.charCodeAt(1), place) & 31];
  }).join('');
}

export function parcelRecord(circle: Circle, parcel: Parcel): ParcelRecord {
  const issuedOn = parcel.certificates[0]?.issuedOn;
  const currentUser = currentUserOf(parcel);
  const geometry = geometryOf(parcel);
  return {
    parcelId: parcel.id,
    communeCode: parcel.commune.code,
    sheetNo: parcel.sheetNo,
    parcelNo: parcel.parcelNo,
    ...numbersOnCertificate(parcel),
    area: parcel.area,
    legalArea: parcel.legalArea,
    address: parcel.address,
    ...(geometry === undefined ? {} : { geometry }),
    uses: parcel.uses,
    holders: landHolders(parcel.holders, parcel.outsiders, issuedOn),
    ...(currentUser === undefined ? {} : { currentUser }),
    certificateSerials: parcel.certificates.map(({ serial }) => serial),
    assets: assetsOf(parcel),
    mortgages: mortgagesOf(circle, parcel),
    restrictions: restrictionsOf(parcel),
    changes: changesOf(parcel),
    asOf: AS_OF.land,
  };
}

export function certificateRecord(certificate: Certificate): CertificateRecord {
  const { serial, holders, parcels, issuedOn } = certificate;
  const outsiders = parcels.flatMap((parcel) => parcel.outsiders);
  const compact = serial.replace(' ', '');
  const number = hash(Number(serial.slice(3)), serial.charCodeAt(0), serial.charCodeAt(1));
  return {
    serial,
    barcode: barcodeOf(serial),
    registerNo: certificate.registerNo,
    issuedOn: isoDate(issuedOn),
    template: certificate.template,
    communeCode: certificate.commune.code,
    // Modelled: one certificate in 64 was withdrawn; of one in four no paper has been scanned.
    status: number % 64 === 0 ? 'DA_THU_HOI' : 'DA_CAP',
    holderForm: outsiders.length > 0 ? 'Đồng sử dụng' : (holders[0]?.kind ?? 'Cá nhân'),
    ...(number % 4 === 0 ? {} : { scanFile: `gcn/${certificate.commune.code}/${compact}.pdf` }),
    holders: landHolders(holders, outsiders, issuedOn),
    parcelIds: parcels.map(({ id }) => id),
    asOf: AS_OF.land,
  };
}
