import type { BatchItem, UpstreamCall } from '../calls/connector.ts';
import type { WireRequest } from '../calls/transport.ts';
import type { RecordKind } from '../records/record.ts';

const WIRE_KIND: Readonly<Partial<Record<RecordKind, string>>> = {
  'land.parcel': 'THUA_DAT',
  'land.certificate': 'GIAY_CHUNG_NHAN',
  'land.holdings': 'CHU_SU_DUNG',
};

/** `thuaDat/{id}` and `giayChungNhan/{serial}`: one parcel or certificate by its key. They name neither officer nor dossier. */
export function landSingleRequest(
  { kind, key }: BatchItem,
  call: UpstreamCall,
  authorization: string,
): WireRequest {
  const path =
    kind === 'land.certificate'
      ? `giayChungNhan/${encodeURIComponent(printedSerial(key))}`
      : `thuaDat/${encodeURIComponent(key)}`;
  return {
    method: 'GET',
    path: `/land/1.0/${path}`,
    headers: { authorization, 'x-request-id': call.requestId },
  };
}

/** `traCuuTheoLo`, modelled like the whole service. */
export function landRequest(
  items: readonly BatchItem[],
  call: UpstreamCall,
  authorization: string,
): WireRequest {
  return {
    method: 'POST',
    path: '/land/1.0/traCuuTheoLo',
    headers: { 'content-type': 'application/json', authorization, 'x-request-id': call.requestId },
    body: JSON.stringify({
      MAYEUCAU: call.requestId,
      MADONVI: call.client,
      MUCDICH: call.purpose,
      DANHSACH: items.map((item) => ({
        LOAI: WIRE_KIND[item.kind],
        KHOA: item.kind === 'land.certificate' ? printedSerial(item.key) : item.key,
        NGUOIHOI: item.askers.map((asker) => ({ TAIKHOAN: asker.officer, MAHOSO: asker.dossier })),
      })),
    }),
  };
}

/** The register writes letters and digits apart: `AA 00000001`. */
function printedSerial(serial: string): string {
  return serial.replace(/^\D+/, '$& ');
}
