import { decodeBase64 } from '../base64.ts';
import { parseDecimal } from '../decimal.ts';
import { HASH_BYTES } from '../tree/merkle-hash.ts';
import { NOTE_LIMITS } from './signed-note.ts';

export const ADD_CHECKPOINT_LIMITS = {
  proofLines: { value: 63, unit: 'lines', why: 'C2SP tlog-witness allows no longer proof.' },
  body: {
    value: NOTE_LIMITS.length.value + 4 * 1_024,
    unit: 'bytes',
    why: 'A note of the largest size has the longest proof before it.',
  },
} as const;

/** Media type of the answer that names the size that the witness knows. */
export const SIZE_CONTENT_TYPE = 'text/x.tlog.size';

export interface AddCheckpoint {
  /** The size that the submitter believes the witness to know. */
  readonly oldSize: number;
  /** RFC 9162 2.1.4, from the old size to the checkpoint's. */
  readonly proof: readonly Uint8Array[];
  readonly note: string;
}

/** C2SP tlog-witness, add-checkpoint. Null where malformed; the note is not looked at. */
export function parseAddCheckpoint(body: string): AddCheckpoint | null {
  const split = body.indexOf('\n\n');
  if (split < 0) return null;
  const [oldLine = '', ...lines] = body.slice(0, split).split('\n');
  if (!oldLine.startsWith('old ') || lines.length > ADD_CHECKPOINT_LIMITS.proofLines.value) return null;
  const oldSize = parseDecimal(oldLine.slice('old '.length));
  const proof = lines.flatMap((line) => hashOf(line) ?? []);
  if (oldSize === null || proof.length !== lines.length) return null;
  return { oldSize, proof, note: body.slice(split + 2) };
}

/** `proof` in base64. */
export function formatAddCheckpoint(oldSize: number, proof: readonly string[], note: string): string {
  return `old ${oldSize}\n${proof.map((hash) => `${hash}\n`).join('')}\n${note}`;
}

function hashOf(line: string): Uint8Array | null {
  const bytes = decodeBase64(line);
  return bytes?.length === HASH_BYTES ? bytes : null;
}
