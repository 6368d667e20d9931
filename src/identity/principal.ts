import type { CallerKind, RegisteredClient } from './registered-clients.ts';

/** A verified caller (RFC 9068 claims, checked). */
export interface Principal {
  readonly client: RegisteredClient;
  /** The registered client's kind; `citizen` where a portal acts for one by an exchanged token (RFC 8693). */
  readonly kind: CallerKind;
  /** The portal acts for the citizen who is the subject. */
  readonly isDelegated: boolean;
  /** Claim `sub`: officer account, the system itself, or a citizen's personal id. */
  readonly subject: string;
  /** The account that registers and the log are told: `sub`, but for a citizen the client or the portal that acts. */
  readonly officer: string;
  readonly officerPersonalId: string | null;
  /** Commune code: the token's, else the client's registered unit. */
  readonly unit: string | null;
  readonly tokenId: string;
  readonly keyId: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
}

/** The identity step. It rejects with TokenRefused (UNAUTHENTICATED or TOKEN_EXPIRED) or KEY_SET_UNAVAILABLE. */
export interface Identity {
  identify(authorization: string | undefined): Promise<Principal>;
  close(): void;
}
