import type { CertificateRecord, LandHolder, ParcelRecord } from '../../country/records.ts';
import { printedAddress } from '../addresses.ts';

/** PARCEL of WIRE.md, names of the VBDLIS/MPLIS tables. */
export function parcelJson(parcel: ParcelRecord): string {
  return JSON.stringify({
    THUADATID: parcel.parcelId,
    MAXA: parcel.communeCode,
    SOHIEUTOBANDO: parcel.sheetNo,
    SOTHUTUTHUA: parcel.parcelNo,
    DIENTICH: parcel.area,
    DIENTICHPHAPLY: parcel.legalArea,
    DIACHITHUADAT: printedAddress(parcel.address),
    DC_MUCDICHSUDUNGDAT: parcel.uses.map((use) => ({
      MAMUCDICH: use.purposeCode,
      DIENTICH: use.area,
      MANGUONGOC: use.originCode,
      HINHTHUC: use.form,
      THOIHAN: use.term,
    })),
    CHUSUDUNG: parcel.holders.map(holder),
    DC_GIAYCHUNGNHAN: parcel.certificateSerials.map((serial) => ({ SOPHATHANH: serial })),
  });
}

export function certificateJson(certificate: CertificateRecord): string {
  return JSON.stringify({
    SOPHATHANH: certificate.serial,
    MAVACH: certificate.barcode,
    SOVAOSO: certificate.registerNo,
    NGAYCAP: certificate.issuedOn,
    MAUGIAY: certificate.template,
    MAXA: certificate.communeCode,
    TRANGTHAIXULY: 'DA_CAP',
    CHUSUDUNG: certificate.holders.map(holder),
    THUADAT: certificate.parcelIds.map((id) => ({ THUADATID: id })),
  });
}

/** JSON.stringify leaves out what is undefined: both identifiers are optional. */
function holder({ name, kind, role, personalId, enterpriseCode }: LandHolder): object {
  return {
    TEN: name,
    LOAICHU: kind,
    VAITRO: role,
    SODINHDANH: personalId,
    MASODOANHNGHIEP: enterpriseCode,
  };
}
