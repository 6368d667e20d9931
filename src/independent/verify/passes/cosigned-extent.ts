import { equalBytes } from '../../../log-format/bytes.ts';
import type { OpenedCheckpoint } from '../../../log-format/notes/checkpoint.ts';
import { verifyCosignature } from '../../../log-format/notes/cosignature.ts';
import type { VerifierKey } from '../../../log-format/notes/note-key.ts';
import { isOf } from '../../../log-format/notes/signed-note.ts';
import { Tampering } from '../faults/tampering.ts';

/** The largest tree that a witness cosigned. */
export interface LargestCosigned {
  readonly witness: string;
  readonly origin: string;
  readonly size: number;
  /** Seconds since 1970, as the witness stated. */
  readonly seconds: number;
}

/** Seconds since 1970. Of several witnesses, or of one that cosigned twice. */
export interface CosignedAt {
  readonly earliest: number;
  readonly latest: number;
}

/** Notes how far each witness has seen each tree, from checkpoints that were opened with the key of their log. */
export class CosignedExtent {
  readonly #witnesses: readonly VerifierKey[];
  /**
   * The largest size by witness and origin. A size of another log, or of an epoch that was lost, says nothing of this
   * one.
   */
  readonly #largest = new Map<string, LargestCosigned>();

  /** Roots that others held, by size. The walk compares them with the export's own tree. */
  readonly #held = new Map<number, { readonly root: Uint8Array; readonly seconds: number }[]>();

  constructor(witnesses: readonly VerifierKey[]) {
    this.#witnesses = witnesses;
  }

  /**
   * When witnesses cosigned it; null where none did. Throws Tampering where a cosignature in the name of a witness is not
   * its own.
   */
  add({ checkpoint, body, signatures }: OpenedCheckpoint, where: string): CosignedAt | null {
    const times: number[] = [];
    for (const witness of this.#witnesses) {
      for (const signature of signatures.filter((one) => isOf(one, witness))) {
        const seconds = verifyCosignature(body, signature, witness);
        if (seconds === null) {
          throw new Tampering('forged-cosignature', null, `${witness.name} did not sign ${where}.`);
        }
        times.push(seconds);
        const { origin, size } = checkpoint;
        const seen = `${witness.name} ${witness.id} ${origin}`;
        const largest = this.#largest.get(seen);
        if (!largest || size > largest.size) {
          this.#largest.set(seen, { witness: witness.name, origin, size, seconds });
        }
      }
    }
    return times.length === 0 ? null : { earliest: Math.min(...times), latest: Math.max(...times) };
  }

  /**
   * Notes the cosignatures of a checkpoint that somebody else held. The export may have it without its cosignatures.
   */
  hold(opened: OpenedCheckpoint, where: string): void {
    const at = this.add(opened, where);
    const { size, root } = opened.checkpoint;
    if (!at) return;
    const held = this.#held.get(size);
    if (held) held.push({ root, seconds: at.earliest });
    else this.#held.set(size, [{ root, seconds: at.earliest }]);
  }

  /** When a tree that others held was cosigned, seconds since 1970: the earliest, null where none was. */
  heldAt(size: number, root: () => Uint8Array): number | null {
    const held = this.#held.get(size);
    if (!held) return null;
    const own = root();
    const times = held.filter((one) => equalBytes(one.root, own)).map(({ seconds }) => seconds);
    return times.length === 0 ? null : Math.min(...times);
  }

  /** The largest cosigned size of each witness and origin. */
  largest(): readonly LargestCosigned[] {
    return [...this.#largest.values()];
  }
}
