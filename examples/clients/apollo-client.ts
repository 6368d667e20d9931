import { ApolloClient, HttpLink, InMemoryCache } from '@apollo/client';
import { headersOf, type GatewayAccess } from './gateway-access.ts';

declare module '@apollo/client' {
  namespace ApolloClient {
    namespace DeclareDefaultOptions {
      interface Query {
        errorPolicy: 'all';
      }
      interface WatchQuery {
        errorPolicy: 'all';
      }
    }
  }
}

/**
 * Apollo Client for the gateway. Build one for each dossier: its cache must not show what was read for another.
 * `errorPolicy: 'all'` keeps the data beside an error, and `typePolicies` name the keys of types without `id`.
 */
export function buildApolloClient(access: GatewayAccess): ApolloClient {
  const errorPolicy = 'all';
  return new ApolloClient({
    link: new HttpLink({ uri: access.url, headers: headersOf(access), useGETForQueries: false }),
    cache: new InMemoryCache({
      typePolicies: {
        Citizen: { keyFields: ['personalId'] },
        Business: { keyFields: ['code'] },
        LandCertificate: { keyFields: ['serial'] },
      },
    }),
    defaultOptions: { query: { errorPolicy, fetchPolicy: 'no-cache' }, watchQuery: { errorPolicy } },
  });
}
