import { buildKeyedHash } from '../config/keyed-hash.ts';
import type { KeyRing } from '../config/secrets.ts';
import type { Subject } from '../disclosure/subject.ts';

/** RFC 2104, section 5: half of HMAC-SHA-256. It only has to tell subjects apart, and the index stays small. */
const INDEX_BYTES = 16;

export interface SubjectIndex {
  /** Id of the key that `of` uses, the newest. */
  readonly keyId: string;
  of(subject: Subject): Buffer;
  /** Under the key with this id; null where the ring no longer has it. */
  under(keyId: string, subject: Subject): Buffer | null;
  /** Under every key of the ring: what a search must look for after rotations. */
  all(subject: Subject): readonly Buffer[];
}

/** Keyed, since a plain hash of twelve digits is undone by trying them all. Kinds never share an index. */
export function buildSubjectIndex(keys: KeyRing): SubjectIndex {
  const hashes = new Map(keys.map(({ id, key }) => [id, buildKeyedHash(key)]));
  const newest = buildKeyedHash(keys[0].key);
  return {
    keyId: keys[0].id,
    of: (subject) => indexOf(newest, subject),
    under(keyId, subject) {
      const keyedHash = hashes.get(keyId);
      return keyedHash ? indexOf(keyedHash, subject) : null;
    },
    all: (subject) => [...hashes.values()].map((keyedHash) => indexOf(keyedHash, subject)),
  };
}

function indexOf(keyedHash: (message: string) => string, { kind, key }: Subject): Buffer {
  return Buffer.from(keyedHash(`access-log subject\n${kind}\n${key}`).slice(0, 2 * INDEX_BYTES), 'hex');
}
