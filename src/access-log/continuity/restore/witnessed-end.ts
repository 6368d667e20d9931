import type { Limits } from '../../../config/limits.ts';
import type { KeyRing } from '../../../config/secrets/key-rings.ts';
import { checkpointBody, originOf } from '../../../log-format/notes/checkpoint.ts';
import { EMPTY_ROOT } from '../../../log-format/tree/merkle-hash.ts';
import { signingKeyOf } from '../../../log-format/crypto.ts';
import { noteSignerOf } from '../../../log-format/notes/note-key.ts';
import { formatNote, parseNote, signNote } from '../../../log-format/notes/signed-note.ts';
import type { WitnessClient, WitnessFault } from '../witness-client.ts';

/** The size that a witness knows of the tree of that origin; 0 where it knows none. */
export type AskWitness = (origin: string) => Promise<number | WitnessFault>;

/** The tree that a witness cosigned last, and its size. */
export interface WitnessedEnd {
  readonly origin: string;
  readonly size: number;
}

export const WITNESSED_EPOCH_LIMITS = {
  unknownInARow: {
    value: 3,
    unit: 'epochs',
    why: 'An epoch that never reached the witness may stand between epochs that did.',
  },
} as const satisfies Limits;

/**
 * It is asked with the empty tree, which every tree goes on from: a note of any other could be shown as a second history of an
 * epoch that is not in the store any more. All keys sign it, since the witness may have been told of the older ones alone.
 */
export function askingWitness(
  witness: Pick<WitnessClient, 'latestSize'>,
  checkpointKeys: KeyRing,
): AskWitness {
  return (origin) => {
    const text = checkpointBody({ origin, size: 0, root: EMPTY_ROOT });
    const signatures = checkpointKeys.flatMap(({ key }) => {
      const signed = parseNote(signNote(text, noteSignerOf(origin, signingKeyOf(key))));
      return signed?.signatures ?? [];
    });
    return witness.latestSize(formatNote({ text, signatures }));
  };
}

/**
 * The end of the newest epoch that the witness knows, from that one on: an epoch that was lost as a whole left nothing in the store.
 * Null where it knows none; a fault where it does not tell.
 */
export async function newestWitnessed(
  ask: AskWitness,
  log: string,
  fromEpoch: number,
): Promise<WitnessedEnd | WitnessFault | null> {
  let newest: WitnessedEnd | null = null;
  let hasAnswered = false;
  for (let epoch = fromEpoch, unknown = 0; unknown < WITNESSED_EPOCH_LIMITS.unknownInARow.value; epoch++) {
    const origin = originOf(log, epoch);
    const size = await ask(origin);
    // Who knows our key and refuses an epoch was not told of it, and so cosigned nothing of it.
    const isUntold = size === 'refused' && hasAnswered;
    if (typeof size === 'string' && !isUntold) return size;
    hasAnswered = true;
    if (typeof size === 'number' && size > 0) {
      newest = { origin, size };
      unknown = 0;
    } else {
      unknown += 1;
    }
  }
  return newest;
}
