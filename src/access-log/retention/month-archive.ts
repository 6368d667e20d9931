import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { KeyRing } from '../../config/secrets/key-rings.ts';
import { exportLog } from '../export/export-log.ts';
import { syncFolder } from '../export/numbered-files.ts';
import { LogFileFormat } from '../../log-format/entry-format.ts';
import type { VerifierKey } from '../../log-format/notes/note-key.ts';
import type { LogRows } from '../stores/log-rows.ts';
import { monthText, type Month, type MonthRange } from './due-months.ts';
import { openArchive, SealedPart } from './sealed-part.ts';

/** The result of an archive's verification: the extent that verifies, or the name of the first fault. */
export type ArchiveVerdict =
  { readonly log: string; readonly from: number; readonly to: number } | { readonly fault: string };

/**
 * Verifies an exported log against the log's own keys. The verifier is an independent program that the gateway never
 * loads, so that the command hands it in.
 */
export type VerifyExport = (folder: string, keys: readonly [VerifierKey, ...VerifierKey[]]) => ArchiveVerdict;

/** An archive is not what it must be: nothing leaves the store. */
export class ArchiveNotGood extends Error {
  override readonly name = 'ArchiveNotGood';
}

export interface ArchiveParts {
  readonly rows: LogRows;
  readonly log: string;
  /** The log's, newest first. */
  readonly keys: readonly VerifierKey[];
  readonly sealKeys: KeyRing;
  readonly verify: VerifyExport;
  /** Holds `<log>/<yyyy-mm>/`. */
  readonly folder: string;
}

/** Path of a month's archive. */
export function archiveFolder(folder: string, log: string, month: Month): string {
  return join(folder, log, monthText(month));
}

/**
 * Makes a month's archive and verifies it, entries against checkpoints and what is sealed with the keys; one that a run before
 * left is verified again. It has its name once it is good. Rejects with ArchiveNotGood, ArchiveNotOpened, StoreFault.
 */
export async function archiveMonth(parts: ArchiveParts, { month, from, to }: MonthRange): Promise<void> {
  const { rows, log } = parts;
  const folder = archiveFolder(parts.folder, log, month);
  if (existsSync(folder)) {
    mustCover(folder, { month, from, to });
    mustBeGood(parts, folder);
    return;
  }
  const partial = `${folder}.partial`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true, mode: 0o700 });
  // Into an empty folder each: an export's is checked for that.
  const sealedFolder = `${folder}.sealed`;
  rmSync(sealedFolder, { recursive: true, force: true });
  mkdirSync(sealedFolder, { mode: 0o700 });
  const sealed = new SealedPart(sealedFolder);
  await exportLog(rows, {
    log,
    range: { from, to },
    folder: partial,
    opener: null,
    onGroup: (group) => sealed.add(group),
  });
  await sealed.close(rows);
  for (const name of readdirSync(sealedFolder)) renameSync(join(sealedFolder, name), join(partial, name));
  rmSync(sealedFolder, { recursive: true });
  mustBeGood(parts, partial);
  syncFolder(partial);
  renameSync(partial, folder);
  for (let above = dirname(folder); above.length >= parts.folder.length; above = dirname(above)) {
    syncFolder(above);
    if (above === dirname(above)) break;
  }
}

/** An archive of an earlier run must cover the same entries: they may have begun to leave the store. */
function mustCover(folder: string, { from, to }: MonthRange): void {
  const found = LogFileFormat.safeParse(JSON.parse(readFileSync(join(folder, 'log.json'), 'utf8')));
  if (found.data && found.data.from <= from && found.data.to === to) return;
  throw new ArchiveNotGood(`${folder} is there, and is not the archive of the entries ${from} to ${to}`);
}

function mustBeGood({ log, keys, sealKeys, verify }: ArchiveParts, folder: string): void {
  const [key, ...olderKeys] = keys;
  const verified: ArchiveVerdict = key ? verify(folder, [key, ...olderKeys]) : { fault: 'no key' };
  if ('fault' in verified) throw new ArchiveNotGood(`${folder} does not verify (${verified.fault})`);
  if (verified.log !== log) throw new ArchiveNotGood(`${folder} is the archive of another log`);
  let leaf = verified.from;
  for (const { firstLeaf, answers } of openArchive(folder, log, sealKeys)) {
    if (firstLeaf !== leaf) break;
    for (const { entries } of answers) leaf += entries.length;
  }
  if (leaf !== verified.to) throw new ArchiveNotGood(`${folder} lacks what is sealed from entry ${leaf} on`);
}
