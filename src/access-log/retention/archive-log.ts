import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LogRetention } from '../../config/settings/settings.ts';
import { syncFolder } from '../export/numbered-files.ts';
import type { RetentionDetail } from '../../log-format/entry-format.ts';
import type { IndexDatabase } from '../stores/index-database.ts';
import type { KeptPart, Remover } from '../stores/removal.ts';
import { appendAct, type ActWriter } from '../write/append-act.ts';
import { monthOf } from '../write/group/build-groups.ts';
import { entryLinesIn } from './archive-lines.ts';
import { dueMonths, firstMonthKept, monthText, type Month, type MonthRange } from './due-months.ts';
import { archiveFolder, ArchiveNotGood, archiveMonth, type ArchiveParts } from './month-archive.ts';
import { statedRemovalEnd } from '../read/stated-removal.ts';

export interface RetentionOptions {
  readonly archive: ArchiveParts;
  readonly index: IndexDatabase;
  readonly writer: ActWriter;
  readonly remover: Remover;
  readonly retention: LogRetention;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Tells what is due, and does nothing. */
  readonly isDryRun: boolean;
}

export interface RetentionResult {
  readonly log: string;
  /** `yyyy-mm`: what was written in earlier months leaves the store. */
  readonly before: string;
  /** Archived in this run. They leave the store with a later one, so that there is time to look at them. */
  readonly archived: readonly MonthRange[];
  /** Archived by an earlier run, and gone from the store with this one. */
  readonly removed: readonly MonthRange[];
  /** Months whose archives are deleted, `yyyy-mm`. */
  readonly deleted: readonly string[];
  /** Empty, and still in use: gone with a later run. */
  readonly kept: readonly KeptPart[];
}

/**
 * Does three things about a month, each in a run of its own: it archives and verifies the month; it appends the entry
 * that states the removal, and removes; it deletes the archive after its time. A wrong clock or column thus never takes
 * anything away in one run, and nothing is ever gone without being on record and in an archive. The next run completes
 * a run that was cut short. Rejects with ArchiveNotGood, ArchiveNotOpened, EntriesMissing, RangeError, StoreFault and
 * the system's errors.
 */
export async function archiveLog(options: RetentionOptions): Promise<RetentionResult> {
  const { archive, writer, remover, retention, now, isDryRun } = options;
  const { rows, log } = archive;
  const { before, months } = await dueMonths(rows, log, retention, now);
  const isThere = ({ month }: MonthRange): boolean => existsSync(archiveFolder(archive.folder, log, month));
  const firstNew = months.findIndex((month) => !isThere(month));
  const removed = firstNew < 0 ? months : months.slice(0, firstNew);
  const archived = months.slice(removed.length).filter((month) => !isThere(month));
  if (!isDryRun) await remover.mustBeAllowed();
  if (!isDryRun) for (const month of months) await archiveMonth(archive, month);
  const first = removed[0];
  const last = removed.at(-1);
  if (first && last && !isDryRun) {
    // From 0 on, whatever was removed earlier: the entries that stated that leave with their month.
    const detail: RetentionDetail = { from: 0, to: last.to, before: monthText(before) };
    await appendAct(writer, { purpose: 'retention', detail });
    await remover.remove({ log, from: first.from, to: last.to, before });
  }
  // On every run: the one before may have ended between its steps, with nothing left for this one to archive.
  if (!isDryRun) await removeFromIndex(options);
  const deleted = await deleteOldArchives(options, new Set(months.map(({ month }) => monthText(month))));
  const kept = isDryRun ? [] : await remover.dropEmpty(before);
  return { log, before: monthText(before), archived, removed, deleted, kept };
}

/** The index must not name the subject of an entry longer than the entry is kept. */
async function removeFromIndex({ archive: { rows, log }, index }: RetentionOptions): Promise<void> {
  const first = (await rows.firstAnswer(log)) ?? (await rows.end(log))?.size ?? 0;
  if (first === 0) return;
  await index.removeBefore(log, Math.min(first, await statedRemovalEnd(rows, log)));
}

/**
 * Deletes old archives, but none of a month that this run found in the store. The deletion is on record before they go,
 * like a removal from the store.
 */
async function deleteOldArchives(
  options: RetentionOptions,
  inStore: ReadonlySet<string>,
): Promise<readonly string[]> {
  const { archive, writer, retention, now, isDryRun } = options;
  const folder = join(archive.folder, archive.log);
  if (!existsSync(folder)) return [];
  const kept = await firstMonthKept(archive.rows, archive.log, retention.archiveMonths, now);
  const old = readdirSync(folder)
    .filter((name) => /^\d{4}-\d{2}$/.test(name) && name < monthText(kept) && !inStore.has(name))
    .sort();
  for (const name of old) mustBeOld(join(folder, name), kept);
  if (old.length === 0 || isDryRun) return old;
  await appendAct(writer, {
    purpose: 'archive-removed',
    detail: { months: old, before: monthText(kept) },
  });
  for (const name of old) rmSync(join(folder, name), { recursive: true });
  syncFolder(folder);
  return old;
}

/** The folder's name is signed by nobody. Throws ArchiveNotGood where an entry in it is of a month that is kept. */
function mustBeOld(folder: string, kept: Month): void {
  for (const line of entryLinesIn(folder)) {
    const month = monthOf(timeIn(line));
    if (!(month < kept))
      throw new ArchiveNotGood(`${folder} holds entries of a later month than its name says`);
  }
}

/** The time that an entry states; NaN for a line that is none. */
function timeIn(line: string): number {
  try {
    const { answer } = JSON.parse(line) as { readonly answer?: { readonly time?: unknown } };
    return Number(answer?.time);
  } catch {
    return NaN;
  }
}
