import { GraphQLClient } from 'graphql-request';
import { headersOf, type GatewayAccess } from './gateway-access.ts';

/** graphql-request for the gateway. `errorPolicy: 'all'` keeps the data beside an error; use `rawRequest` to read both. */
export function buildGraphQlRequestClient(access: GatewayAccess): GraphQLClient {
  return new GraphQLClient(access.url, { headers: headersOf(access), errorPolicy: 'all', method: 'POST' });
}
