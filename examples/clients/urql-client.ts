import { cacheExchange, createClient, fetchExchange, type Client } from '@urql/core';
import { headersOf, type GatewayAccess } from './gateway-access.ts';

/** urql for the gateway. Without `preferGetMethod: false` it asks by GET first, which is refused with 405. */
export function buildUrqlClient(access: GatewayAccess): Client {
  return createClient({
    url: access.url,
    preferGetMethod: false,
    fetchOptions: { headers: headersOf(access) },
    exchanges: [cacheExchange, fetchExchange],
    requestPolicy: 'network-only',
  });
}
