import type { Limits } from '../../config/limits.ts';
import type { BatchItem, Connector, FetchedBatch, UpstreamCall } from './connector.ts';
import type { Transport, WireRequest, WireResponse } from './transport.ts';

export const BATCH_LIMITS = {
  items: {
    value: 100,
    unit: 'keys',
    why: 'No register takes more items a call (modelled, mocks/registers/WIRE.md); each declares its own limit.',
  },
} as const satisfies Limits;

/** A register's wire format: it writes requests and reads answers, and sends nothing itself. */
export interface WireFormat extends Pick<Connector, 'register' | 'kinds'> {
  /** The most items a call; BATCH_LIMITS where it is absent. */
  readonly maxItems?: number;
  request(items: readonly BatchItem[], call: UpstreamCall): WireRequest;
  /** Throws GatewayError where the answer as a whole is unusable. */
  read(response: WireResponse, items: readonly BatchItem[], call: UpstreamCall): FetchedBatch;
}

/** A connector that makes one exchange a batch, over a transport that it owns. */
export function buildBatchConnector(transport: Transport, format: WireFormat): Connector {
  return {
    register: format.register,
    kinds: format.kinds,
    maxItems: Math.min(format.maxItems ?? Infinity, BATCH_LIMITS.items.value),
    async fetch(items, call) {
      const response = await transport.send(format.request(items, call), call.timeoutMs);
      return format.read(response, items, call);
    },
    close: () => transport.close(),
  };
}
