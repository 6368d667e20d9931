import { GatewayError } from '../../errors.ts';
import type { ReadRow } from '../records/rows-by-key.ts';
import type { BatchItem, Connector, UpstreamCall } from './connector.ts';
import type { Transport, WireRequest, WireResponse } from './transport.ts';

/** A register's operations that take one key a call: it writes requests and reads answers, and sends nothing itself. */
export interface SingleFormat extends Pick<Connector, 'register' | 'kinds'> {
  request(item: BatchItem, call: UpstreamCall): WireRequest;
  /** Throws GatewayError where the answer is unusable. */
  read(response: WireResponse, item: BatchItem): ReadRow;
}

/** A connector that makes one exchange a key, over a transport that it owns. */
export function buildSingleConnector(transport: Transport, format: SingleFormat): Connector {
  return {
    register: format.register,
    kinds: format.kinds,
    maxItems: 1,
    async fetch([item], call) {
      if (item === undefined) throw new Error('no item to fetch');
      const response = await transport.send(format.request(item, call), call.timeoutMs);
      const { outcome, refused } = format.read(response, item);
      return { rows: [{ kind: item.kind, key: item.key, outcome, refused }], primed: [], strayRows: 0 };
    },
    close: () => transport.close(),
  };
}

/** A connector to a register that has no operation for any record of the schema. Plans never come to call it. */
export function buildMuteConnector(transport: Transport, register: string): Connector {
  return {
    register,
    kinds: [],
    maxItems: 1,
    fetch: () => Promise.reject(new GatewayError('LOOKUP_UNSUPPORTED')),
    close: () => transport.close(),
  };
}
