import type { BatchItem, UpstreamCall } from '../calls/connector.ts';
import type { WireRequest } from '../calls/transport.ts';

/** `traCuuTheoLo`, the modelled batch operation. */
export function civilStatusRequest(
  items: readonly BatchItem[],
  call: UpstreamCall,
  authorization: string,
): WireRequest {
  return {
    method: 'POST',
    path: '/apiHoTichTuPhap/traCuuTheoLo',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({
      maYeuCau: call.requestId,
      maDonVi: call.client,
      mucDich: call.purpose,
      dsMuc: items.map((item) => ({
        soDinhDanh: item.key,
        nguoiHoi: item.askers.map((asker) => ({ taiKhoan: asker.officer, maHoSo: asker.dossier })),
      })),
    }),
  };
}
