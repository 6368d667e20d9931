import { readFileSync } from 'node:fs';
import type { GraphQLSchema } from 'graphql';
import { readFolderSync } from '../../agreements/folder/folder-files.ts';
import { loadAgreements, type LoadedFolder } from '../../agreements/folder/load-agreements.ts';
import { parseWithdrawals, WITHDRAWALS_FILE, type Withdrawals } from '../../agreements/shared/withdrawals.ts';
import { parseOwnerKeys, type OwnerKeys } from '../../config/secrets/owner-keys.ts';
import { composeSchema } from '../../plan/schema/compose-schema.ts';
import { readSchemaSources } from '../../plan/schema/subschemas.ts';
import { readFieldFacts, type FieldFacts } from '../../sources/field-facts.ts';
import { CommandFailure } from '../command-line/command-failure.ts';

/** The composed schema, and the labels of its fields. */
export interface SchemaWithFacts {
  readonly schema: GraphQLSchema;
  readonly facts: FieldFacts;
}

/** A folder of agreements with its withdrawals and all faults. */
export interface ReadFolder extends LoadedFolder {
  readonly withdrawals: Withdrawals;
  readonly faults: readonly string[];
}

/** Composes the schema from the SDL of all registers. */
export function buildSchemaWithFacts(): SchemaWithFacts {
  return { schema: composeSchema(), facts: readFieldFacts(readSchemaSources()).facts };
}

/** Reads a folder as the gateway does at its start, without the versions that were seen before. */
export function readAgreementFolder(
  directory: string,
  { schema, facts }: SchemaWithFacts,
  owners: OwnerKeys | 'unsigned' = 'unsigned',
): ReadFolder {
  const files = (() => {
    try {
      return readFolderSync(directory);
    } catch {
      throw new CommandFailure(`${directory} cannot be read.`);
    }
  })();
  const { loaded, faults } = loadAgreements(files, { schema, facts, owners, seen: new Map() });
  const { withdrawals, faults: withdrawalFaults } = parseWithdrawals(files.contents.get(WITHDRAWALS_FILE));
  return { ...loaded, withdrawals, faults: [...faults, ...withdrawalFaults] };
}

/** Reads a folder that must have no fault. Throws CommandFailure with every fault. */
export function readGoodFolder(directory: string, schema: SchemaWithFacts): ReadFolder {
  const folder = readAgreementFolder(directory, schema);
  if (folder.faults.length > 0) throw new CommandFailure([`${directory}:`, ...folder.faults].join('\n  '));
  return folder;
}

/** Reads a file of owners' public keys. Throws CommandFailure. */
export function readOwnerKeys(file: string): OwnerKeys {
  let keys: OwnerKeys | null = null;
  try {
    keys = parseOwnerKeys(readFileSync(file, 'utf8'));
  } catch {
    // An unreadable file is reported below, as a file of the wrong shape is.
  }
  if (!keys) throw new CommandFailure(`${file} does not hold Ed25519 public keys by register.`);
  return keys;
}
