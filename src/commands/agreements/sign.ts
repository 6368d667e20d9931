import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { parseAgreementFile } from '../../agreements/folder/agreement-file.ts';
import { CLIENTS_FILE } from '../../agreements/folder/load-agreements.ts';
import {
  parseSignatures,
  signAgreement,
  signaturesFileOf,
  statementOf,
  systemText,
  type OwnerSignature,
} from '../../agreements/folder/owner-signatures.ts';
import { parseRegisteredClients, type RegisteredClients } from '../../identity/registered-clients.ts';
import { CommandFailure, onlyOne, UsageError, type CommandResult } from './command-result.ts';
import { readGiven as read, readPrivateKey } from './key-file.ts';

/** Puts one owner's signature into the signatures file, in the place of that owner's older one; prints what was signed. */
export function sign(args: readonly string[]): CommandResult {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { register: { type: 'string' }, 'key-id': { type: 'string' }, key: { type: 'string' } },
    allowPositionals: true,
  });
  const file = onlyOne(positionals, 'agreement file');
  const { register, 'key-id': keyId, key: keyFile } = values;
  if (register === undefined || keyId === undefined || keyFile === undefined) {
    throw new UsageError('--register, --key-id and --key are needed.');
  }
  const agreementBytes = read(file);
  const { file: agreement, faults } = parseAgreementFile(agreementBytes);
  if (!agreement || faults.length > 0) throw new CommandFailure([`${file}:`, ...faults].join('\n  '));
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
  const present = existsSync(file) ? parseSignatures(read(file)) : [];
  if (!present) throw new CommandFailure(`${file} is no list of signatures.`);
  const others = present.filter(({ register }) => register !== own.register);
  // Whole or not at all: a gateway may be watching.
  const temporary = join(dirname(file), `.${process.pid}.signatures.new`);
  writeFileSync(temporary, stringify([...others, own]));
  renameSync(temporary, file);
}
