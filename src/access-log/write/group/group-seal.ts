import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { buildKeyedHash } from '../../../config/keyed-hash.ts';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Seals what the entries of one group only commit to: one cipher a group. */
export interface GroupSeal {
  seal(groupId: string, text: string): Buffer;
  /** Null where the bytes are not what was sealed for this group under this key. */
  open(groupId: string, sealed: Uint8Array): string | null;
}

/**
 * AES-256-GCM (NIST SP 800-38D), layout: nonce (12 bytes), tag (16), text. Each group has a key of its own, derived with HMAC from
 * the data key and the group's id: random nonces under one key for all would pass the standard's 2^32 messages.
 */
export function buildGroupSeal(keyId: string, dataKey: Buffer): GroupSeal {
  const derive = buildKeyedHash(dataKey);
  const keyOf = (groupId: string): Buffer => Buffer.from(derive(`access-log seal\n${groupId}`), 'hex');
  return {
    seal(groupId, text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', keyOf(groupId), nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(associatedData(groupId, keyId));
      const sealed = cipher.update(text, 'utf8');
      cipher.final();
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    },
    open(groupId, sealed) {
      if (sealed.length < NONCE_BYTES + TAG_BYTES) return null;
      const nonce = sealed.subarray(0, NONCE_BYTES);
      const decipher = createDecipheriv('aes-256-gcm', keyOf(groupId), nonce, { authTagLength: TAG_BYTES });
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

/** Of the group that begins at this leaf. */
export function groupIdOf(log: string, firstLeaf: number): string {
  return `${log} ${firstLeaf}`;
}

function associatedData(groupId: string, keyId: string): Buffer {
  return Buffer.from(`access-log openings\n2\n${keyId}\n${groupId}`, 'utf8');
}
