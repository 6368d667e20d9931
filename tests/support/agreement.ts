import type { Agreement } from '../../src/policy/agreement.ts';
import { NO_GRANT } from '../../src/policy/grant.ts';

/** An agreement that grants nothing, but for what is given. */
export function agreementOf(given: Partial<Agreement>): Agreement {
  return {
    id: 'test',
    version: 1,
    digest: '',
    receiver: 'Test',
    providers: new Set(),
    systems: new Set(['inspectorate']),
    purpose: 'inspection',
    legalBasis: { instrument: '-', article: '-', isModelled: true },
    grant: NO_GRANT,
    categories: new Set(),
    isStrict: false,
    needsCase: true,
    procedures: new Set(['1.004222']),
    needsMatch: false,
    ownDataOnly: false,
    territory: 'nation',
    clearance: new Set(),
    argumentValues: new Map(),
    evaluations: 3,
    recordAgeSeconds: null,
    recordsPerHour: null,
    isWithdrawn: false,
    validFrom: '2026-01-01',
    validUntil: '2026-12-31',
    ...given,
  };
}
