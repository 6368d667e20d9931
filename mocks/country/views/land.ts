import { isoDate } from '../calendar.ts';
import { isPerson, type Certificate, type Holder, type Outsider, type Parcel } from '../model/block.ts';
import { fullName } from '../model/persons/naming.ts';
import { hash } from '../random.ts';
import type { CertificateRecord, LandHolder, ParcelRecord } from '../records.ts';
import { AS_OF } from '../reference.ts';
import { outsiderReference } from './outsider-reference.ts';

function holder({ party, kind, role }: Holder): LandHolder {
  return isPerson(party)
    ? { name: fullName(party.name), kind, role, personalId: party.id }
    : { name: party.name, kind, role, enterpriseCode: party.code };
}

/** Somebody who has no personal id holds a share beside the others. */
function outsideHolder(outsider: Outsider): LandHolder {
  const { fullName: name, documentNo } = outsiderReference(outsider);
  const role = 'Người sử dụng đất';
  return { name, kind: 'Đồng sử dụng', role, ...(documentNo === undefined ? {} : { documentNo }) };
}

const BARCODE_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** The twelve characters under a certificate's QR (Circular 10/2024); what they stand for is not published: modelled. */
function barcodeOf(serial: string): string {
  const number = Number(serial.slice(3));
  return Array.from({ length: 12 }, (_, place) => {
    return BARCODE_LETTERS[hash(number, serial.charCodeAt(0), serial.charCodeAt(1), place) & 31];
  }).join('');
}

export function parcelRecord(parcel: Parcel): ParcelRecord {
  return {
    parcelId: parcel.id,
    communeCode: parcel.commune.code,
    sheetNo: parcel.sheetNo,
    parcelNo: parcel.parcelNo,
    area: parcel.area,
    legalArea: parcel.legalArea,
    address: parcel.address,
    uses: parcel.uses,
    holders: [...parcel.holders.map(holder), ...parcel.outsiders.map(outsideHolder)],
    certificateSerials: parcel.certificates.map(({ serial }) => serial),
    asOf: AS_OF.land,
  };
}

export function certificateRecord(certificate: Certificate): CertificateRecord {
  return {
    serial: certificate.serial,
    barcode: barcodeOf(certificate.serial),
    registerNo: certificate.registerNo,
    issuedOn: isoDate(certificate.issuedOn),
    template: certificate.template,
    communeCode: certificate.commune.code,
    holders: [
      ...certificate.holders.map(holder),
      ...certificate.parcels.flatMap(({ outsiders }) => outsiders.map(outsideHolder)),
    ],
    parcelIds: certificate.parcels.map(({ id }) => id),
    asOf: AS_OF.land,
  };
}
