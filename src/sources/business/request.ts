import type { BatchItem, UpstreamCall } from '../calls/connector.ts';
import type { WireRequest } from '../calls/transport.ts';
import type { RecordKind } from '../records/record.ts';

const WIRE_KIND: Readonly<Partial<Record<RecordKind, string>>> = {
  'business.business': 'ENTERPRISE',
  'business.interests': 'PERSON',
};

/** `chiTietDoanhNghiep`, the public operation: one business by its code. It names neither officer nor dossier. */
export function businessDetailsRequest(
  { key }: BatchItem,
  call: UpstreamCall,
  authorization: string,
): WireRequest {
  return {
    method: 'GET',
    path: `/apiCSDLDKDN/1.0/chiTietDoanhNghiep?msdn=${encodeURIComponent(key)}`,
    headers: { authorization, 'x-request-id': call.requestId },
  };
}

/** `traCuuTheoLo`, the modelled batch operation. */
export function businessRequest(
  items: readonly BatchItem[],
  call: UpstreamCall,
  authorization: string,
): WireRequest {
  return {
    method: 'POST',
    path: '/apiCSDLDKDN/1.0/traCuuTheoLo',
    headers: { 'content-type': 'application/json', authorization, 'x-request-id': call.requestId },
    body: JSON.stringify({
      MaYeuCau: call.requestId,
      MaDonVi: call.client,
      MucDich: call.purpose,
      Items: items.map((item) => ({
        Kind: WIRE_KIND[item.kind],
        Key: item.key,
        Requesters: item.askers.map((asker) => ({ Account: asker.officer, Dossier: asker.dossier })),
      })),
    }),
  };
}
