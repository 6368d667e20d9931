import { buildKeyedHash } from '../../config/secrets/keyed-hash.ts';
import type { KeyRing } from '../../config/secrets/key-rings.ts';
import { canonicalJson } from '../../log-format/canonical-json.ts';
import type { Suspicion } from '../suspicion/pattern.ts';

/**
 * Names alerts: 32 hex digits out of pattern, case and day, so that the same finding has the same name after a restart, from whatever state
 * it was found. The hash is keyed, since a case may be one person's.
 */
export class AlertNames {
  readonly #hashes: readonly ((message: string) => string)[];

  /** `ring`: the keys of the log's search, newest first. */
  constructor(ring: KeyRing) {
    this.#hashes = ring.map(({ key }) => buildKeyedHash(key));
  }

  /** The name, and those that it had under older keys. */
  namesOf({ pattern, about, day }: Pick<Suspicion, 'pattern' | 'about' | 'day'>): readonly string[] {
    const text = `early-warning alert v1\n${canonicalJson([pattern, about, day])}`;
    return this.#hashes.map((hash) => hash(text).slice(0, 32));
  }
}
