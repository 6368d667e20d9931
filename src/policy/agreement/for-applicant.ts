import { GatewayError } from '../../errors.ts';
import type { Agreement } from './agreement.ts';

/** The purpose under which a portal may act for a citizen. */
const APPLICANTS_PURPOSE = 'form-prefill';

const derived = new WeakMap<Agreement, Agreement>();

/**
 * Derives the agreement under which a portal acts for one citizen by an exchanged token (RFC 8693): the same grant, but of the
 * citizen's own data alone, and before there is a dossier. Throws PURPOSE_NOT_GRANTED for every purpose but form-prefill.
 */
export function forApplicant(agreement: Agreement): Agreement {
  if (agreement.purpose !== APPLICANTS_PURPOSE) throw new GatewayError('PURPOSE_NOT_GRANTED');
  let own = derived.get(agreement);
  if (!own) {
    own = { ...agreement, needsCase: false, ownDataOnly: true, needsMatch: false };
    derived.set(agreement, own);
  }
  return own;
}
