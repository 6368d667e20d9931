import { coerceVariables } from '../../operation/coerce-variables.ts';
import type { RequestParts } from '../request-parts.ts';
import type { Answered } from '../stages.ts';
import type { AskedOperation } from './expand-prefill.ts';

/** Puts the filled form in the place of the registers' answer. */
export async function fillPrefill(
  { schema, prefill }: RequestParts,
  { form }: AskedOperation,
  answered: Answered,
): Promise<Answered> {
  if (form === null) return answered;
  const { asked, expanded } = form;
  const { agreement, principal } = answered;
  const isLive = principal.kind === 'citizen' || agreement.recordAgeSeconds === 0;
  const data = await prefill.answer(
    { ...asked, variables: coerceVariables(schema, asked.operation, asked.inputs) },
    expanded,
    { data: answered.data ?? {}, errors: answered.errors },
    { asOf: new Map(), freshness: isLive ? 'LIVE' : 'FRESH' },
  );
  return { ...answered, data, errors: [] };
}
