import { closeSync, constants, fstatSync, lstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { Tampering } from '../faults/tampering.ts';

/** Gives a file's descriptor. Throws Tampering (`malformed-file`) for what is none that can be read to its end. */
export type OpenFile = (path: string) => number;

/**
 * Opens a file of an export. The maker of the export may have put in its place a device that never ends, a pipe that
 * nobody writes to, or a link to a file of the reader's: none of these is opened.
 */
export const openOwnFile: OpenFile = (path) =>
  read(path, () => {
    if (!lstatSync(path).isFile()) throw noFile(path);
    // Once more, of what was opened: it may have been exchanged in between.
    const file = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if (fstatSync(file).isFile()) return file;
    closeSync(file);
    throw noFile(path);
  });

/** Size of a file of an export, in bytes. */
export function sizeOf(path: string): number {
  const file = openOwnFile(path);
  try {
    return fstatSync(file).size;
  } finally {
    closeSync(file);
  }
}

/** All of it; null where it is longer than `most` bytes. */
export function readBounded(path: string, most: number, open: OpenFile = openOwnFile): Buffer | null {
  const file = open(path);
  try {
    const chunks: Buffer[] = [];
    let length = 0;
    for (;;) {
      const chunk = Buffer.allocUnsafe(Math.min(1 << 20, most + 1 - length));
      const got = read(path, () => readSync(file, chunk));
      if (got === 0) return Buffer.concat(chunks);
      chunks.push(chunk.subarray(0, got));
      length += got;
      if (length > most) return null;
    }
  } finally {
    closeSync(file);
  }
}

/**
 * Turns an error of the system (no right to the file, a bad disk) into a fault of the export. A crash would give no
 * verdict.
 */
export function read<T>(path: string, reading: () => T): T {
  try {
    return reading();
  } catch (error) {
    if (error instanceof Tampering || !(error instanceof Error) || !('code' in error)) throw error;
    throw new Tampering('malformed-file', null, `${basename(path)} cannot be read (${String(error.code)}).`);
  }
}

function noFile(path: string): Tampering {
  return new Tampering('malformed-file', null, `${basename(path)} is no file.`);
}
