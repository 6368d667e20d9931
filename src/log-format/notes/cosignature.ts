import { joinBytes, readUint64, uint64Bytes } from '../bytes.ts';
import { signEd25519 } from '../crypto.ts';
import { parseCheckpointBody } from './checkpoint.ts';
import { ED25519_COSIGNATURE, type NoteSigner, type VerifierKey } from './note-key.ts';
import { isOf, isSignedBy, type NoteSignature } from './signed-note.ts';

const TIMESTAMP_BYTES = 8;

/**
 * A witness's statement that at `seconds` since 1970 this was the largest tree of the log that it knew, and grown from
 * all before (C2SP tlog-cosignature, `cosignature/v1`). Throws RangeError where the body is no checkpoint's, the time is
 * none or the key is not for cosignatures.
 */
export function cosign(body: string, seconds: number, { key, privateKey }: NoteSigner): NoteSignature {
  if (key.type !== ED25519_COSIGNATURE) throw new RangeError('not a key for cosignatures');
  if (!parseCheckpointBody(body)) throw new RangeError('not a checkpoint');
  const timestamp = uint64Bytes(BigInt(seconds));
  const signature = signEd25519(cosignedMessage(body, seconds), privateKey);
  return { name: key.name, keyId: key.id, bytes: joinBytes(timestamp, signature) };
}

/**
 * Seconds since 1970 that the witness stated; null where the signature is not this key's, malformed or wrong. Whether
 * that time is plausible is for the caller to decide.
 */
export function verifyCosignature(body: string, signature: NoteSignature, key: VerifierKey): number | null {
  const { bytes } = signature;
  if (key.type !== ED25519_COSIGNATURE || !isOf(signature, key) || bytes.length <= TIMESTAMP_BYTES)
    return null;
  const seconds = Number(readUint64(bytes));
  if (!Number.isSafeInteger(seconds) || !parseCheckpointBody(body)) return null;
  return isSignedBy(key, cosignedMessage(body, seconds), bytes.subarray(TIMESTAMP_BYTES)) ? seconds : null;
}

/** The header keeps it apart from a log's own signature over the same body. */
function cosignedMessage(body: string, seconds: number): string {
  return `cosignature/v1\ntime ${seconds}\n${body}`;
}
