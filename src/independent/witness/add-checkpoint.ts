import { equalBytes } from '../../log-format/bytes.ts';
import { openCheckpoint, type OpenedCheckpoint } from '../../log-format/notes/checkpoint.ts';
import { verifyConsistency } from '../../log-format/tree/consistency-proof.ts';
import { cosign } from '../../log-format/notes/cosignature.ts';
import type { NoteSigner, VerifierKey } from '../../log-format/notes/note-key.ts';
import { formatSignatureLine } from '../../log-format/notes/signed-note.ts';
import {
  parseAddCheckpoint,
  SIZE_CONTENT_TYPE,
  type AddCheckpoint,
} from '../../log-format/notes/add-checkpoint-body.ts';
import type { WitnessedTree, WitnessState } from './witness-state.ts';

export interface Witness {
  /** Keys of the logs that it was told of, by the names of the logs. */
  readonly logs: readonly VerifierKey[];
  readonly signer: NoteSigner;
  readonly state: WitnessState;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Two notes that the log signed, of one size with two roots: proof that it shows two histories. */
  readonly onFork: (known: string, submitted: string) => void;
}

export interface WitnessAnswer {
  readonly status: 200 | 400 | 403 | 404 | 409 | 422;
  readonly contentType: string;
  readonly body: string;
}

const STATUS_OF = { malformed: 400, 'unknown-origin': 404, 'not-signed': 403 } as const;

/**
 * C2SP tlog-witness, add-checkpoint. From reading the latest tree to writing the next one nothing is awaited, and the
 * state writes only over what was read: of two requests for one origin the second sees the first. Throws where the
 * state cannot be read or written; nothing is signed then.
 */
export function addCheckpoint(body: string, witness: Witness): WitnessAnswer {
  const request = parseAddCheckpoint(body);
  if (!request) return plain(400, 'malformed request');
  const opened = openCheckpoint(request.note, witness.logs);
  if (typeof opened === 'string') return plain(STATUS_OF[opened], opened);
  const { origin, size, root } = opened.checkpoint;
  if (request.oldSize > size) return plain(400, 'the old size is larger than the checkpoint’s');
  const known = witness.state.latest(origin);
  if (request.oldSize !== known.size) return sizeOf(known);
  const refusal = refusalOf(request, opened, known, witness);
  if (refusal) return refusal;
  const isOnDisk = witness.state.advance(origin, known, { size, root, note: request.note });
  // Another process over the same file was faster.
  if (!isOnDisk) return sizeOf(witness.state.latest(origin));
  const cosignature = cosign(opened.body, Math.floor(witness.now() / 1_000), witness.signer);
  return { status: 200, contentType: 'text/plain; charset=utf-8', body: formatSignatureLine(cosignature) };
}

/** The refusal; null where the checkpoint goes on from what is known. */
function refusalOf(
  request: AddCheckpoint,
  { checkpoint: { size, root } }: OpenedCheckpoint,
  known: WitnessedTree,
  witness: Witness,
): WitnessAnswer | null {
  if (size === known.size && !equalBytes(root, known.root)) {
    if (known.note !== null) witness.onFork(known.note, request.note);
    return plain(409, 'another root of that size is known');
  }
  return verifyConsistency(known.size, known.root, size, root, request.proof)
    ? null
    : plain(422, 'the consistency proof does not hold');
}

function sizeOf(known: WitnessedTree): WitnessAnswer {
  return { status: 409, contentType: SIZE_CONTENT_TYPE, body: `${known.size}\n` };
}

function plain(status: WitnessAnswer['status'], text: string): WitnessAnswer {
  return { status, contentType: 'text/plain; charset=utf-8', body: `${text}\n` };
}
