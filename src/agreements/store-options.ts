import type { GraphQLSchema } from 'graphql';
import type { OwnerKeys } from '../config/secrets/owner-keys.ts';
import type { FieldOrigins } from './folder/grant-scope.ts';
import type { OwnSuspensions } from './shared/own-suspensions.ts';
import type { SharedWithdrawals } from './shared/shared-withdrawals.ts';

/** The folder, its checks, and the store's times; times are AGREEMENT_STORE_LIMITS by default. */
export interface AgreementStoreOptions {
  /** AGREEMENTS_DIR. */
  readonly directory: string;
  readonly schema: GraphQLSchema;
  readonly facts: FieldOrigins;
  /** Public keys of the owners who must have signed. Only the demo's agreements are not signed. */
  readonly owners: OwnerKeys | 'unsigned';
  /** The file that remembers versions over restarts; null in the demo. */
  readonly seenFile: string | null;
  /** The exchange of withdrawals through Redis; null without Redis. */
  readonly shared: SharedWithdrawals | null;
  /** True where a lease is confirmed only once Redis was read too. */
  readonly needsShared: boolean;
  /** Officers whom early warning has suspended; absent: nobody. */
  readonly ownSuspensions?: OwnSuspensions;
  readonly pollMs?: number;
  readonly leaseMs?: number;
}
