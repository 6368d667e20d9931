import type { Limits } from '../../config/limits.ts';
import { encodeBase64 } from '../../log-format/base64.ts';
import type { LogFile } from '../../log-format/entry-format.ts';
import { subtreesOf } from '../../log-format/tree/proof-nodes.ts';
import type { GroupOpener } from '../read/opened-answer.ts';
import { withCosignatures } from '../read/proofs.ts';
import { createNodeAt } from '../read/tree-nodes.ts';
import type { FullGroup, LogRows } from '../stores/log-rows.ts';
import { entryLinesOf } from './entry-lines.ts';
import { ExportFolderWriter } from './export-folder-writer.ts';
import type { ExportRange } from './export-range.ts';
import { openingLinesOf } from './opening-lines.ts';

export const EXPORT_STEP_LIMITS = {
  step: { value: 32, unit: 'groups', why: 'An export holds so many groups in memory at once.' },
} as const satisfies Limits;

export interface ExportOptions {
  readonly log: string;
  /** Ends of groups, see `exportRange`. */
  readonly range: ExportRange;
  /** A folder that is empty or not there yet. */
  readonly folder: string;
  /** Opens what is sealed, for openings; null: none are written. */
  readonly opener: GroupOpener | null;
  /** Called with each group as it passes, for a caller that keeps more of it. */
  readonly onGroup?: (group: FullGroup) => void;
}

export interface ExportSummary extends ExportRange {
  readonly log: string;
  readonly removed: number;
  readonly checkpoints: number;
}

/**
 * Writes the folder of FORMAT.md, Export. What is committed is never changed, so that it holds while the log grows. Rejects with
 * FolderNotEmpty, GroupNotOpened, StoreFault, and the system's errors, and leaves nothing then; without `log.json` it is no export.
 */
export async function exportLog(rows: LogRows, options: ExportOptions): Promise<ExportSummary> {
  const folder = new ExportFolderWriter(options.folder);
  try {
    return await fillFolder(folder, rows, options);
  } catch (error) {
    folder.discard();
    throw error;
  }
}

async function fillFolder(
  folder: ExportFolderWriter,
  rows: LogRows,
  { log, range: { from, to }, opener, onGroup }: ExportOptions,
): Promise<ExportSummary> {
  const before = await hashesBefore(rows, log, from);
  const entries = folder.numbered('entries', 'ndjson');
  const hashes = folder.numbered('hashes', 'bin');
  const openings = folder.numbered('openings', 'ndjson');
  const checkpoints = folder.file('checkpoints.ndjson');
  let removed = 0;
  let count = 0;
  const addNotes = async (groups: readonly FullGroup[]): Promise<void> => {
    for (const note of await cosignedNotes(rows, log, groups))
      checkpoints.write(`${JSON.stringify({ note })}\n`);
    count += groups.length;
  };

  if (from > 0) await addNotes(await groupsUpTo(rows, log, from - 1, from));
  for (let leaf = from; leaf < to;) {
    const groups = await groupsUpTo(rows, log, leaf, to);
    for (const group of groups) {
      for (const { line, leafHash, isRemoved } of entryLinesOf(group)) {
        entries.writeLine(line);
        hashes.writeLine(leafHash);
        if (isRemoved) removed += 1;
      }
      if (opener) {
        for (const line of await openingLinesOf(group, rows, opener)) openings.writeLine(line);
      }
      onGroup?.(group);
    }
    await addNotes(groups);
    leaf = endOf(groups);
  }
  for (const files of [entries, hashes, openings, checkpoints]) files.close();

  const file = folder.file('log.json');
  file.write(`${JSON.stringify({ v: 1, log, from, to, before } satisfies LogFile)}\n`);
  file.close();
  folder.sync();
  return { log, from, to, removed, checkpoints: count };
}

/** At least one, from the one that holds the leaf on, none beyond `to`. */
async function groupsUpTo(
  rows: LogRows,
  log: string,
  leaf: number,
  to: number,
): Promise<readonly FullGroup[]> {
  const groups = await rows.groupsFrom(log, leaf, EXPORT_STEP_LIMITS.step.value);
  const within = groups.filter(({ firstLeaf, leaves }) => firstLeaf + leaves <= to);
  if (within.length === 0) throw new RangeError(`the log has no checkpoint of size ${to}`);
  return within;
}

function endOf(groups: readonly FullGroup[]): number {
  const last = groups.at(-1);
  return last ? last.firstLeaf + last.leaves : 0;
}

async function cosignedNotes(
  rows: LogRows,
  log: string,
  groups: readonly FullGroup[],
): Promise<readonly string[]> {
  const [first] = groups;
  if (!first) return [];
  const found = await rows.cosignatures(log, first.firstLeaf + 1, endOf(groups));
  const lines = new Map<number, string[]>();
  for (const { size, line } of found) {
    const ofSize = lines.get(size);
    if (ofSize) ofSize.push(line);
    else lines.set(size, [line]);
  }
  return groups.map(({ firstLeaf, leaves, note }) => {
    const ofSize = lines.get(firstLeaf + leaves) ?? [];
    return withCosignatures(note, ofSize);
  });
}

/** Hashes of the perfect subtrees before `from`, largest first, in base64. */
async function hashesBefore(rows: LogRows, log: string, from: number): Promise<string[]> {
  if (from === 0) return [];
  const nodeAt = createNodeAt(rows, log);
  const hashes: string[] = [];
  for (const { level, index } of subtreesOf(0, from)) {
    hashes.push(encodeBase64(await nodeAt(level, index)));
  }
  return hashes;
}
