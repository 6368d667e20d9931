import { keysOfOrigin, openCheckpoint, type OpenedCheckpoint } from '../../../log-format/notes/checkpoint.ts';
import type { VerifierKey } from '../../../log-format/notes/note-key.ts';
import { isOf, parseNote } from '../../../log-format/notes/signed-note.ts';
import type { Attack } from '../faults/attacks.ts';

/** A checkpoint signed by one of a log's keys, in any of its epochs, or what is wrong with it. */
export function openSigned(note: string, keys: readonly VerifierKey[]): OpenedCheckpoint | Attack {
  const opened = openCheckpoint(note, keys);
  if (opened === 'malformed') return 'malformed-checkpoint';
  if (opened === 'unknown-origin') return 'wrong-log';
  if (opened !== 'not-signed') return opened;
  return forgedOrForeign(note, keysOfOrigin(keys, parseNote(note)?.text.split('\n')[0] ?? ''));
}

/** Called for a note that none of the keys signed. Tells whether the note claims a signature of one of them. */
export function forgedOrForeign(
  note: string,
  keys: readonly VerifierKey[],
): 'forged-signature' | 'foreign-key' {
  const claimed = parseNote(note)?.signatures.some((signature) => keys.some((one) => isOf(signature, one)));
  return claimed === true ? 'forged-signature' : 'foreign-key';
}
