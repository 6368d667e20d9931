import type { ErrorCode } from '../errors.ts';
import type { Agreement, LegalBasis } from './agreement.ts';
import { ruleNamed } from './row-rules/rule-named.ts';
import type { RowRuleName } from './row-rules/row-rule.ts';

/**
 * The law behind a denial that the caller may know of, as one text; null where there is none to tell. Never about
 * anybody: the same text for everyone under the same agreement.
 */
export function legalBasisOf(
  code: ErrorCode,
  rule: RowRuleName | 'register-refusal' | null,
  agreement: Agreement,
): string | null {
  if (code === 'FIELD_NOT_GRANTED' || code === 'ARGUMENT_NOT_GRANTED') return textOf(agreement.legalBasis);
  return rule === null || rule === 'register-refusal' ? null : textOf(ruleNamed(rule).legalBasis);
}

function textOf({ instrument, article, isModelled }: LegalBasis): string {
  const text = article === '-' ? instrument : `${instrument}, ${article}`;
  return isModelled ? `${text} (modelled)` : text;
}
