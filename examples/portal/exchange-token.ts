const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';

/** A token by which the portal acts for one citizen. */
export interface ActingToken {
  readonly token: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * Exchanges the citizen's own token for one by which the portal acts for that citizen (RFC 8693 2.1). Rejects where the identity provider
 * refuses.
 */
export async function exchangeToken(
  identityUrl: string,
  portal: string,
  citizensToken: string,
): Promise<ActingToken> {
  const response = await fetch(`${identityUrl}/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: EXCHANGE,
      client_id: portal,
      subject_token: citizensToken,
      subject_token_type: ACCESS_TOKEN,
    }).toString(),
  });
  if (!response.ok) throw new Error(`the identity provider answered ${response.status}`);
  const { access_token: token, expires_in: seconds } = (await response.json()) as {
    readonly access_token: string;
    readonly expires_in: number;
  };
  return { token, expiresAt: Date.now() + seconds * 1_000 };
}
