import type { RequestParts } from '../request-parts.ts';
import { freshnessOf } from '../../plan/run/answer-sources.ts';
import type { Answered } from '../stages.ts';
import type { AskedOperation } from './expand-prefill.ts';

/** Puts the filled form in the place of the registers' answer. */
export async function fillPrefill(
  { prefill }: RequestParts,
  { form }: AskedOperation,
  answered: Answered,
): Promise<Answered> {
  if (form === null) return answered;
  const { asked, expanded } = form;
  const { agreement, principal, rights, sources } = answered;
  const asOf = new Map(
    sources.flatMap((one) => (one.asOf === null ? [] : [[one.register, one.asOf] as const])),
  );
  const data = await prefill.answer(
    asked,
    expanded,
    { data: answered.data ?? {}, errors: answered.errors },
    { asOf, freshness: freshnessOf(principal, agreement), today: rights.today },
  );
  return { ...answered, data, errors: [] };
}
