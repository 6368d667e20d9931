import * as oidc from 'openid-client';
import type { Limits } from '../../config/limits.ts';
import type { ConsoleSettings } from '../../config/settings/console-settings.ts';

export const PROVIDER_LIMITS = {
  timeout: { value: 5, unit: 's', why: 'A person waits for the sign-in while the provider is asked.' },
} as const satisfies Limits;

/** The secrets of one sign-in, which the browser holds sealed until it comes back. */
export interface SignInSecrets {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** Tokens that a provider gave. */
export interface ProviderTokens {
  readonly accessToken: string;
  readonly refreshToken: string | null;
  readonly idToken: string;
  readonly displayName: string;
}

/** The identity provider, by OpenID Connect Core 1.0. Each method rejects where the provider cannot be reached or refuses. */
export interface IdentityProvider {
  /** Says where the browser is sent to sign in, and what must be kept until it comes back. */
  begin(redirectUri: string): Promise<{ readonly url: string; readonly secrets: SignInSecrets }>;
  complete(callbackUrl: URL, secrets: SignInSecrets): Promise<ProviderTokens>;
  refresh(refreshToken: string): Promise<Pick<ProviderTokens, 'accessToken' | 'refreshToken'>>;
  /** Says where the browser is sent to sign out (RP-Initiated Logout 1.0); null where the provider has no such page. */
  endSessionUrl(idToken: string, returnTo: string): Promise<string | null>;
}

/** Builds the client: code flow with PKCE (RFC 7636), state and nonce; the signature of the ID token is checked. */
export function buildIdentityProvider(settings: ConsoleSettings): IdentityProvider {
  let found: Promise<oidc.Configuration> | null = null;
  const configuration = (): Promise<oidc.Configuration> => {
    found ??= discover(settings).catch((error: unknown) => {
      // Tried anew at the next sign-in.
      found = null;
      throw error;
    });
    return found;
  };
  return {
    async begin(redirectUri) {
      const config = await configuration();
      const secrets = {
        state: oidc.randomState(),
        nonce: oidc.randomNonce(),
        verifier: oidc.randomPKCECodeVerifier(),
      };
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid profile offline_access',
        state: secrets.state,
        nonce: secrets.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(secrets.verifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, secrets };
    },
    async complete(callbackUrl, { state, nonce, verifier }) {
      const tokens = await oidc.authorizationCodeGrant(await configuration(), callbackUrl, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const name = tokens.claims()?.['name'];
      return {
        accessToken: tokens.access_token,
        refreshToken: tokens.refresh_token ?? null,
        idToken: tokens.id_token ?? '',
        displayName: typeof name === 'string' ? name.slice(0, 200) : '',
      };
    },
    async refresh(refreshToken) {
      const tokens = await oidc.refreshTokenGrant(await configuration(), refreshToken);
      return { accessToken: tokens.access_token, refreshToken: tokens.refresh_token ?? refreshToken };
    },
    async endSessionUrl(idToken, returnTo) {
      const config = await configuration();
      if (config.serverMetadata().end_session_endpoint === undefined) return null;
      const parameters = { id_token_hint: idToken, post_logout_redirect_uri: returnTo };
      return oidc.buildEndSessionUrl(config, parameters).href;
    },
  };
}

function discover({ issuer, clientId, clientSecret }: ConsoleSettings): Promise<oidc.Configuration> {
  const url = new URL(issuer);
  return oidc.discovery(url, clientId, undefined, oidc.ClientSecretBasic(clientSecret), {
    timeout: PROVIDER_LIMITS.timeout.value,
    // The settings let plain HTTP pass on loopback alone.
    execute: [
      oidc.enableNonRepudiationChecks,
      ...(url.protocol === 'http:' ? [oidc.allowInsecureRequests] : []),
    ],
  });
}
