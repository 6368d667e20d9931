import { fileURLToPath } from 'node:url';
import { loadAgreements } from '../../src/agreements/load-agreements.ts';
import { readRegisteredClients } from '../../src/identity/registered-clients.ts';
import type { Agreement } from '../../src/policy/agreement.ts';
import type { AgreementSet } from '../../src/policy/select-agreement.ts';
import type { SchemaParts } from './plan-parts.ts';

export const DEMO_AGREEMENTS = fileURLToPath(new URL('../../mocks/agreements/', import.meta.url));

export function loadDemoAgreements({ schema, facts }: SchemaParts): AgreementSet {
  const { clients, faults } = readRegisteredClients(DEMO_AGREEMENTS);
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return loadAgreements(DEMO_AGREEMENTS, schema, facts, clients);
}

/** The demo's agreement for a client. */
export function demoAgreementOf(parts: SchemaParts, client: string): Agreement {
  const found = loadDemoAgreements(parts).agreements.find(({ systems }) => systems.has(client));
  if (!found) throw new Error(`no agreement for ${client}`);
  return found;
}
