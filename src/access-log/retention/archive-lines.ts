import { closeSync, constants, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { basename, join } from 'node:path';
import { utf8Text } from '../../log-format/bytes.ts';
import { LineSplitter, MalformedLine } from '../../log-format/line-splitter.ts';

/** The sealed part of an archive is not what was written there, or its keys are not in the ring. */
export class ArchiveNotOpened extends Error {
  override readonly name = 'ArchiveNotOpened';
}

/**
 * Gives the lines of an archive's files in bounded memory. Throws ArchiveNotOpened for a malformed line and for bytes that
 * are not UTF-8, and the system's errors (a link is ELOOP).
 */
export function* archiveLines(paths: readonly string[]): Generator<string> {
  for (const path of paths) {
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      // A link, a device that never ends or a pipe that nobody writes to is no file of an archive.
      if (!fstatSync(file).isFile()) throw new ArchiveNotOpened(`${basename(path)} is no file`);
      yield* linesOf(path, file);
    } finally {
      closeSync(file);
    }
  }
}

/** Gives the entries of an archive, a line each. Throws as `archiveLines` does. */
export function entryLinesIn(folder: string): Generator<string> {
  const names = readdirSync(folder).filter((name) => /^entries-\d{6}\.ndjson$/.test(name));
  return archiveLines(names.sort().map((name) => join(folder, name)));
}

function* linesOf(path: string, file: number): Generator<string> {
  let isRead = false;
  const splitter = new LineSplitter({
    allocate: (length) => Buffer.allocUnsafe(length),
    read: (into) => {
      if (isRead) return null;
      const got = readSync(file, into);
      isRead = got === 0;
      return got;
    },
  });
  for (;;) {
    const line = nextLine(splitter, path);
    if (line === null) return;
    const text = utf8Text(line.subarray(1));
    if (text === null) throw new ArchiveNotOpened(`${basename(path)} holds bytes that are not UTF-8`);
    yield text;
  }
}

function nextLine(splitter: LineSplitter, path: string): Uint8Array | null {
  try {
    return splitter.next();
  } catch (cause) {
    if (!(cause instanceof MalformedLine)) throw cause;
    throw new ArchiveNotOpened(`${basename(path)} has ${cause.message}`, { cause });
  }
}
