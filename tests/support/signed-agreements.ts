import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import {
  APPROVING,
  AUDIT_FILE,
  ISSUING,
  parseAuditFile,
  signPaper,
} from '../../src/agreements/folder/audit-papers.ts';
import { isAgreementFile } from '../../src/agreements/folder/load-agreements.ts';
import { signAgreement, signaturesFileOf, systemText } from '../../src/agreements/folder/owner-signatures.ts';
import { parseRegisteredClients } from '../../src/identity/registered-clients.ts';
import type { OwnerKeys } from '../../src/config/secrets/owner-keys.ts';

export interface Owners {
  /** For SECRETS_DIR's `owner-keys.<id>.json`. */
  readonly file: string;
  readonly keys: OwnerKeys;
  readonly privateKeys: ReadonlyMap<string, KeyObject>;
}

/** A fresh key of each register's owner, and of who issues and who approves audit orders, with the id `k1`. */
export function createOwners(
  registers: readonly string[] = ['population', 'civil-status', 'business', 'land', ISSUING, APPROVING],
): Owners {
  const pairs = registers.map((register) => [register, generateKeyPairSync('ed25519')] as const);
  const published = pairs.map(([register, { publicKey }]) => [
    register,
    [{ id: 'k1', publicKey: publicKey.export({ type: 'spki', format: 'pem' }) }],
  ]);
  return {
    file: JSON.stringify(Object.fromEntries(published)),
    keys: new Map(pairs.map(([register, { publicKey }]) => [register, new Map([['k1', publicKey]])])),
    privateKeys: new Map(pairs.map(([register, { privateKey }]) => [register, privateKey])),
  };
}

/** Signs every agreement of a folder for each provider that it names, and its audit orders. */
export function signFolder(folder: string, owners: Owners): void {
  const { clients } = parseRegisteredClients(readFileSync(join(folder, 'clients.yaml')));
  for (const name of readdirSync(folder).filter(isAgreementFile)) {
    const agreementBytes = readFileSync(join(folder, name));
    const {
      id,
      version,
      grant,
      parties,
      systems: ids,
    } = parse(agreementBytes.toString()) as {
      readonly id: string;
      readonly version: number;
      readonly grant: string;
      readonly systems: readonly string[];
      readonly parties: { readonly providers: readonly string[] };
    };
    const signed = {
      id,
      version,
      agreementBytes,
      grantBytes: readFileSync(join(folder, grant)),
      systems: ids.map((one) => systemText(one, clients)),
    };
    const signatures = parties.providers.map((register) => {
      const key = owners.privateKeys.get(register);
      if (!key) throw new Error(`no key of ${register}`);
      return { register, key: 'k1', signature: signAgreement(signed, register, key) };
    });
    writeFileSync(join(folder, signaturesFileOf(name)), stringify(signatures));
  }
  signAuditOrders(join(folder, AUDIT_FILE), owners);
}

function signAuditOrders(file: string, owners: Owners): void {
  const issuing = owners.privateKeys.get(ISSUING);
  const approving = owners.privateKeys.get(APPROVING);
  if (!existsSync(file) || !issuing || !approving) return;
  const { content } = parseAuditFile(readFileSync(file));
  const orders = (content?.orders ?? []).map((order) => {
    const signed = { ...order, signature: { key: 'k1', signature: signPaper(order, ISSUING, issuing) } };
    return order.bySubject === undefined
      ? signed
      : { ...signed, bySubject: { key: 'k1', signature: signPaper(signed, APPROVING, approving) } };
  });
  writeFileSync(file, stringify({ orders }));
}
