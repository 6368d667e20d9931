import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { CheckpointLineFormat } from '../../access-log/format/entry-format.ts';
import {
  ED25519,
  ED25519_COSIGNATURE,
  parseVerifierKey,
  type NoteKeyType,
  type VerifierKey,
} from '../../access-log/format/note-key.ts';
import type { HeldProofs } from '../../access-log/verify/held-proofs.ts';
import type { KnownNote } from '../../access-log/verify/known-checkpoints.ts';
import type { HeldReceipt } from '../../access-log/verify/open-receipt.ts';
import type { Evidence } from '../../access-log/verify/verify-export.ts';
import { UsageError } from '../agreements/command-result.ts';

export interface EvidenceArguments {
  /** The folder's first. */
  readonly keys: readonly string[];
  readonly witnessKeys: readonly string[];
  readonly checkpoints: readonly string[];
  readonly receipts: readonly string[];
  readonly bundles: readonly string[];
  readonly accesses: readonly string[];
  readonly request: string | undefined;
  readonly answer: string | undefined;
}

/** Throws UsageError for keys that are none and files that cannot be read. */
export function readEvidence(given: EvidenceArguments): Evidence {
  const [key, ...furtherKeys] = given.keys.flatMap((one) => readKeys(one, ED25519));
  if (!key) throw new UsageError('--key is needed: the log’s vkey, or a file that holds it.');
  const hasBody = given.request !== undefined || given.answer !== undefined;
  if (hasBody && given.receipts.length !== 1) throw new UsageError('Bodies belong to one --receipt.');
  return {
    keys: [key, ...furtherKeys],
    witnesses: given.witnessKeys.flatMap((one) => readKeys(one, ED25519_COSIGNATURE)),
    known: given.checkpoints.flatMap(readCheckpoints),
    receipts: given.receipts.map((file): HeldReceipt => ({
      name: file,
      text: read(file).toString('utf8'),
      request: given.request === undefined ? null : read(given.request),
      answer: given.answer === undefined ? null : read(given.answer),
    })),
    proofs: [
      ...given.bundles.map((file): HeldProofs => ({ kind: 'bundle', name: file, bytes: read(file) })),
      ...given.accesses.map((file): HeldProofs => ({ kind: 'access', name: file, bytes: read(file) })),
    ],
  };
}

/** A vkey, or a file with one a line. */
function readKeys(given: string, type: NoteKeyType): readonly VerifierKey[] {
  const direct = parseVerifierKey(given);
  const lines = direct ? [] : read(given).toString('utf8').trim().split('\n');
  const keys = direct ? [direct] : lines.flatMap((line) => parseVerifierKey(line.trim()) ?? []);
  const isEach = direct !== null || keys.length === lines.length;
  if (isEach && keys.length > 0 && keys.every((key) => key.type === type)) return keys;
  const kind = type === ED25519 ? 'a log’s key' : 'a witness’s key (cosignature/v1)';
  throw new UsageError(`${given} is not the vkey of ${kind}.`);
}

/** One note, or a checkpoints.ndjson. Throws UsageError. */
export function readCheckpoints(file: string): readonly KnownNote[] {
  const text = read(file).toString('utf8');
  if (!text.startsWith('{')) return [{ name: basename(file), note: text }];
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, at) => {
      const name = `${basename(file)} line ${at + 1}`;
      try {
        return { name, note: CheckpointLineFormat.parse(JSON.parse(line)).note };
      } catch (cause) {
        throw new UsageError(`${name} is no checkpoint.`, { cause });
      }
    });
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new UsageError(`${file} cannot be read.`, { cause });
  }
}
