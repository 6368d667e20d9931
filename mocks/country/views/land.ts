import { isoDate } from '../calendar.ts';
import { isPerson, type Certificate, type Holder, type Parcel } from '../model/block.ts';
import { fullName } from '../model/naming.ts';
import type { CertificateRecord, LandHolder, ParcelRecord } from '../records.ts';
import { AS_OF } from '../reference.ts';

function holder({ party, kind, role }: Holder): LandHolder {
  return isPerson(party)
    ? { name: fullName(party.name), kind, role, personalId: party.id }
    : { name: party.name, kind, role, enterpriseCode: party.code };
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
    holders: parcel.holders.map(holder),
    certificateSerials: parcel.certificates.map(({ serial }) => serial),
    asOf: AS_OF.land,
  };
}

export function certificateRecord(certificate: Certificate): CertificateRecord {
  return {
    serial: certificate.serial,
    barcode: certificate.barcode,
    registerNo: certificate.registerNo,
    issuedOn: isoDate(certificate.issuedOn),
    template: certificate.template,
    communeCode: certificate.commune.code,
    holders: certificate.holders.map(holder),
    parcelIds: certificate.parcels.map(({ id }) => id),
    asOf: AS_OF.land,
  };
}
