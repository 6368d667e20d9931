import { officePlaceOf } from '../../units/office-place.ts';
import type { RequestParts } from '../request-parts.ts';
import { freshnessOf } from '../../plan/run/answer-sources.ts';
import { countForm } from '../../prefill/ledger/form-count.ts';
import type { Answered } from '../stages.ts';
import type { AskedOperation } from './expand-prefill.ts';

/** Puts the filled form in the place of the registers' answer, and counts it. */
export async function fillPrefill(
  { prefill, ledger, metrics, activity }: RequestParts,
  { form }: AskedOperation,
  answered: Answered,
): Promise<Answered> {
  if (form === null) return answered;
  const { asked, expanded } = form;
  const { agreement, principal, rights, sources, papersAsked } = answered;
  const asOf = new Map(
    sources.flatMap((one) => (one.asOf === null ? [] : [[one.register, one.asOf] as const])),
  );
  const filled = prefill.fill(
    expanded,
    { data: answered.data ?? {}, errors: answered.errors },
    { asOf, freshness: freshnessOf(principal, agreement), today: rights.today },
  );
  // A portal's own token stands for nobody, and fills nothing.
  if (expanded.applicant !== '') {
    const office = officePlaceOf(principal);
    const place = {
      day: rights.today,
      procedure: expanded.procedure.code,
      office: principal.client.id,
      province: office.province ?? '',
    };
    const counted = countForm(place, expanded.procedure, filled, papersAsked);
    ledger.count(counted);
    const askedAnyway = counted.components.reduce((sum, one) => sum + one.askedAnyway, 0);
    activity.formFilled({ ...office, askedAnyway });
    if (askedAnyway > 0) metrics.paper('asked-anyway', askedAnyway);
    for (const { state, count } of counted.components) metrics.paper(state.toLowerCase(), count);
  }
  return { ...answered, data: await prefill.answer(asked, filled), errors: [] };
}
