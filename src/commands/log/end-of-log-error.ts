import { RestoreRefused } from '../../access-log/continuity/restore/find-loss.ts';
import { FolderNotEmpty } from '../../access-log/export/export-folder-writer.ts';
import { GroupNotOpened } from '../../access-log/export/opening-lines.ts';
import { EntriesMissing } from '../../access-log/retention/due-months.ts';
import { ArchiveNotGood } from '../../access-log/retention/month-archive.ts';
import { ArchiveNotOpened } from '../../access-log/retention/archive-lines.ts';
import { withAdvice } from '../../access-log/stores/fault-advice.ts';
import { StoreFault } from '../../access-log/stores/log-store.ts';
import { SettingFaults } from '../../config/settings/setting-faults.ts';
import type { EndOfError } from '../command-line/command-end.ts';

const EXPECTED = [
  StoreFault,
  FolderNotEmpty,
  GroupNotOpened,
  RestoreRefused,
  ArchiveNotGood,
  EntriesMissing,
  ArchiveNotOpened,
  RangeError,
] as const;

/** Status 1, with advice, where the settings, the store, an archive or the operating system stops a command of the access log. */
export const endOfLogError: EndOfError = (error) => {
  if (!(error instanceof Error)) return null;
  if (error instanceof SettingFaults) return { status: 1, message: error.faults.join('\n') };
  const code = 'code' in error ? String(error.code) : '';
  // Codes such as ENOENT, EACCES and ENOSPC are the operating system's.
  const isExpected = /^E[A-Z]+$/.test(code) || EXPECTED.some((one) => error instanceof one);
  return isExpected ? { status: 1, message: withAdvice(error.message) ?? error.message } : null;
};
