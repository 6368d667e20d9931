import { decodeBase64 } from '../../log-format/base64.ts';
import { canonicalJson, type JsonValue } from '../../log-format/canonical-json.ts';
import { opensCommitment } from '../../log-format/commitment.ts';
import type { Entry } from '../../log-format/entry-format.ts';
import { openCheckpoint, type OpenedCheckpoint } from '../../log-format/notes/checkpoint.ts';
import { parseVerifierKey, type VerifierKey } from '../../log-format/notes/note-key.ts';
import { verifyInclusion } from '../../log-format/tree/inclusion-proof.ts';
import { leafHash } from '../../log-format/tree/merkle-hash.ts';

/** Why a bundle proves nothing: the first check that failed. */
export type BundleFault =
  'malformed' | 'unknown-log' | 'not-signed' | 'not-in-log' | 'other-place' | 'other-subject';

/** An entry that the log signed, in its place. */
export interface BundledEntry {
  readonly entry: Entry;
  readonly origin: string;
  readonly index: number;
  /** Entries of the tree that the checkpoint signs. */
  readonly size: number;
  /** Signatures beside the log's own, as those of witnesses; they are not checked here. */
  readonly otherSignatures: number;
  /** The key of the subject, where the bundle opens it; else null. */
  readonly subject: string | null;
}

export type CheckedBundle =
  | { readonly fault: null; readonly entries: readonly BundledEntry[] }
  | { readonly fault: BundleFault; readonly entries: readonly [] };

interface Section {
  readonly log: string;
  readonly opened: OpenedCheckpoint;
}

/**
 * Checks a proof bundle (FORMAT.md, Bundle) in the browser: the log's checkpoint is signed by one of the keys, and each entry stands in
 * its signed tree, in the place that it states (RFC 9162 2.1.3).
 */
export function checkBundle(bundle: string, logKeys: readonly string[]): CheckedBundle {
  const keys = logKeys.flatMap((one) => parseVerifierKey(one) ?? []);
  const entries: BundledEntry[] = [];
  let section: Section | null = null;
  for (const line of bundle.split('\n').slice(0, -1)) {
    const json = objectOf(line);
    if (typeof json['checkpoint'] === 'string' && typeof json['log'] === 'string') {
      const opened = openSection(json['log'], json['checkpoint'], keys);
      if (typeof opened === 'string') return { fault: opened, entries: [] };
      section = opened;
      continue;
    }
    const entry = section ? openEntry(json, section) : 'malformed';
    if (typeof entry === 'string') return { fault: entry, entries: [] };
    entries.push(entry);
  }
  return entries.length > 0 ? { fault: null, entries } : { fault: 'malformed', entries: [] };
}

function openSection(log: string, note: string, keys: readonly VerifierKey[]): Section | BundleFault {
  const opened = openCheckpoint(
    note,
    keys.filter(({ name }) => name === log),
  );
  if (opened === 'unknown-origin') return 'unknown-log';
  return typeof opened === 'string' ? opened : { log, opened };
}

function openEntry(json: Readonly<Record<string, unknown>>, section: Section): BundledEntry | BundleFault {
  const { leaf, index, proof, subject } = json;
  if (typeof leaf !== 'string' || typeof index !== 'number' || !Array.isArray(proof)) return 'malformed';
  const { checkpoint, signatures } = section.opened;
  const hashes = proof.map((one) => decodeBase64(String(one)) ?? new Uint8Array(0));
  // Half a character of JSON hashes as another text does.
  if (!leaf.isWellFormed()) return 'malformed';
  if (!verifyInclusion(leafHash(leaf), index, checkpoint.size, hashes, checkpoint.root)) return 'not-in-log';
  const entry = JSON.parse(leaf) as Entry;
  if (entry.tree.index !== index || entry.tree.log !== section.log) return 'other-place';
  const opened = subject === undefined ? null : openSubject(entry, subject);
  if (opened === undefined) return 'other-subject';
  return {
    entry,
    origin: checkpoint.origin,
    index,
    size: checkpoint.size,
    otherSignatures: signatures.length - 1,
    subject: opened,
  };
}

/** The key of the subject; undefined where the opening does not fit the entry's commitment. */
function openSubject(entry: Entry, subject: unknown): string | undefined {
  if (!Array.isArray(subject)) return undefined;
  const [salt, value] = subject as readonly unknown[];
  if (typeof salt !== 'string' || typeof value !== 'object' || value === null) return undefined;
  const { kind, key } = value as Readonly<Record<string, unknown>>;
  const text = canonicalJson(value as JsonValue);
  const isOwn =
    kind === entry.subject &&
    typeof key === 'string' &&
    opensCommitment(entry.commitments.subject, 'subject', salt, text);
  return isOwn ? key : undefined;
}

function objectOf(line: string): Readonly<Record<string, unknown>> {
  try {
    const json: unknown = JSON.parse(line);
    return typeof json === 'object' && json !== null ? (json as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
