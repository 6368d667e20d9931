import { isUtf8 } from 'node:buffer';
import { LINE_LIMITS } from '../../../log-format/line-splitter.ts';
import { decodeBase64 } from '../../../log-format/base64.ts';
import type { OpenedCheckpoint } from '../../../log-format/notes/checkpoint.ts';
import { canonicalJson } from '../../../log-format/canonical-json.ts';
import { opensCommitment } from '../../../log-format/commitment.ts';
import {
  BundleEntryLineFormat,
  BundleLogLineFormat,
  SubjectValueFormat,
  type Entry,
} from '../../../log-format/entry-format.ts';
import { verifyInclusion } from '../../../log-format/tree/inclusion-proof.ts';
import { leafHash } from '../../../log-format/tree/merkle-hash.ts';
import type { VerifierKey } from '../../../log-format/notes/note-key.ts';
import type { CosignedExtent } from '../passes/cosigned-extent.ts';
import { readEntry } from '../reading/entry-reader.ts';
import { jsonOf } from '../reading/export-folder.ts';
import type { HeldProofs, OpenedProofs, ProvenEntry } from './held-proofs.ts';
import { openSigned } from '../reading/open-checkpoint.ts';
import { shapeCheck } from '../reading/shape-check.ts';
import { Tampering } from '../faults/tampering.ts';

const isLogLine = shapeCheck(BundleLogLineFormat);
const isSubject = shapeCheck(SubjectValueFormat);
const isEntryLine = shapeCheck(BundleEntryLineFormat);
export const BUNDLE_LIMITS = {
  line: {
    value: 2 * LINE_LIMITS.longestExportedLine.value,
    unit: 'bytes',
    why: 'An entry stands in a bundle as a JSON string, in which each byte may become two.',
  },
} as const;

/** The log whose entries the following lines hold. */
interface Section {
  readonly log: string;
  readonly opened: OpenedCheckpoint;
  /** Index of the entry before, or -1 at the begin. */
  last: number;
}

/**
 * FORMAT.md, Bundle: each entry as the log signed it, in its place. `keys` are those of logs. Pages may follow each other
 * in one file. Throws Tampering at the first line that is not as it should be.
 */
export function openBundle(
  { kind, name, bytes }: HeldProofs,
  keys: readonly VerifierKey[],
  cosigned: CosignedExtent,
): OpenedProofs {
  if (!isUtf8(bytes)) throw malformed(`${name} is not UTF-8.`);
  const entries: ProvenEntry[] = [];
  let section: Section | null = null;
  let count = 0;
  for (const line of linesOf(bytes, name)) {
    const where = `${name}, line ${(count += 1)}`;
    const json = jsonOf(line);
    if (isLogLine(json)) {
      mustHaveEntries(section, where);
      section = openSection(json, keys, cosigned, where);
    } else {
      if (!section) throw malformed(`${where}: an entry stands before the checkpoint of its log.`);
      entries.push(openEntry(json, section, where));
    }
  }
  mustHaveEntries(section, `${name}, its end`);
  return { kind, name, entries };
}

/** Gives the lines one after the other. A file of nothing but newlines would otherwise become as many texts at once. */
function* linesOf(bytes: Buffer, name: string): Generator<string> {
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf('\n', from);
    if (end < 0) throw malformed(`${name} has a last line without its end.`);
    if (end - from > BUNDLE_LIMITS.line.value) throw malformed(`${name} has a line that is too long.`);
    yield bytes.toString('utf8', from, end);
    from = end + 1;
  }
}

function openSection(
  { log, checkpoint }: { readonly log: string; readonly checkpoint: string },
  keys: readonly VerifierKey[],
  cosigned: CosignedExtent,
  where: string,
): Section {
  const own = keys.filter((one) => one.name === log);
  if (own.length === 0) throw new Tampering('wrong-log', null, `${where}: no key of ${log} was given.`);
  const opened = openSigned(checkpoint, own);
  if (typeof opened === 'string') throw new Tampering(opened, null, `${where}: its checkpoint.`);
  cosigned.hold(opened, `the checkpoint of ${where}`);
  return { log, opened, last: -1 };
}

function openEntry(json: unknown, section: Section, where: string): ProvenEntry {
  if (!isEntryLine(json)) throw malformed(`${where}: it is neither a log’s line nor an entry’s.`);
  const { leaf: text, index, proof } = json;
  mustBeOf(text, index, section.log, where);
  if (index === section.last) throw new Tampering('duplicated', index, where);
  if (index < section.last) throw new Tampering('reordered', index, where);
  section.last = index;
  const leaf = leafHash(text);
  const { checkpoint } = section.opened;
  const hashes = proof.map((one) => decodeBase64(one) ?? new Uint8Array(0));
  if (!verifyInclusion(leaf, index, checkpoint.size, hashes, checkpoint.root)) {
    throw new Tampering('broken-proof', index, `${where}: the entry is not what the log signed there.`);
  }
  if (json.subject) mustOpen(text, json.subject[0], canonicalJson(json.subject[1]), { index, where });
  return {
    index,
    leaf,
    log: section.log,
    checkpoint,
    told: null,
    isShown: true,
    isOpened: json.subject !== undefined,
  };
}

/** Throws Tampering where the opening, `value` as canonical JSON, is not that of the entry's subject. */
export function mustOpen(
  text: string,
  salt: string,
  value: string,
  { index, where }: { readonly index: number; readonly where: string },
): void {
  const { commitments, subject } = JSON.parse(text) as Entry;
  const opened = jsonOf(value);
  const isOwn =
    isSubject(opened) &&
    opened.kind === subject &&
    opensCommitment(commitments.subject, 'subject', salt, value);
  if (!isOwn)
    throw new Tampering('swapped-opening', index, `${where}: the opening of its subject does not fit.`);
}

/** The proof would not notice these alone: a log may sign an entry that says another place than it has. */
export function mustBeOf(text: string, index: number, log: string, where: string): void {
  // JSON can say half a character, which hashes as another text does.
  const entry = text.isWellFormed() ? readEntry(text) : 'malformed-entry';
  if (typeof entry === 'string') throw new Tampering(entry, index, where);
  if (entry.log !== log) throw new Tampering('wrong-log', index, `${where}: the entry states ${entry.log}.`);
  if (entry.index !== index) {
    throw new Tampering('wrong-index', index, `${where}: the entry states ${entry.index}.`);
  }
}

function mustHaveEntries(section: Section | null, where: string): void {
  if (section?.last === -1) throw malformed(`${where}: the log before it has no entries.`);
}

function malformed(detail: string): Tampering {
  return new Tampering('malformed-bundle', null, detail);
}
