import { hasPersonalIdForm } from '../registers.ts';
import { hash } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Limits } from '../config/limits.ts';
import { verifyAccessToken, type AccessTokenClaims } from './access-token.ts';
import { fetchKeySet } from './fetch-key-set.ts';
import { buildKeySet, type FetchKeySet, type KeySetObserver } from './key-set.ts';
import type { Identity, Principal } from './principal.ts';
import { CALLER_KINDS, type RegisteredClients } from './registered-clients.ts';
import { TokenRefused } from './token-refused.ts';

/** Issuer, audience, key set and clients of the identity step. */
export interface IdentityOptions {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string;
  /**
   * The clients that are registered now. A remembered token of a client that was removed or changed is verified again.
   */
  readonly clients: () => RegisteredClients;
  /** The fetch of the key set, which tests replace; by default it goes over HTTP. */
  readonly fetchKeys?: FetchKeySet;
  readonly observer?: KeySetObserver;
  readonly now?: () => number;
}

/** Bounds of remembering verified tokens. */
export const REMEMBERED_TOKEN_LIMITS = {
  time: {
    value: 30_000,
    unit: 'ms',
    why: 'A verified token is not checked again so soon, and never past its expiry.',
  },
  entries: { value: 20_000, unit: 'tokens', why: 'The memory that remembered tokens take is bounded.' },
} as const satisfies Limits;

interface Remembered {
  readonly principal: Principal;
  /** The token's expiry, in milliseconds since 1970. */
  readonly expiresAt: number;
  /** The end of remembering on the clock of `performance.now()`, which cannot be set back. */
  readonly until: number;
}

/**
 * Builds the identity step. Verified tokens are remembered for a short while and never past their expiry. `identify`
 * takes the Authorization header and rejects with TokenRefused or KEY_SET_UNAVAILABLE.
 */
export function buildIdentity(options: IdentityOptions): Identity {
  const now = options.now ?? Date.now;
  const keys = buildKeySet({
    fetch: options.fetchKeys ?? fetchKeySet(options.jwksUrl),
    ...(options.observer ? { observer: options.observer } : {}),
  });
  const remembered = new LRUCache<string, Remembered>({ max: REMEMBERED_TOKEN_LIMITS.entries.value });
  return {
    async identify(authorization) {
      const token = /^Bearer +([A-Za-z0-9._-]+)$/i.exec(authorization ?? '')?.[1];
      if (token === undefined) throw new TokenRefused(authorization ? 'malformed' : 'absent');
      // The token itself is not kept: a heap dump must not hold usable tokens of the past.
      const digest = hash('sha256', token, 'base64url');
      const known = remembered.get(digest);
      if (known && performance.now() < known.until && now() < known.expiresAt) {
        const { client } = known.principal;
        if (options.clients().get(client.id) === client) return known.principal;
      }
      const claims = await verifyAccessToken(token, {
        issuer: options.issuer,
        audience: options.audience,
        keys,
        now,
      });
      const principal = principalOf(claims, options.clients());
      remembered.set(digest, {
        principal,
        until: performance.now() + REMEMBERED_TOKEN_LIMITS.time.value,
        expiresAt: principal.expiresAt * 1_000,
      });
      return principal;
    },
    close: () => keys.close(),
  };
}

function principalOf(claims: AccessTokenClaims, clients: RegisteredClients): Principal {
  const client = clients.get(claims.clientId);
  if (!client) throw new TokenRefused('client-unknown');
  const isCitizen = hasPersonalIdForm(claims.subject);
  const isDelegated = isCitizen && client.kind === 'agency' && claims.actor === client.id;
  // A portal acts for a citizen under its own client alone. Beside an officer's account the claim means nothing here.
  if (isCitizen && claims.actor !== null && !isDelegated) throw new TokenRefused('actor');
  const kind = isDelegated ? 'citizen' : client.kind;
  // A scope that names another kind of caller than the registered client's is a token for somebody else.
  const foreignKinds = CALLER_KINDS.filter((one) => one !== client.kind && one !== kind);
  if (claims.scope.some((word) => foreignKinds.some((one) => one === word))) {
    throw new TokenRefused('scope');
  }
  if (kind === 'citizen' && !isCitizen) throw new TokenRefused('subject');
  return {
    client,
    kind,
    isDelegated,
    subject: claims.subject,
    officer: kind === 'citizen' ? client.id : claims.subject,
    officerPersonalId: kind === 'citizen' ? null : claims.officerPersonalId,
    unit: claims.unit ?? client.unit,
    tokenId: claims.tokenId,
    keyId: claims.keyId,
    expiresAt: claims.expiresAt,
  };
}
