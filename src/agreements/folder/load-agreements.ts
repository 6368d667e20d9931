import { z } from 'zod';
import { readYaml } from '../../config/yaml/read-yaml.ts';
import { YAML_LIMITS } from '../../config/yaml/yaml-limits.ts';
import { parseRegisteredClients, type RegisteredClients } from '../../identity/registered-clients.ts';
import type { AuditPapers } from '../../policy/case/audit-order.ts';
import type { Agreement } from '../../policy/agreement/agreement.ts';
import { boundedFaults } from './agreement-faults.ts';
import { AUDIT_FILE, parseAuditPapers } from './audit-papers.ts';
import { buildBuiltInAgreements } from '../built-in-agreements.ts';
import type { FolderFiles } from './folder-files.ts';
import { isSignaturesFile, signaturesFileOf } from './owner-signatures.ts';
import { readAgreement, type AgreementContext } from './read-agreement.ts';
import { faultsOfVersions, type SeenVersions } from './seen-versions.ts';
import { WITHDRAWALS_FILE } from '../shared/withdrawals.ts';

/** The file of registered clients in AGREEMENTS_DIR. */
export const CLIENTS_FILE = 'clients.yaml';

/** The schema, keys and versions against which a folder is checked. */
export interface FolderContext extends Omit<AgreementContext, 'clients'> {
  readonly seen: SeenVersions;
}

/** Agreements, clients and audit papers of a folder, without its withdrawals. */
export interface LoadedFolder {
  readonly agreements: readonly Agreement[];
  /** Names of the agreements' files, by agreement id. */
  readonly fileOf: ReadonlyMap<string, string>;
  readonly clients: RegisteredClients;
  readonly papers: AuditPapers;
}

/**
 * Reads every agreement of a folder with its grant and signatures, and the registered clients. Where there are faults,
 * those of all files are given, and the loaded content must not be used.
 */
export function loadAgreements(
  files: FolderFiles,
  context: FolderContext,
): { readonly loaded: LoadedFolder; readonly faults: readonly string[] } {
  const { contents, unreadable } = files;
  const { clients, faults: clientFaults } = parseRegisteredClients(contents.get(CLIENTS_FILE));
  const { papers, faults: paperFaults } = parseAuditPapers(contents.get(AUDIT_FILE), context.owners);
  const faults = [...clientFaults, ...paperFaults, ...faultsOfNames(files)];
  const agreements: Agreement[] = [];
  const fileOf = new Map<string, string>();
  for (const [name, bytes] of contents) {
    if (!isAgreementFile(name)) continue;
    const beside = {
      grantNamed: (grant: string) => contents.get(grant),
      signatures: contents.get(signaturesFileOf(name)),
    };
    const read = readAgreement(bytes, beside, { ...context, clients });
    faults.push(...read.faults.map((fault) => `${name}: ${fault}`));
    if (!read.agreement) continue;
    agreements.push(read.agreement);
    if (fileOf.has(read.agreement.id)) faults.push(`${read.agreement.id}: appears twice`);
    fileOf.set(read.agreement.id, name);
  }
  // The access log names built-in agreements by their ids too, and each id must mean one agreement there.
  for (const { id } of buildBuiltInAgreements(context.schema, context.facts).values()) {
    if (fileOf.has(id)) faults.push(`${id}: is the name of a built-in agreement`);
  }
  faults.push(...overlapsIn(agreements), ...faultsOfVersions(agreements, context.seen));
  if (![...contents.keys(), ...unreadable].some(isAgreementFile))
    faults.push('the folder holds no agreement');
  return { loaded: { agreements, fileOf, clients, papers }, faults: boundedFaults(faults) };
}

/** True for the name of an agreement file; other YAML files of the folder have fixed names. */
export function isAgreementFile(name: string): boolean {
  return (
    name.endsWith('.yaml') &&
    name !== CLIENTS_FILE &&
    name !== WITHDRAWALS_FILE &&
    name !== AUDIT_FILE &&
    !isSignaturesFile(name)
  );
}

/** Reads the id of an agreement file even where the rest of it is faulty. */
export function idDeclaredIn(bytes: Buffer): string | null {
  try {
    const content: unknown = readYaml(bytes);
    return z.object({ id: z.string() }).safeParse(content).data?.id ?? null;
  } catch {
    return null;
  }
}

/** Finds files that would be ignored in silence: their authors believe that they count. */
function faultsOfNames({ contents, unreadable, tooLarge = new Set() }: FolderFiles): readonly string[] {
  const names = [...contents.keys()];
  return [
    ...[...unreadable].map((name) =>
      tooLarge.has(name)
        ? `${name}: is larger than ${YAML_LIMITS.bytes.value} bytes`
        : `${name}: cannot be read`,
    ),
    ...[...names, ...unreadable]
      .filter((name) => !/\.(yaml|graphql)$/.test(name))
      .map((name) => `${name}: must end in .yaml or .graphql`),
    ...names
      .filter((name) => isSignaturesFile(name) && !contents.has(name.replace(/\.signatures\.yaml$/, '.yaml')))
      .map((name) => `${name}: belongs to no agreement`),
  ];
}

/**
 * Finds two agreements of one system for one purpose on one day. A successor may be put in place before its first day.
 */
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
