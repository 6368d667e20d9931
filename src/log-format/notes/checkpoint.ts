import { decodeBase64, encodeBase64 } from '../base64.ts';
import { parseDecimal } from '../decimal.ts';
import { HASH_BYTES } from '../tree/merkle-hash.ts';
import { ED25519, renamedKey, type NoteSigner, type VerifierKey } from './note-key.ts';
import { parseNote, signNote, verifiedSignatures, type NoteSignature } from './signed-note.ts';

/** The statement of a log about its tree (C2SP tlog-checkpoint). */
export interface Checkpoint {
  /** The log's name, or `<name>/<epoch>`. */
  readonly origin: string;
  /** Leaves; a safe integer. */
  readonly size: number;
  /** RFC 9162 2.1.1, 32 bytes. */
  readonly root: Uint8Array;
}

export interface OpenedCheckpoint {
  readonly checkpoint: Checkpoint;
  /** The text that is signed and cosigned, extension lines included. */
  readonly body: string;
  /** All that stand in the note, those of witnesses too; only the log's are verified. */
  readonly signatures: readonly NoteSignature[];
}

/** The note is no checkpoint, or of a log that none of the keys is for, or not signed by the log. */
export type CheckpointFault = 'malformed' | 'unknown-origin' | 'not-signed';

const EPOCH = /^\/(?:[2-9]|[1-9][0-9]{1,8})$/;

/** Throws RangeError where origin, size or root can be none. */
export function checkpointBody({ origin, size, root }: Checkpoint): string {
  const body = `${origin}\n${size}\n${encodeBase64(root)}\n`;
  if (!parseCheckpointBody(body)) throw new RangeError('not a checkpoint');
  return body;
}

/**
 * Parses a checkpoint. Returns null where it is malformed or larger than 2^53 - 1. Extension lines are allowed and have
 * no meaning here.
 */
export function parseCheckpointBody(body: string): Checkpoint | null {
  if (!body.endsWith('\n')) return null;
  const lines = body.slice(0, -1).split('\n');
  const [origin = '', sizeText = '', rootText = ''] = lines;
  const size = parseDecimal(sizeText);
  const root = decodeBase64(rootText);
  if (size === null || root?.length !== HASH_BYTES || lines.includes('')) return null;
  return { origin, size, root };
}

/** A signed note. Throws RangeError where the signer's name is not the origin. */
export function formatCheckpoint(checkpoint: Checkpoint, signer: NoteSigner): string {
  if (signer.key.name !== checkpoint.origin) throw new RangeError('a log signs under its origin');
  return signNote(checkpointBody(checkpoint), signer);
}

/** `keys` are those of logs, by the names of the logs: the keys of their epochs follow. */
export function openCheckpoint(
  note: string,
  keys: readonly VerifierKey[],
): OpenedCheckpoint | CheckpointFault {
  const parsed = parseNote(note);
  const checkpoint = parsed && parseCheckpointBody(parsed.text);
  if (!checkpoint) return 'malformed';
  const own = keysOfOrigin(keys, checkpoint.origin);
  if (own.length === 0) return 'unknown-origin';
  if (!verifiedSignatures(parsed, own)?.length) return 'not-signed';
  return { checkpoint, body: parsed.text, signatures: parsed.signatures };
}

/**
 * Keys of the log of that origin, under the name that it signs with. A log of exactly that name goes before an epoch
 * of another: no log speaks for one that has a key of its own.
 */
export function keysOfOrigin(keys: readonly VerifierKey[], origin: string): readonly VerifierKey[] {
  const logs = keys.filter((key) => key.type === ED25519);
  const exact = logs.filter((key) => key.name === origin);
  return exact.length > 0 ? exact : logs.flatMap((key) => keyOfEpoch(key, origin) ?? []);
}

/** The origin of an epoch; epoch 1 is the log's name alone. Throws RangeError where it is none. */
export function originOf(log: string, epoch: number): string {
  if (epoch === 1) return log;
  if (!EPOCH.test(`/${epoch}`)) throw new RangeError('not an epoch');
  return `${log}/${epoch}`;
}

/** The epoch of the log that an origin names; NaN where it is no origin of this log. */
export function epochOf(origin: string, log: string): number {
  if (origin === log) return 1;
  const suffix = origin.startsWith(log) ? origin.slice(log.length) : '';
  return EPOCH.test(suffix) ? Number(suffix.slice(1)) : NaN;
}

/** A log's key in the epoch of that origin; null where the origin is another log's. */
function keyOfEpoch(key: VerifierKey, origin: string): VerifierKey | null {
  const isOfLog = origin.startsWith(key.name) && EPOCH.test(origin.slice(key.name.length));
  return isOfLog ? renamedKey(key, origin) : null;
}
