import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { buildKeyedHash } from '../config/keyed-hash.ts';
import type { KeyRing } from '../config/secrets.ts';
import type { Subject } from '../disclosure/subject.ts';

const SEAL_VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Subjects of one answer, sealed together: one cipher an answer. */
export interface SubjectSeal {
  /** Id of the key that `seal` uses, the newest. */
  readonly keyId: string;
  seal(answerId: string, subjects: readonly Subject[]): Buffer;
  /** Null where the key is unknown, or the bytes are not what was sealed for this answer under this key. */
  open(answerId: string, keyId: string, sealed: Uint8Array): readonly Subject[] | null;
}

/**
 * AES-256-GCM (NIST SP 800-38D), layout: nonce (12 bytes), tag (16), text. Bound to answer id, key id and version.
 * Each answer has a key of its own, derived with HMAC from its random id: random nonces under one key for all would
 * pass the standard's 2^32 messages within weeks.
 */
export function buildSubjectSeal(keys: KeyRing): SubjectSeal {
  const derivations = new Map(keys.map(({ id, key }) => [id, buildKeyedHash(key)]));
  const derive = (keyId: string, answerId: string): Buffer | null => {
    const digest = derivations.get(keyId)?.(`access-log seal\n${answerId}`);
    return digest === undefined ? null : Buffer.from(digest, 'hex');
  };
  const newest = keys[0].id;
  return {
    keyId: newest,
    seal(answerId, subjects) {
      const key = derive(newest, answerId);
      if (!key) throw new Error('the ring has no newest key');
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
      cipher.setAAD(associatedData(answerId, newest));
      const text = cipher.update(
        JSON.stringify(subjects.map((subject) => [subject.kind, subject.key])),
        'utf8',
      );
      cipher.final();
      return Buffer.concat([nonce, cipher.getAuthTag(), text]);
    },
    open(answerId, keyId, sealed) {
      const key = derive(keyId, answerId);
      if (!key || sealed.length < NONCE_BYTES + TAG_BYTES) return null;
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAAD(associatedData(answerId, keyId));
      decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      try {
        const text = decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8');
        const pairs = JSON.parse(text + decipher.final('utf8')) as readonly [Subject['kind'], string][];
        return pairs.map(([kind, subjectKey]) => ({ kind, key: subjectKey }));
      } catch {
        return null;
      }
    },
  };
}

function associatedData(answerId: string, keyId: string): Buffer {
  return Buffer.from(`access-log subjects\n${SEAL_VERSION}\n${keyId}\n${answerId}`, 'utf8');
}
