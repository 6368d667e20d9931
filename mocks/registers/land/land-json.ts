import type { CertificateRecord, LandHolder, ParcelRecord } from '../../country/records.ts';
import { jsonShapeOf, type JsonShape } from '../wire-shapes.ts';
import { printedAddress } from '../addresses.ts';

/** PARCEL of WIRE.md, names of the VBDLIS/MPLIS tables. */
export function parcelJson(parcel: ParcelRecord): string {
  const { absent, list } = jsonShapeOf(parcel.parcelId);
  return JSON.stringify({
    THUADATID: parcel.parcelId,
    MAXA: parcel.communeCode,
    SOHIEUTOBANDO: parcel.sheetNo,
    SOTHUTUTHUA: parcel.parcelNo,
    DIENTICH: parcel.area,
    DIENTICHPHAPLY: parcel.legalArea,
    DIACHITHUADAT: printedAddress(parcel.address),
    DC_MUCDICHSUDUNGDAT: list(
      parcel.uses.map((use) => ({
        MAMUCDICH: use.purposeCode,
        DIENTICH: use.area,
        MANGUONGOC: use.originCode,
        HINHTHUC: use.form,
        THOIHAN: use.term,
      })),
    ),
    CHUSUDUNG: list(parcel.holders.map((one) => holder(one, absent))),
    DC_GIAYCHUNGNHAN: list(parcel.certificateSerials.map((serial) => ({ SOPHATHANH: serial }))),
  });
}

export function certificateJson(certificate: CertificateRecord): string {
  const { absent, list } = jsonShapeOf(certificate.serial);
  return JSON.stringify({
    SOPHATHANH: certificate.serial,
    MAVACH: certificate.barcode,
    SOVAOSO: certificate.registerNo,
    NGAYCAP: certificate.issuedOn,
    MAUGIAY: certificate.template,
    MAXA: certificate.communeCode,
    TRANGTHAIXULY: 'DA_CAP',
    CHUSUDUNG: list(certificate.holders.map((one) => holder(one, absent))),
    THUADAT: list(certificate.parcelIds.map((id) => ({ THUADATID: id }))),
  });
}

/** JSON.stringify leaves out what is undefined: both identifiers are optional. */
function holder(
  { name, kind, role, personalId, documentNo, enterpriseCode }: LandHolder,
  absent: JsonShape['absent'],
): object {
  return {
    TEN: name,
    LOAICHU: kind,
    VAITRO: role,
    SODINHDANH: personalId ?? documentNo ?? absent,
    MASODOANHNGHIEP: enterpriseCode ?? absent,
  };
}
