import type { CertificateRecord, LandHolder, LandParty, ParcelRecord } from '../../country/records.ts';
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
    SOHIEUTOBANDOCU: parcel.sheetNoOnCertificate ?? absent,
    SOTHUTUTHUACU: parcel.parcelNoOnCertificate ?? absent,
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
    // Modelled from here on: of these tables no more than some names are known.
    HINHTHE: parcel.geometry ?? absent,
    NGUOIDANGSUDUNG:
      parcel.currentUser === undefined
        ? absent
        : { ...holder(parcel.currentUser.party, absent), LYDOTHAYDOI: parcel.currentUser.reasonOfChange },
    DC_TAISANGANLIEN: list(
      parcel.assets.map((asset) => ({
        LOAITAISAN: asset.kind,
        TENDUAN: asset.project ?? absent,
        TENTOANHA: asset.building ?? absent,
        SOCANHO: asset.flatNo ?? absent,
        DIENTICHXAYDUNG: asset.builtArea ?? absent,
        DIENTICHSAN: asset.floorArea ?? absent,
        HINHTHUCSOHUU: asset.ownershipForm,
        THOIHANSOHUU: asset.term,
        CAPHANG: asset.grade ?? absent,
      })),
    ),
    DC_BD_THECHAP: list(
      parcel.mortgages.map((mortgage) => ({
        NGAYDANGKY: mortgage.registeredOn,
        SOHOPDONG: mortgage.contractNo,
        BENNHANTHECHAP: { TEN: mortgage.mortgagee.name, ...keys(mortgage.mortgagee, absent) },
        NGAYXOA: mortgage.releasedOn ?? absent,
      })),
    ),
    DC_HANCHE: list(
      parcel.restrictions.map((restriction) => ({
        LOAIHANCHE: restriction.kind,
        NOIDUNG: restriction.content,
        ...keys(restriction, absent),
        NGAYDANGKY: restriction.registeredOn,
        NGAYXOA: restriction.releasedOn ?? absent,
      })),
    ),
    DC_DangKyThayDoi: list(
      parcel.changes.map((change) => ({
        NGAYDANGKY: change.registeredOn,
        LOAIBIENDONG: change.kind,
        NOIDUNG: change.content,
        ...keys(change, absent),
      })),
    ),
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
    TRANGTHAIXULY: certificate.status,
    HINHTHUCCHU: certificate.holderForm,
    TEPQUET: certificate.scanFile ?? absent,
    CHUSUDUNG: list(certificate.holders.map((one) => holder(one, absent))),
    THUADAT: list(certificate.parcelIds.map((id) => ({ THUADATID: id }))),
  });
}

/** HOLDER of WIRE.md; values that are not there are written as the record writes such values. */
function holder(one: LandHolder, absent: JsonShape['absent']): object {
  return {
    TEN: one.name,
    LOAICHU: one.kind,
    VAITRO: one.role,
    ...keys(one, absent),
    NGAYSINH: one.birthDate ?? absent,
    GIOITINH: one.sex ?? absent,
    DIACHI: one.address === undefined ? absent : printedAddress(one.address),
    TYLE: one.ratioPercent ?? absent,
  };
}

/** JSON.stringify leaves out what is undefined: both identifiers are optional. */
function keys(
  { personalId, documentNo, enterpriseCode }: LandParty & { readonly documentNo?: string },
  absent: JsonShape['absent'],
): object {
  return {
    SODINHDANH: personalId ?? documentNo ?? absent,
    MASODOANHNGHIEP: enterpriseCode ?? absent,
  };
}
