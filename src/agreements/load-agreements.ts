import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GraphQLSchema } from 'graphql';
import type { RegisteredClients } from '../identity/registered-clients.ts';
import type { Agreement } from '../policy/agreement.ts';
import type { AgreementSet } from '../policy/select-agreement.ts';
import { AgreementFaults } from './agreement-faults.ts';
import { buildBuiltInAgreements } from './built-in-agreements.ts';
import type { FieldOrigins } from './grant-scope.ts';
import { readAgreement, type AgreementContext, type FolderFiles } from './read-agreement.ts';

/**
 * Reads every agreement (`*.yaml` but `clients.yaml`) of a folder with its grant. Throws AgreementFaults with all
 * faults of all files.
 */
export function loadAgreements(
  directory: string,
  schema: GraphQLSchema,
  facts: FieldOrigins,
  clients: RegisteredClients,
): AgreementSet {
  const files = new Map<string, Buffer>();
  try {
    for (const name of readdirSync(directory)) {
      if (/\.(yaml|graphql)$/.test(name)) files.set(name, readFileSync(join(directory, name)));
    }
  } catch {
    throw new AgreementFaults(['the folder cannot be read']);
  }
  const { agreements, faults } = readAgreements(files, { schema, facts, clients });
  if (faults.length > 0) throw new AgreementFaults(faults);
  return { agreements, builtIn: buildBuiltInAgreements(schema, facts) };
}

/** The agreements of a folder, or every fault of every file. */
export function readAgreements(
  files: FolderFiles,
  context: AgreementContext,
): { readonly agreements: readonly Agreement[]; readonly faults: readonly string[] } {
  const faults: string[] = [];
  const agreements: Agreement[] = [];
  const names = [...files.keys()].filter(isAgreementFile).toSorted();
  for (const name of names) {
    const read = readAgreement(files.get(name) ?? Buffer.of(), files, context);
    faults.push(...read.faults.map((fault) => `${name}: ${fault}`));
    if (read.agreement) agreements.push(read.agreement);
  }
  // A built-in agreement's id stands in the access log too, and must mean one thing there.
  for (const { id } of buildBuiltInAgreements(context.schema, context.facts).values()) {
    if (agreements.some((one) => one.id === id)) faults.push(`${id}: is the name of a built-in agreement`);
  }
  for (const id of duplicates(agreements.map((agreement) => agreement.id))) {
    faults.push(`${id}: stands twice`);
  }
  faults.push(...overlapsIn(agreements));
  if (names.length === 0) faults.push('the folder holds no agreement');
  return { agreements, faults };
}

export function isAgreementFile(name: string): boolean {
  return name.endsWith('.yaml') && name !== 'clients.yaml';
}

/** A successor may be put in place beforehand; at any one day a system has one agreement for a purpose. */
function overlapsIn(agreements: readonly Agreement[]): readonly string[] {
  return agreements.flatMap((one, index) =>
    agreements.slice(index + 1).flatMap((other) => {
      const isSameTime = one.validFrom <= other.validUntil && other.validFrom <= one.validUntil;
      if (one.purpose !== other.purpose || !isSameTime) return [];
      return [...one.systems]
        .filter((system) => other.systems.has(system))
        .map((system) => `${system} for ${one.purpose}: two agreements at a time`);
    }),
  );
}

function duplicates(values: readonly string[]): ReadonlySet<string> {
  return new Set(values.filter((value, index) => values.indexOf(value) !== index));
}
