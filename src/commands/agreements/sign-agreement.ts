import { existsSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { parseAgreementFile, type AgreementFile } from '../../agreements/folder/agreement-file.ts';
import { CLIENTS_FILE, isAgreementFile } from '../../agreements/folder/load-agreements.ts';
import {
  parseOwnerSignatures,
  signAgreement,
  signaturesFileOf,
  statementOf,
  systemText,
  type OwnerSignature,
} from '../../agreements/folder/owner-signatures.ts';
import { parseRegisteredClients, type RegisteredClients } from '../../identity/registered-clients.ts';
import { CommandFailure, UsageError } from '../command-line/command-failure.ts';
import type { CommandResult } from '../command-line/command-result.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { readGiven as read, readPrivateKey } from './key-file.ts';

export const signAgreementCommand = buildSubcommand({
  details: `Writes the signature of one register's owner into FILE.signatures.yaml, in the place of that owner's older one, and prints what
was signed. With --all the argument is a folder, and every agreement in it to which the register provides data is signed.`,
  arguments: [['<file>', 'the agreement (.yaml); with --all the folder of agreements']],
  options: {
    register: { value: 'REGISTER', meaning: 'the register whose owner signs' },
    'key-id': { value: 'ID', meaning: "the key's name in owner-keys.<id>.json" },
    key: { value: 'PEMFILE', meaning: "the owner's private key" },
    all: { meaning: 'signs every agreement of a folder' },
  },
  run: ({ register, 'key-id': keyId, key: keyFile, all }, [path = '']) => {
    if (register === undefined || keyId === undefined || keyFile === undefined) {
      throw new UsageError('--register, --key-id and --key are needed.');
    }
    const signer = { register, keyId, keyFile };
    return all ? signAllAgreements(path, signer) : signAgreementFile(path, signer);
  },
});

/** The register whose owner signs, the owner's key file, and the id under which the public key is known. */
export interface AgreementSigner {
  readonly register: string;
  readonly keyId: string;
  readonly keyFile: string;
}

/** Signs every agreement of the folder that names the register as a provider. Throws CommandFailure where there is none. */
export function signAllAgreements(directory: string, signer: AgreementSigner): CommandResult {
  const names = filesOf(directory).filter(isAgreementFile);
  const files = names.map((name) => join(directory, name)).filter((file) => provides(file, signer.register));
  if (files.length === 0)
    throw new CommandFailure(`${signer.register} provides data to no agreement in ${directory}.`);
  const statements = files.map((file) => signAgreementFile(file, signer).output);
  return { output: statements.join('\n\n'), status: 0 };
}

function filesOf(directory: string): readonly string[] {
  try {
    return readdirSync(directory).toSorted();
  } catch {
    throw new CommandFailure(`${directory} cannot be read.`);
  }
}

/** Throws CommandFailure with the faults of a file that is no agreement: nothing is signed then. */
function provides(file: string, register: string): boolean {
  return readAgreementFile(file).agreement.parties.providers.includes(register);
}

function readAgreementFile(file: string): {
  readonly agreementBytes: Buffer;
  readonly agreement: AgreementFile;
} {
  const agreementBytes = read(file);
  const { file: agreement, faults } = parseAgreementFile(agreementBytes);
  if (!agreement || faults.length > 0) throw new CommandFailure([`${file}:`, ...faults].join('\n  '));
  return { agreementBytes, agreement };
}

/** Signs one agreement. Throws CommandFailure. */
export function signAgreementFile(
  file: string,
  { register, keyId, keyFile }: AgreementSigner,
): CommandResult {
  const { agreementBytes, agreement } = readAgreementFile(file);
  if (!agreement.parties.providers.includes(register)) {
    throw new CommandFailure(`${register} is no provider of ${agreement.id}.`);
  }
  const clients = registeredClients(dirname(file));
  const signed = {
    id: agreement.id,
    version: agreement.version,
    agreementBytes,
    grantBytes: read(join(dirname(file), agreement.grant)),
    systems: agreement.systems.map((id) => systemText(id, clients)),
  };
  const signature = signAgreement(signed, register, readPrivateKey(keyFile));
  writeSignature(signaturesFileOf(file), { register, key: keyId, signature });
  return { output: statementOf(signed, register).toString().trimEnd(), status: 0 };
}

function registeredClients(folder: string): RegisteredClients {
  const { clients, faults } = parseRegisteredClients(read(join(folder, CLIENTS_FILE)));
  if (faults.length > 0) throw new CommandFailure(faults.join('\n'));
  return clients;
}

function writeSignature(file: string, own: OwnerSignature): void {
  const present = existsSync(file) ? parseOwnerSignatures(read(file)) : [];
  if (!present) throw new CommandFailure(`${file} is no list of signatures.`);
  const others = present.filter(({ register }) => register !== own.register);
  // The file is replaced whole, because a gateway may be reading it.
  const temporary = join(dirname(file), `.${process.pid}.signatures.new`);
  writeFileSync(temporary, stringify([...others, own]));
  renameSync(temporary, file);
}
