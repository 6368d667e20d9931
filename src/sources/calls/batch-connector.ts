import type { BatchItem, Connector, FetchedBatch, UpstreamCall } from './connector.ts';
import type { Transport, WireRequest, WireResponse } from './transport.ts';

/** Items a call that each of the registers takes (modelled, mocks/registers/WIRE.md). */
const MAX_ITEMS = 100;

/** A register's wire format, free of sending. */
export interface WireFormat extends Pick<Connector, 'register' | 'kinds'> {
  request(items: readonly BatchItem[], call: UpstreamCall): WireRequest;
  /** Throws GatewayError where the answer as a whole is unusable. */
  read(response: WireResponse, items: readonly BatchItem[], call: UpstreamCall): FetchedBatch;
}

/** One exchange a batch over the register's transport, which it owns. */
export function buildBatchConnector(transport: Transport, format: WireFormat): Connector {
  return {
    register: format.register,
    kinds: format.kinds,
    maxItems: MAX_ITEMS,
    async fetch(items, call) {
      const response = await transport.send(format.request(items, call), call.timeoutMs);
      return format.read(response, items, call);
    },
    close: () => transport.close(),
  };
}
