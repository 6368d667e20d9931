import type { ErrorCode } from '../errors.ts';
import type { Agreement } from './agreement.ts';

export interface RootDenial {
  readonly code: ErrorCode;
  readonly rule: string;
}

/**
 * Rules over one root identifier that need no facts. The caller may know each of them: they do not depend on what
 * the registers hold.
 */
export function denyRoot(
  agreement: Agreement,
  root: { readonly key: string; readonly hasMatch: boolean },
  callerSubject: string,
): RootDenial | null {
  if (agreement.ownDataOnly && root.key !== callerSubject) return { code: 'ROW_DENIED', rule: 'own-data' };
  if (agreement.needsMatch && !root.hasMatch) return { code: 'ROW_DENIED', rule: 'match' };
  return null;
}
