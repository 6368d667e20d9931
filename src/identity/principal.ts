import type { RegisteredClient } from './registered-clients.ts';

/** A verified caller (RFC 9068 claims, checked). */
export interface Principal {
  readonly client: RegisteredClient;
  /** Claim `sub`: officer account, the system itself, or a citizen's personal id. */
  readonly subject: string;
  /** The officer account named to registers and in the log: `sub`, except for citizens, whose client acts. */
  readonly officer: string;
  readonly officerPersonalId: string | null;
  /** Commune code: the token's, else the client's registered unit. */
  readonly unit: string | null;
  readonly tokenId: string;
  readonly keyId: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** Rejects with GatewayError UNAUTHENTICATED, TOKEN_EXPIRED or KEY_SET_UNAVAILABLE. */
export interface Identity {
  identify(authorization: string | undefined): Promise<Principal>;
  close(): void;
}
