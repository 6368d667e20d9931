import { FolderNotEmpty } from '../../access-log/export/export-folder-writer.ts';
import { GroupNotOpened } from '../../access-log/export/opening-lines.ts';
import { RestoreRefused } from '../../access-log/continuity/restore/find-loss.ts';
import { ArchiveNotGood } from '../../access-log/retention/month-archive.ts';
import { ArchiveNotOpened } from '../../access-log/retention/archive-lines.ts';
import { withAdvice } from '../../access-log/stores/fault-advice.ts';
import { StoreFault } from '../../access-log/stores/log-store.ts';
import { SettingFaults } from '../../config/settings.ts';
import { CommandFailure, UsageError } from '../agreements/command-result.ts';

/** Runs it to its end: status 1 where something is wrong with what was found or given, 2 where the arguments cannot be meant. */
export async function runCommand(usage: string, command: () => Promise<void>): Promise<void> {
  try {
    await command();
  } catch (error) {
    const end = endOf(error);
    if (!end) throw error;
    process.stderr.write(end.status === 2 ? `${end.message}\n${usage}\n` : `${end.message}\n`);
    process.exitCode = end.status;
  }
}

/** Null for a fault of the program, whose trace is wanted. */
function endOf(error: unknown): { readonly status: 1 | 2; readonly message: string } | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error ? String(error.code) : '';
  if (error instanceof UsageError || code.startsWith('ERR_PARSE_ARGS_')) {
    return { status: 2, message: error.message };
  }
  if (error instanceof SettingFaults) return { status: 1, message: error.faults.join('\n') };
  const isExpected =
    error instanceof CommandFailure ||
    error instanceof StoreFault ||
    error instanceof FolderNotEmpty ||
    error instanceof GroupNotOpened ||
    error instanceof RestoreRefused ||
    error instanceof ArchiveNotGood ||
    error instanceof ArchiveNotOpened ||
    error instanceof RangeError;
  // Of the system: no such folder, no right to it, no room.
  const isOfSystem = /^E[A-Z]+$/.test(code);
  return isExpected || isOfSystem ? { status: 1, message: withAdvice(error.message) ?? error.message } : null;
}
