import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyRing } from '../../config/secrets/key-rings.ts';
import { ExportFolderWriter } from '../export/export-folder-writer.ts';
import { linesOfAnswer } from '../export/opening-lines.ts';
import { LogFileFormat, type LogFile } from '../../log-format/entry-format.ts';
import { ArchiveNotOpened } from './archive-lines.ts';
import { openArchive } from './sealed-part.ts';

/** Files that an archive shares with an export. */
const SHARED = /^(entries-\d{6}\.ndjson|hashes-\d{6}\.bin|checkpoints\.ndjson)$/;
const LOG_FILE = 'log.json';

/**
 * Writes an archive as an export with openings, which name the subject of every entry, from its files and the keys of
 * SECRETS_DIR alone. verify-log checks what it says. Throws ArchiveNotOpened, FolderNotEmpty and the system's errors,
 * and leaves nothing then.
 */
export function exportArchive(archive: string, folder: string, ring: KeyRing): LogFile {
  const file = readArchiveFile(archive);
  const made = new ExportFolderWriter(folder);
  try {
    fillFolder(made, archive, file.log, ring);
  } catch (error) {
    made.discard();
    throw error;
  }
  return file;
}

/** Reads the name and the extent of an archive. Throws ArchiveNotOpened and the system's errors. */
export function readArchiveFile(archive: string): LogFile {
  return logFileOf(readFileSync(join(archive, LOG_FILE), 'utf8'));
}

function fillFolder(folder: ExportFolderWriter, archive: string, log: string, ring: KeyRing): void {
  const openings = folder.numbered('openings', 'ndjson');
  for (const { firstLeaf, answers } of openArchive(archive, log, ring)) {
    let leaf = firstLeaf;
    for (const answer of answers) {
      for (const line of linesOfAnswer(answer, leaf)) openings.writeLine(line);
      leaf += answer.entries.length;
    }
  }
  openings.close();
  // Without `log.json` it is no export: hence last.
  const shared = readdirSync(archive).filter((name) => SHARED.test(name));
  for (const name of [...shared, LOG_FILE]) folder.copy(join(archive, name), name);
}

function logFileOf(text: string): LogFile {
  try {
    return LogFileFormat.parse(JSON.parse(text));
  } catch (cause) {
    throw new ArchiveNotOpened('log.json of the archive is not as the format says', { cause });
  }
}
