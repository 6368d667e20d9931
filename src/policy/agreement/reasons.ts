import type { ErrorCode } from '../../errors.ts';
import type { Agreement, LegalBasis } from './agreement.ts';
import { ruleNamed } from '../row-rules/rule-named.ts';
import type { RowRuleName } from '../row-rules/row-rule.ts';

/**
 * The law behind a denial that the caller may know of, as one text; null where there is none to tell. Never about
 * anybody: the same text for everyone under the same agreement.
 */
export function legalBasisOf(
  code: ErrorCode,
  rule: RowRuleName | 'register-refusal' | null,
  agreement: Agreement,
): string | null {
  if (BY_AGREEMENT.has(code)) return textOf(agreement.legalBasis);
  if (rule === null || rule === 'register-refusal') return null;
  // Citizens ask by a right of their own, which ends at their own data; for officers the rule is about conflicts of interest.
  const isOwnRight = rule === 'own-data' && agreement.ownDataOnly;
  return textOf(isOwnRight ? agreement.legalBasis : ruleNamed(rule).legalBasis);
}

/** Denied because the agreement says no more than it does. */
const BY_AGREEMENT: ReadonlySet<ErrorCode> = new Set([
  'FIELD_NOT_GRANTED',
  'ARGUMENT_NOT_GRANTED',
  'EVALUATIONS_EXCEEDED',
  'STRICT_DENIED',
  'QUOTA_EXCEEDED',
]);

export function textOf({ instrument, article, isModelled }: LegalBasis): string {
  const text = article === '-' ? instrument : `${instrument}, ${article}`;
  return isModelled ? `${text} (modelled)` : text;
}
