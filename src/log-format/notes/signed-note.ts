import { decodeBase64, encodeBase64 } from '../base64.ts';
import { equalBytes, joinBytes, readUint32, uint32Bytes } from '../bytes.ts';
import { signEd25519, verifyEd25519 } from '../crypto.ts';
import { ED25519, isKeyName, type NoteSigner, type VerifierKey } from './note-key.ts';

export const NOTE_LIMITS = {
  length: {
    value: 128 * 1024,
    unit: 'characters',
    why: 'C2SP signed-note asks for room for 16 post-quantum signatures of 5 kB.',
  },
  signatures: {
    value: 64,
    unit: 'signatures',
    why: 'A log has a few witnesses, and each signature costs work.',
  },
} as const;

const KEY_ID_BYTES = 4;
/** ASCII control characters but for the newline. */
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0009\u000b-\u001f]/;

export interface NoteSignature {
  readonly name: string;
  /** uint32. With the name it tells whose key it is: neither alone does. */
  readonly keyId: number;
  /** The bytes that follow the key id. */
  readonly bytes: Uint8Array;
}

export interface SignedNote {
  /** The signed text, with its final newline. */
  readonly text: string;
  /** The signatures as they stand in the note, at least one, none of them verified. */
  readonly signatures: readonly NoteSignature[];
}

/** C2SP signed-note, format. Null where anything is not as there; nothing is verified. */
export function parseNote(note: string, maxLength: number = NOTE_LIMITS.length.value): SignedNote | null {
  if (note.length > maxLength || !note.isWellFormed() || CONTROL.test(note)) return null;
  const split = note.lastIndexOf('\n\n');
  if (split < 0) return null;
  const signatures = parseSignatureLines(note.slice(split + 2));
  return signatures && { text: note.slice(0, split + 1), signatures };
}

/** Signature lines alone, as a witness answers; null where one is malformed, there is none, or there are too many. */
export function parseSignatureLines(lines: string): readonly NoteSignature[] | null {
  if (lines.length > NOTE_LIMITS.length.value || !lines.endsWith('\n')) return null;
  const signatures: NoteSignature[] = [];
  for (const line of lines.slice(0, -1).split('\n')) {
    const signature = parseSignatureLine(line);
    if (!signature || signatures.length === NOTE_LIMITS.signatures.value) return null;
    signatures.push(signature);
  }
  return signatures;
}

/** Formats one signature line, with its newline. */
export function formatSignatureLine({ name, keyId, bytes }: NoteSignature): string {
  return `— ${name} ${encodeBase64(joinBytes(uint32Bytes(keyId), bytes))}\n`;
}

/** Throws RangeError where the text cannot be one of a note. */
export function formatNote({ text, signatures }: SignedNote): string {
  if (!text.endsWith('\n') || !text.isWellFormed() || CONTROL.test(text)) {
    throw new RangeError('not a text of a note');
  }
  return `${text}\n${signatures.map(formatSignatureLine).join('')}`;
}

/** Ed25519 over the text. Throws RangeError where the text cannot be one, or the key is for cosignatures. */
export function signNote(text: string, { key, privateKey }: NoteSigner): string {
  if (key.type !== ED25519) throw new RangeError('a key for cosignatures signs no note');
  const bytes = signEd25519(text, privateKey);
  return formatNote({ text, signatures: [{ name: key.name, keyId: key.id, bytes }] });
}

/**
 * The note with the signatures of known keys alone, all verified. Null where it is malformed, where no known key signed
 * it, and where one of a known key is wrong: nobody is told that part of a note holds.
 */
export function openNote(
  note: string,
  keys: readonly VerifierKey[],
  maxLength: number = NOTE_LIMITS.length.value,
): SignedNote | null {
  const parsed = parseNote(note, maxLength);
  const signatures = parsed && verifiedSignatures(parsed, keys);
  return signatures && signatures.length > 0 ? { text: parsed.text, signatures } : null;
}

/**
 * Returns the signatures of known keys, each once. The list is empty where no known key signed. It is null where a
 * signature in the name of a known key is wrong.
 */
export function verifiedSignatures(
  { text, signatures }: SignedNote,
  keys: readonly VerifierKey[],
): readonly NoteSignature[] | null {
  const verified: NoteSignature[] = [];
  for (const signature of signatures) {
    const key = keys.find((one) => isOf(signature, one));
    // Repeated a thousand times, a signature costs one verification.
    if (!key || verified.some((one) => isOf(one, key) && equalBytes(one.bytes, signature.bytes))) continue;
    if (key.type !== ED25519 || !isSignedBy(key, text, signature.bytes)) return null;
    verified.push(signature);
  }
  return verified;
}

export function isOf(signature: NoteSignature, key: VerifierKey): boolean {
  return signature.name === key.name && signature.keyId === key.id;
}

/** RFC 8032 5.1.7. Returns false for a signature of any other length. */
export function isSignedBy(key: VerifierKey, message: string, signature: Uint8Array): boolean {
  return verifyEd25519(message, signature, key.publicKey);
}

function parseSignatureLine(line: string): NoteSignature | null {
  const [dash, name = '', base64 = '', ...rest] = line.split(' ');
  if (dash !== '—' || !isKeyName(name) || rest.length > 0) return null;
  const bytes = decodeBase64(base64);
  if (!bytes || bytes.length <= KEY_ID_BYTES) return null;
  return { name, keyId: readUint32(bytes), bytes: bytes.subarray(KEY_ID_BYTES) };
}
