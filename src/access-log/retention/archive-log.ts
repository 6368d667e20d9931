import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { LogRetention } from '../../config/settings/settings.ts';
import { syncFolder } from '../export/numbered-files.ts';
import type { RetentionDetail } from '../../log-format/entry-format.ts';
import type { IndexDatabase } from '../stores/index-database.ts';
import type { KeptPart, Remover } from '../stores/removal.ts';
import { appendAct, type ActWriter } from '../write/append-act.ts';
import { dueMonths, firstKept, monthText, type MonthRange } from './due-months.ts';
import { archiveMonth, type ArchiveParts } from './month-archive.ts';

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
  readonly archived: readonly (MonthRange & { readonly month: number })[];
  /** Months whose archives are deleted, `yyyy-mm`. */
  readonly deleted: readonly string[];
  /** Empty, and still in use: gone with a later run. */
  readonly kept: readonly KeptPart[];
}

/**
 * Archives and verifies every month that is due, appends the entry that states the removal, and removes, in this order:
 * nothing is ever gone without being on record and in an archive. The next run completes a run that was cut short.
 * Rejects with ArchiveNotGood, ArchiveNotOpened, RangeError, StoreFault and the system's errors.
 */
export async function archiveLog(options: RetentionOptions): Promise<RetentionResult> {
  const { archive, writer, remover, retention, now, isDryRun } = options;
  const { rows, log } = archive;
  const { before, months } = await dueMonths(rows, log, retention, now);
  if (!isDryRun) await remover.mustBeAllowed();
  if (!isDryRun) for (const month of months) await archiveMonth(archive, month);
  const first = months[0];
  const last = months.at(-1);
  if (first && last && !isDryRun) {
    // From 0 on, whatever was removed earlier: the entries that stated that leave with their month.
    const detail: RetentionDetail = { from: 0, to: last.to, before: monthText(before) };
    await appendAct(writer, { purpose: 'retention', detail });
    await remover.remove({ log, from: first.from, to: last.to, before });
  }
  // On every run: the one before may have ended between its steps, with nothing left for this one to archive.
  if (!isDryRun) await removeFromIndex(options);
  const deleted = await deleteOldArchives(options);
  const kept = isDryRun ? [] : await remover.dropEmpty(before);
  return { log, before: monthText(before), archived: months, deleted, kept };
}

/** The index must not name the subject of an entry longer than the entry is kept. */
async function removeFromIndex({ archive: { rows, log }, index }: RetentionOptions): Promise<void> {
  const first = (await rows.firstAnswer(log)) ?? (await rows.end(log))?.size ?? 0;
  await index.removeBefore(log, first);
}

/** Deletes old archives. The deletion is on record before they go, like a removal from the store. */
async function deleteOldArchives(options: RetentionOptions): Promise<readonly string[]> {
  const { archive, writer, retention, now, isDryRun } = options;
  const folder = join(archive.folder, archive.log);
  if (!existsSync(folder)) return [];
  const { before } = await dueMonths(
    archive.rows,
    archive.log,
    { ...retention, searchableMonths: retention.archiveMonths },
    now,
  );
  const kept = Math.min(before, firstKept(now, retention.archiveMonths));
  const old = readdirSync(folder)
    .filter((name) => /^\d{4}-\d{2}$/.test(name) && name < monthText(kept))
    .sort();
  if (old.length === 0 || isDryRun) return old;
  await appendAct(writer, {
    purpose: 'archive-removed',
    detail: { months: old, before: monthText(kept) },
  });
  for (const name of old) rmSync(join(folder, name), { recursive: true });
  syncFolder(folder);
  return old;
}
