import { basename } from 'node:path';
import { CheckpointLineFormat } from '../../log-format/entry-format.ts';
import {
  ED25519,
  ED25519_COSIGNATURE,
  parseVerifierKey,
  type NoteKeyType,
  type VerifierKey,
} from '../../log-format/notes/note-key.ts';
import { jsonOf } from '../../independent/verify/reading/export-folder.ts';
import type { HeldProofs } from '../../independent/verify/held/held-proofs.ts';
import type { KnownCheckpointNote } from '../../independent/verify/held/known-checkpoints.ts';
import type { HeldReceipt } from '../../independent/verify/held/open-receipt.ts';
import { shapeCheck } from '../../independent/verify/reading/shape-check.ts';
import type { Evidence } from '../../independent/verify/held/open-evidence.ts';
import { UsageError } from '../agreements/command-result.ts';
import { readGivenFile } from './given-file.ts';

/** In bytes. Keys are a line each; of checkpoints there is room for a quarter of a million. */
const LONGEST_KEYS = 1 << 16;
const LONGEST_CHECKPOINTS = 1 << 26;
/** An answer has 16 MiB at most, and a receipt may stand in it; bundles are pages, several to a file. */
const LONGEST_BODY = 1 << 25;
const LONGEST_BUNDLE = 1 << 28;
const LONGEST_ACCESS = 1 << 20;
const LONGEST_REPORT = 1 << 25;

const isCheckpointLine = shapeCheck(CheckpointLineFormat);

export interface EvidenceArguments {
  /** The folder's first. */
  readonly keys: readonly string[];
  readonly witnessKeys: readonly string[];
  readonly checkpoints: readonly string[];
  readonly receipts: readonly string[];
  readonly bundles: readonly string[];
  readonly accesses: readonly string[];
  readonly breachReports: readonly string[];
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
      text: readGivenFile(file, LONGEST_BODY).toString('utf8'),
      request: given.request === undefined ? null : readGivenFile(given.request, LONGEST_BODY),
      answer: given.answer === undefined ? null : readGivenFile(given.answer, LONGEST_BODY),
    })),
    breachReports: given.breachReports.map((file) => ({
      name: file,
      bytes: readGivenFile(file, LONGEST_REPORT),
    })),
    proofs: [
      ...given.bundles.map((file): HeldProofs => {
        return { kind: 'bundle', name: file, bytes: readGivenFile(file, LONGEST_BUNDLE) };
      }),
      ...given.accesses.map((file): HeldProofs => {
        return { kind: 'access', name: file, bytes: readGivenFile(file, LONGEST_ACCESS) };
      }),
    ],
  };
}

/** A vkey, or a file with one a line. */
function readKeys(given: string, type: NoteKeyType): readonly VerifierKey[] {
  const direct = parseVerifierKey(given);
  const lines = direct ? [] : readGivenFile(given, LONGEST_KEYS).toString('utf8').trim().split('\n');
  const keys = direct ? [direct] : lines.flatMap((line) => parseVerifierKey(line.trim()) ?? []);
  const isEach = direct !== null || keys.length === lines.length;
  if (isEach && keys.length > 0 && keys.every((key) => key.type === type)) return keys;
  const kind = type === ED25519 ? 'a log’s key' : 'a witness’s key (cosignature/v1)';
  throw new UsageError(`${given} is not the vkey of ${kind}.`);
}

/** One note, or a checkpoints.ndjson. Throws UsageError. */
export function readCheckpoints(file: string): readonly KnownCheckpointNote[] {
  const text = readGivenFile(file, LONGEST_CHECKPOINTS).toString('utf8');
  if (!text.startsWith('{')) return [{ name: basename(file), note: text }];
  const notes: KnownCheckpointNote[] = [];
  // One after the other: a file of nothing but newlines would be as many texts at once.
  for (let from = 0, end = 0; from < text.length; from = end + 1) {
    end = text.indexOf('\n', from);
    if (end < 0) end = text.length;
    if (end === from) continue;
    const name = `${basename(file)} line ${notes.length + 1}`;
    const line = jsonOf(text.slice(from, end));
    if (!isCheckpointLine(line)) throw new UsageError(`${name} is no checkpoint.`);
    notes.push({ name, note: line.note });
  }
  return notes;
}
