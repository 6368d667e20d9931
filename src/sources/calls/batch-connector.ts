import type { Limits } from '../../config/limits.ts';
import type { BatchItem, Connector, FetchedBatch, UpstreamCall } from './connector.ts';
import type { Transport, WireRequest, WireResponse } from './transport.ts';

export const BATCH_LIMITS = {
  items: {
    value: 100,
    unit: 'keys',
    why: 'Each register takes at most so many items a call (modelled, mocks/registers/WIRE.md).',
  },
} as const satisfies Limits;

/** A register's wire format: it writes requests and reads answers, and sends nothing itself. */
export interface WireFormat extends Pick<Connector, 'register' | 'kinds'> {
  request(items: readonly BatchItem[], call: UpstreamCall): WireRequest;
  /** Throws GatewayError where the answer as a whole is unusable. */
  read(response: WireResponse, items: readonly BatchItem[], call: UpstreamCall): FetchedBatch;
}

/** A connector that makes one exchange a batch, over a transport that it owns. */
export function buildBatchConnector(transport: Transport, format: WireFormat): Connector {
  return {
    register: format.register,
    kinds: format.kinds,
    maxItems: BATCH_LIMITS.items.value,
    async fetch(items, call) {
      const response = await transport.send(format.request(items, call), call.timeoutMs);
      return format.read(response, items, call);
    },
    close: () => transport.close(),
  };
}
