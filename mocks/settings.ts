import { urlSettingOf } from '../src/registers.ts';
import {
  DEMO_AUDIENCE,
  DEMO_CONSOLE_CLIENT,
  DEMO_CONSOLE_SECRET,
  DEMO_ISSUER,
} from './identity/demo-identity.ts';
import type { MockUrls } from './servers/servers.ts';

/** The environment that points a gateway to running mocks, with the names that the settings have. */
export function gatewaySettings(urls: MockUrls): Readonly<Record<string, string>> {
  const { identityProvider, dossier, ...registers } = urls;
  return {
    ...Object.fromEntries(Object.entries(registers).map(([name, url]) => [urlSettingOf(name), url])),
    DOSSIER_URL: dossier,
    TOKEN_ISSUER: DEMO_ISSUER,
    TOKEN_AUDIENCE: DEMO_AUDIENCE,
    TOKEN_JWKS_URL: `${identityProvider}/jwks`,
    OIDC_ISSUER: identityProvider,
    OIDC_CLIENT_ID: DEMO_CONSOLE_CLIENT,
    OIDC_CLIENT_SECRET: DEMO_CONSOLE_SECRET,
  };
}
