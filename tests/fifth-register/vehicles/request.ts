import type { BatchItem, UpstreamCall } from '../../../src/sources/calls/connector.ts';
import type { WireRequest } from '../../../src/sources/calls/transport.ts';

/** Asks for vehicles by plate and for a person's plates by personal id. */
export function vehiclesRequest(
  items: readonly BatchItem[],
  call: UpstreamCall,
  authorization: string,
): WireRequest {
  return {
    method: 'POST',
    path: '/dangKyXe/traCuuTheoLo',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({
      requestId: call.requestId,
      client: call.client,
      purpose: call.purpose,
      items: items.map(({ kind, key, askers }) => ({ kind, key, requesters: askers })),
    }),
  };
}
