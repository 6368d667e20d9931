import { DEMO_AUDIENCE, DEMO_ISSUER } from './identity/demo-identity.ts';
import type { MockedService } from './servers/servers.ts';

/** The environment that points a gateway to running mocks, named as in the contract. */
export function gatewaySettings(
  urls: Readonly<Record<MockedService, string>>,
): Readonly<Record<string, string>> {
  return {
    POPULATION_URL: urls.population,
    BUSINESS_URL: urls.business,
    LAND_URL: urls.land,
    CIVIL_STATUS_URL: urls.civilStatus,
    DOSSIER_URL: urls.dossier,
    TOKEN_ISSUER: DEMO_ISSUER,
    TOKEN_AUDIENCE: DEMO_AUDIENCE,
    TOKEN_JWKS_URL: `${urls.identityProvider}/jwks`,
  };
}
