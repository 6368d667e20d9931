import { createPublicKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';

/** Ed25519 public keys of the register owners who sign agreements: by register, then by key id. */
export type OwnerKeys = ReadonlyMap<string, ReadonlyMap<string, KeyObject>>;

const ownerKeysFile = z.record(
  z.string().min(1),
  z
    .array(z.strictObject({ id: z.string().regex(/^[A-Za-z0-9-]{1,32}$/), publicKey: z.string().min(1) }))
    .min(1),
);

/**
 * Reads `owner-keys.<id>.json`: `{ register: [{ id, publicKey }] }`, keys as PEM or base64 (SPKI). Null where the shape is
 * wrong, a key id stands twice, or a key is of another kind.
 */
export function parseOwnerKeys(text: string): OwnerKeys | null {
  try {
    const parsed = ownerKeysFile.parse(JSON.parse(text));
    const owners = new Map<string, ReadonlyMap<string, KeyObject>>();
    for (const [register, keys] of Object.entries(parsed)) {
      const byId = new Map(keys.map(({ id, publicKey }) => [id, readPublicKey(publicKey)]));
      if (byId.size < keys.length) return null;
      owners.set(register, byId);
    }
    return owners;
  } catch {
    return null;
  }
}

/** Reads one public key. Throws where it is not Ed25519: the trust anchor fixes the algorithm, never a signature. */
function readPublicKey(text: string): KeyObject {
  if (text.includes('PRIVATE KEY')) throw new Error('a private key');
  const key = text.startsWith('-----')
    ? createPublicKey(text)
    : createPublicKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'spki' });
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('another algorithm');
  return key;
}
