import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyRing } from '../../config/secrets.ts';
import { makeEmptyFolder, NumberedFiles } from '../export/numbered-files.ts';
import { linesOfAnswer } from '../export/opening-lines.ts';
import { LogFileFormat, type LogFile } from '../format/entry-format.ts';
import { ArchiveNotOpened, openArchive } from './sealed-part.ts';

/** Of an archive, what an export has too. */
const SHARED = /^(entries-\d{6}\.ndjson|hashes-\d{6}\.bin|checkpoints\.ndjson)$/;
const LOG_FILE = 'log.json';

/**
 * An archive as an export with openings, which says with whom every entry is about: from its files and the keys of SECRETS_DIR alone.
 * What it says is for verify-log to check. Throws ArchiveNotOpened, FolderNotEmpty and the system's errors.
 */
export function exportArchive(archive: string, folder: string, ring: KeyRing): LogFile {
  const logText = readFileSync(join(archive, LOG_FILE), 'utf8');
  const file = logFileOf(logText);
  makeEmptyFolder(folder);
  const openings = new NumberedFiles(folder, 'openings', 'ndjson');
  for (const { firstLeaf, answers } of openArchive(archive, file.log, ring)) {
    let leaf = firstLeaf;
    for (const answer of answers) {
      for (const line of linesOfAnswer(answer, leaf)) openings.writeLine(line);
      leaf += answer.entries.length;
    }
  }
  openings.close();
  // Without `log.json` it is no export: hence last.
  const shared = readdirSync(archive).filter((name) => SHARED.test(name));
  for (const name of [...shared, LOG_FILE]) copyFileSync(join(archive, name), join(folder, name));
  return file;
}

function logFileOf(text: string): LogFile {
  try {
    return LogFileFormat.parse(JSON.parse(text));
  } catch (cause) {
    throw new ArchiveNotOpened('log.json of the archive is not as the format says', { cause });
  }
}
