import { EMPTY_AGREEMENT, type Agreement } from '../../src/policy/agreement/agreement.ts';

/** An agreement that grants nothing, but for what is given. */
export function agreementOf(given: Partial<Agreement>): Agreement {
  return {
    ...EMPTY_AGREEMENT,
    id: 'test',
    receiver: 'Test',
    systems: new Set(['inspectorate']),
    purpose: 'inspection',
    needsCase: true,
    procedures: new Set(['1.004222']),
    validFrom: '2026-01-01',
    validUntil: '2026-12-31',
    ...given,
  };
}
