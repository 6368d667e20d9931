import { hash, sign, verify, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { readYaml } from '../../config/yaml/read-yaml.ts';
import type { OwnerKeys } from '../../config/secrets/owner-keys.ts';
import type { RegisteredClients } from '../../identity/registered-clients.ts';

/**
 * The shape of `<base>.signatures.yaml` beside `<base>.yaml`: one Ed25519 signature (RFC 8032) of each register's
 * owner.
 */
const signaturesFile = z.array(
  z.strictObject({
    register: z.string().min(1),
    key: z.string().min(1),
    /** 64 bytes in base64. */
    signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
  }),
);
/** One owner's signature: register, id of the key, and the signature in base64. */
export type OwnerSignature = z.infer<typeof signaturesFile>[number];

/** The content that an owner signs: the exact bytes of both files, for one version of one agreement. */
export interface SignedAgreement {
  readonly id: string;
  readonly version: number;
  readonly agreementBytes: Buffer;
  readonly grantBytes: Buffer;
  /** The systems as they are registered, because the territory `caller-unit` follows from clients.yaml. */
  readonly systems: readonly string[];
}

/**
 * Spells a system as it is signed, such as `hn-hoankiem-social agency 00070`. A system that is not registered has no
 * agreement.
 */
export function systemText(id: string, clients: RegisteredClients): string {
  const client = clients.get(id);
  return `${id} ${client?.kind ?? '-'} ${client?.unit ?? '-'}`;
}

/**
 * The signed text, in UTF-8, each line ended by a line feed:
 *
 *     national-data-gateway agreement signature v1
 *     register: <register>
 *     id: <agreement id>
 *     version: <version>
 *     agreement-sha256: <hexadecimal, over the agreement's file>
 *     grant-sha256: <hexadecimal, over the grant's file>
 *     system: <client id> <kind> <commune code, or ->      one line each, in the agreement's order
 */
export function statementOf(signed: SignedAgreement, register: string): Buffer {
  return Buffer.from(
    [
      'national-data-gateway agreement signature v1',
      `register: ${register}`,
      `id: ${signed.id}`,
      `version: ${signed.version}`,
      `agreement-sha256: ${hash('sha256', signed.agreementBytes)}`,
      `grant-sha256: ${hash('sha256', signed.grantBytes)}`,
      ...signed.systems.map((system) => `system: ${system}`),
      '',
    ].join('\n'),
  );
}

/** Signs the statement with an owner's Ed25519 key; the signature is in base64. */
export function signAgreement(signed: SignedAgreement, register: string, privateKey: KeyObject): string {
  return sign(null, statementOf(signed, register), privateKey).toString('base64');
}

/** Names the file of signatures beside an agreement file. */
export function signaturesFileOf(agreementFile: string): string {
  return agreementFile.replace(/\.yaml$/, '.signatures.yaml');
}

/** True for the name of a file of signatures. */
export function isSignaturesFile(name: string): boolean {
  return name.endsWith('.signatures.yaml');
}

/** Parses a file of signatures; null where it does not have their shape. */
export function parseOwnerSignatures(bytes: Buffer): readonly OwnerSignature[] | null {
  try {
    return signaturesFile.parse(readYaml(bytes));
  } catch {
    return null;
  }
}

/** Finds the faults of an agreement's signatures: each provider must have signed exactly once, and nobody else. */
export function faultsOfSignatures(
  signed: SignedAgreement,
  providers: ReadonlySet<string>,
  signaturesBytes: Buffer | undefined,
  owners: OwnerKeys,
): readonly string[] {
  const signatures = signaturesBytes ? parseOwnerSignatures(signaturesBytes) : [];
  if (!signatures) return ['signatures: not a list of register, key and signature'];
  const faults: string[] = [];
  const signers = new Set<string>();
  for (const { register, key, signature } of signatures) {
    if (signers.has(register)) faults.push(`signatures: ${register} signs twice`);
    signers.add(register);
    const publicKey = owners.get(register)?.get(key);
    if (!providers.has(register)) faults.push(`signatures: ${register} is no provider of this agreement`);
    else if (!publicKey) faults.push(`signatures: ${register} has no key ${key}`);
    else if (!verify(null, statementOf(signed, register), publicKey, Buffer.from(signature, 'base64'))) {
      faults.push(`signatures: the signature of ${register} does not fit`);
    }
  }
  for (const one of providers.difference(signers)) faults.push(`signatures: ${one} has not signed`);
  return faults;
}
