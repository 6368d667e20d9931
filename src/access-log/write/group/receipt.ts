import { encodeBase64 } from '../../../log-format/base64.ts';
import type { NoteSigner } from '../../../log-format/notes/note-key.ts';
import { signNote } from '../../../log-format/notes/signed-note.ts';

/** An answer as it stands in the log. */
export interface LoggedAnswer {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Leaves of the entries that the caller knows of. */
  readonly toldLeaves: readonly Uint8Array[];
  /** Commitments. */
  readonly request: string;
  readonly answer: string;
  readonly requestSalt: string;
  readonly answerSalt: string;
}

/**
 * Makes the JSON of a receipt (FORMAT.md, Receipt). It has neither places in the tree nor the tree's size: where little
 * is asked, the distance between two receipts would count the entries that the answer hides.
 */
export function receiptOf(logged: LoggedAnswer, signer: NoteSigner): string {
  const text = [
    `${signer.key.name} receipt v1`,
    logged.id,
    `time ${logged.time}`,
    `request ${logged.request}`,
    `answer ${logged.answer}`,
    ...logged.toldLeaves.map((leaf) => `entry ${encodeBase64(leaf)}`),
    '',
  ].join('\n');
  return JSON.stringify({
    v: 1,
    note: signNote(text, signer),
    opening: { answer: logged.answerSalt, request: logged.requestSalt },
  });
}
