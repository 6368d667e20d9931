import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { buildKeyedHash } from '../config/keyed-hash.ts';
import type { KeyRing } from '../config/secrets.ts';

const SEAL_VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Subjects of the answers committed together, sealed together: one cipher a group. */
export interface SubjectSeal {
  /** Id of the key that `seal` uses, the newest. */
  readonly keyId: string;
  seal(groupId: string, text: string): Buffer;
  /** Null where the key is unknown, or the bytes are not what was sealed for this group under this key. */
  open(groupId: string, keyId: string, sealed: Uint8Array): string | null;
}

/**
 * AES-256-GCM (NIST SP 800-38D), layout: nonce (12 bytes), tag (16), text. Bound to group id, key id and version.
 * Each group has a key of its own, derived with HMAC from its id: random nonces under one key for all would pass the
 * standard's 2^32 messages within months.
 */
export function buildSubjectSeal(keys: KeyRing): SubjectSeal {
  const derivations = new Map(keys.map(({ id, key }) => [id, buildKeyedHash(key)]));
  const derive = (keyId: string, groupId: string): Buffer | null => {
    const digest = derivations.get(keyId)?.(`access-log seal\n${groupId}`);
    return digest === undefined ? null : Buffer.from(digest, 'hex');
  };
  const newest = keys[0].id;
  return {
    keyId: newest,
    seal(groupId, text) {
      const key = derive(newest, groupId);
      if (!key) throw new Error('the ring has no newest key');
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(associatedData(groupId, newest));
      const sealed = cipher.update(text, 'utf8');
      cipher.final();
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    },
    open(groupId, keyId, sealed) {
      const key = derive(keyId, groupId);
      if (!key || sealed.length < NONCE_BYTES + TAG_BYTES) return null;
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(associatedData(groupId, keyId));
      decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      try {
        const text = decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8');
        return text + decipher.final('utf8');
      } catch {
        return null;
      }
    },
  };
}

function associatedData(groupId: string, keyId: string): Buffer {
  return Buffer.from(`access-log subjects\n${SEAL_VERSION}\n${keyId}\n${groupId}`, 'utf8');
}
