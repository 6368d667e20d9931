import { fileURLToPath } from 'node:url';
import { AgreementFaults } from '../../src/agreements/folder/agreement-faults.ts';
import { buildBuiltInAgreements } from '../../src/agreements/built-in-agreements.ts';
import { readFolderSync } from '../../src/agreements/folder/folder-files.ts';
import { loadAgreements } from '../../src/agreements/folder/load-agreements.ts';
import type { Agreement } from '../../src/policy/agreement/agreement.ts';
import type { AgreementSet } from '../../src/policy/agreement/select-agreement.ts';
import type { SchemaParts } from './plan-parts.ts';

export const DEMO_AGREEMENTS = fileURLToPath(new URL('../../mocks/agreements/', import.meta.url));

export function loadDemoAgreements({ schema, facts }: SchemaParts): AgreementSet {
  const { loaded, faults } = loadAgreements(readFolderSync(DEMO_AGREEMENTS), {
    schema,
    facts,
    owners: 'unsigned',
    seen: new Map(),
  });
  if (faults.length > 0) throw new AgreementFaults(faults);
  return { agreements: loaded.agreements, builtIn: buildBuiltInAgreements(schema, facts) };
}

/** The demo's agreement for a client. */
export function demoAgreementOf(parts: SchemaParts, client: string): Agreement {
  const found = loadDemoAgreements(parts).agreements.find(({ systems }) => systems.has(client));
  if (!found) throw new Error(`no agreement for ${client}`);
  return found;
}
