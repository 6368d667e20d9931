import type { ErrorCode } from '../../errors.ts';
import type { Agreement } from '../agreement/agreement.ts';
import type { RowRuleName } from '../row-rules/row-rule.ts';

export interface RootDenial {
  readonly code: ErrorCode;
  readonly rule: RowRuleName;
}

export interface RootCaller {
  /** Claim `sub`: for a citizen the personal id. */
  readonly subject: string;
  readonly officerPersonalId: string | null;
  /** Persons beside the subject who have agreed that their own data is read. */
  readonly confirmed?: ReadonlySet<string>;
}

/**
 * Rules over one root identifier that need no facts. The caller may know each of them: they do not depend on what
 * the registers hold.
 */
export function denyRoot(
  agreement: Agreement,
  root: { readonly key: string; readonly hasMatch: boolean },
  caller: RootCaller,
): RootDenial | null {
  const isOwn = root.key === caller.subject || caller.confirmed?.has(root.key) === true;
  if (agreement.ownDataOnly && !isOwn) return { code: 'ROW_DENIED', rule: 'own-data' };
  // An officer has no business with the own row; as a citizen it is open through the citizen channel.
  if (root.key === caller.officerPersonalId) return { code: 'ROW_DENIED', rule: 'own-data' };
  if (agreement.needsMatch && !root.hasMatch) return { code: 'ROW_DENIED', rule: 'match' };
  return null;
}
