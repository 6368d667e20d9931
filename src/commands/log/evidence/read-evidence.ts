import { basename } from 'node:path';
import type { Limits } from '../../../config/limits.ts';
import { CheckpointLineFormat } from '../../../log-format/entry-format.ts';
import {
  ED25519,
  ED25519_COSIGNATURE,
  parseVerifierKey,
  type NoteKeyType,
  type VerifierKey,
} from '../../../log-format/notes/note-key.ts';
import { jsonOf } from '../../../independent/verify/reading/export-folder.ts';
import type { KnownCheckpointNote } from '../../../independent/verify/held/known-checkpoints.ts';
import type { HeldReceipt } from '../../../independent/verify/held/open-receipt.ts';
import { shapeCheck } from '../../../independent/verify/reading/shape-check.ts';
import type { Evidence } from '../../../independent/verify/held/open-evidence.ts';
import { UsageError } from '../../command-line/command-failure.ts';
import { readGivenFile } from './given-file.ts';
import { heldIn } from './saved-answer.ts';

/** Most bytes of each kind of file, since the content of a file may be hostile. */
export const EVIDENCE_LIMITS = {
  keys: { value: 65_536, unit: 'bytes', why: 'A file of keys, one a line.' },
  checkpoints: { value: 67_108_864, unit: 'bytes', why: 'Room for a quarter of a million checkpoints.' },
  body: { value: 33_554_432, unit: 'bytes', why: 'An answer has at most 16 MiB and may hold a receipt.' },
  bundle: { value: 268_435_456, unit: 'bytes', why: 'A file of bundles holds several pages.' },
  access: {
    value: 33_554_432,
    unit: 'bytes',
    why: 'A saved answer holds a page of accesses with their proofs.',
  },
  report: { value: 33_554_432, unit: 'bytes', why: 'One breach report.' },
} as const satisfies Limits;

const isCheckpointLine = shapeCheck(CheckpointLineFormat);

/** The options of `ndg log verify` that name keys and files. */
export interface EvidenceArguments {
  /** The first key belongs to the log of the folder. */
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

/** Reads all files that the arguments name. Throws UsageError for a malformed key and an unreadable file. */
export function readEvidence(given: EvidenceArguments): Evidence {
  const [key, ...furtherKeys] = given.keys.flatMap((one) => readKeys(one, ED25519));
  if (!key) throw new UsageError('--key is needed: the log’s vkey, or a file that holds it.');
  const hasBody = given.request !== undefined || given.answer !== undefined;
  if (hasBody && given.receipts.length !== 1)
    throw new UsageError('--request and --answer go with exactly one --receipt.');
  return {
    keys: [key, ...furtherKeys],
    witnesses: given.witnessKeys.flatMap((one) => readKeys(one, ED25519_COSIGNATURE)),
    known: given.checkpoints.flatMap(readCheckpoints),
    receipts: given.receipts.map((file): HeldReceipt => ({
      name: file,
      text: readGivenFile(file, EVIDENCE_LIMITS.body.value).toString('utf8'),
      request: given.request === undefined ? null : readGivenFile(given.request, EVIDENCE_LIMITS.body.value),
      answer: given.answer === undefined ? null : readGivenFile(given.answer, EVIDENCE_LIMITS.body.value),
    })),
    breachReports: given.breachReports.map((file) => ({
      name: file,
      bytes: readGivenFile(file, EVIDENCE_LIMITS.report.value),
    })),
    proofs: [
      ...given.bundles.flatMap((file) =>
        heldIn('bundle', file, readGivenFile(file, EVIDENCE_LIMITS.bundle.value)),
      ),
      ...given.accesses.flatMap((file) =>
        heldIn('access', file, readGivenFile(file, EVIDENCE_LIMITS.access.value)),
      ),
    ],
  };
}

/** Reads one vkey, or a file with one vkey a line. */
function readKeys(given: string, type: NoteKeyType): readonly VerifierKey[] {
  const direct = parseVerifierKey(given);
  const lines = direct
    ? []
    : readGivenFile(given, EVIDENCE_LIMITS.keys.value).toString('utf8').trim().split('\n');
  const keys = direct ? [direct] : lines.flatMap((line) => parseVerifierKey(line.trim()) ?? []);
  const isEach = direct !== null || keys.length === lines.length;
  if (isEach && keys.length > 0 && keys.every((key) => key.type === type)) return keys;
  const kind = type === ED25519 ? 'a log’s key' : 'a witness’s key (cosignature/v1)';
  throw new UsageError(`${given} is not the vkey of ${kind}.`);
}

/** Reads a file that holds one note, or is a checkpoints.ndjson. Throws UsageError. */
export function readCheckpoints(file: string): readonly KnownCheckpointNote[] {
  const text = readGivenFile(file, EVIDENCE_LIMITS.checkpoints.value).toString('utf8');
  if (!text.startsWith('{')) return [{ name: basename(file), note: text }];
  const notes: KnownCheckpointNote[] = [];
  // Lines are taken one by one: splitting a file of nothing but newlines would make millions of texts at once.
  for (let from = 0, end = 0; from < text.length; from = end + 1) {
    end = text.indexOf('\n', from);
    if (end < 0) end = text.length;
    if (end === from) continue;
    const name = `${basename(file)} line ${notes.length + 1}`;
    const line = jsonOf(text.slice(from, end));
    if (!isCheckpointLine(line)) throw new UsageError(`${name} is not a checkpoint.`);
    notes.push({ name, note: line.note });
  }
  return notes;
}
