import type { OpenedCheckpoint } from '../format/checkpoint.ts';
import { verifyCosignature } from '../format/cosignature.ts';
import type { VerifierKey } from '../format/note-key.ts';
import { isOf } from '../format/signed-note.ts';
import { Tampering } from './tampering.ts';

/** The largest tree that a witness cosigned. */
export interface Cosigned {
  readonly witness: string;
  readonly origin: string;
  readonly size: number;
  /** Seconds since 1970, as the witness stated. */
  readonly seconds: number;
}

/** How far each witness has seen each tree: from checkpoints that were opened with the key of their log. */
export class CosignedExtent {
  readonly #witnesses: readonly VerifierKey[];
  /** By witness and origin: what was seen of another log, or of an epoch that was lost, says nothing of this one. */
  readonly #largest = new Map<string, Cosigned>();

  constructor(witnesses: readonly VerifierKey[]) {
    this.#witnesses = witnesses;
  }

  /**
   * When a witness cosigned it, seconds since 1970: the latest, null where none did. Throws Tampering where a cosignature
   * in the name of a witness is not its own.
   */
  add({ checkpoint, body, signatures }: OpenedCheckpoint, where: string): number | null {
    let latest: number | null = null;
    for (const witness of this.#witnesses) {
      for (const signature of signatures.filter((one) => isOf(one, witness))) {
        const seconds = verifyCosignature(body, signature, witness);
        if (seconds === null) {
          throw new Tampering('forged-cosignature', null, `${witness.name} did not sign ${where}.`);
        }
        latest = Math.max(latest ?? 0, seconds);
        const { origin, size } = checkpoint;
        const seen = `${witness.name} ${witness.id} ${origin}`;
        const largest = this.#largest.get(seen);
        if (!largest || size > largest.size) {
          this.#largest.set(seen, { witness: witness.name, origin, size, seconds });
        }
      }
    }
    return latest;
  }

  /** One a witness and origin that it cosigned. */
  largest(): readonly Cosigned[] {
    return [...this.#largest.values()];
  }
}
