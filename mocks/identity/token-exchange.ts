import { createPublicKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { MockResponse } from '../servers/exchange.ts';
import { jsonResponse } from '../servers/exchange.ts';
import { demoClient } from './demo-clients.ts';
import { exchangedToken, type PublishedKey, type TokenRequest } from './mint-token.ts';

const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const LIFETIME_SECONDS = 600;

/**
 * Answers a token exchange (RFC 8693 2): a portal gives a citizen's own token and gets one by which it acts for that citizen. The
 * demo's portal needs no secret.
 */
export function exchangeToken(
  body: string,
  keys: readonly PublishedKey[],
  mint: (request: TokenRequest) => string,
): MockResponse {
  const asked = new URLSearchParams(body);
  if (asked.get('grant_type') !== EXCHANGE) return jsonResponse(400, { error: 'unsupported_grant_type' });
  const portal = asked.get('client_id') ?? '';
  if (demoClient(portal)?.kind !== 'agency') return jsonResponse(401, { error: 'invalid_client' });
  const subject = citizenOf(asked.get('subject_token') ?? '', keys);
  if (asked.get('subject_token_type') !== ACCESS_TOKEN || subject === undefined) {
    return jsonResponse(400, { error: 'invalid_request' });
  }
  return jsonResponse(200, {
    access_token: mint(exchangedToken(portal, subject, LIFETIME_SECONDS)),
    issued_token_type: ACCESS_TOKEN,
    token_type: 'Bearer',
    expires_in: LIFETIME_SECONDS,
  });
}

/** The citizen of a token that the provider itself gave to a citizen channel; undefined for any other. */
function citizenOf(token: string, keys: readonly PublishedKey[]): string | undefined {
  try {
    const kid = jwt.decode(token, { complete: true })?.header.kid;
    const key = keys.find((one) => one.kid === kid);
    if (!key) return undefined;
    const claims = jwt.verify(token, createPublicKey(key.privateKey), { algorithms: [key.alg] });
    const { sub, client_id: client } = typeof claims === 'object' ? claims : {};
    return demoClient(String(client))?.kind === 'citizen' ? sub : undefined;
  } catch {
    return undefined;
  }
}
