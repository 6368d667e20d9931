import type { CallerKind } from '../../identity/registered-clients.ts';
import { GatewayError } from '../../errors.ts';
import { isInForce, type Agreement } from './agreement.ts';

/** All agreements, as loaded at one moment. */
export interface AgreementSet {
  readonly agreements: readonly Agreement[];
  /** For callers that declare no purpose: citizens and register owners. */
  readonly builtIn: ReadonlyMap<CallerKind, Agreement>;
}

/** Lower-case words joined by hyphens, at most 64 characters. */
const PURPOSE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Fails with PURPOSE_REQUIRED, PURPOSE_UNKNOWN, PURPOSE_NOT_GRANTED or AGREEMENT_EXPIRED. */
export function selectAgreement(
  set: AgreementSet,
  caller: { readonly clientId: string; readonly kind: CallerKind },
  purpose: string | undefined,
  epochMs: number,
): Agreement {
  const builtIn = set.builtIn.get(caller.kind);
  if (builtIn) return builtIn;
  if (purpose === undefined) throw new GatewayError('PURPOSE_REQUIRED');
  const known =
    purpose.length <= 64 && PURPOSE.test(purpose) && set.agreements.some((one) => one.purpose === purpose);
  if (!known) throw new GatewayError('PURPOSE_UNKNOWN');
  const own = set.agreements.filter((one) => one.purpose === purpose && one.systems.has(caller.clientId));
  if (own.length === 0) throw new GatewayError('PURPOSE_NOT_GRANTED');
  const inForce = own.find((one) => isInForce(one, epochMs));
  if (!inForce) throw new GatewayError('AGREEMENT_EXPIRED');
  return inForce;
}
