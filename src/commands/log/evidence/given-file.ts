import { closeSync, constants, fstatSync, openSync } from 'node:fs';
import { readBounded, type OpenFile } from '../../../independent/verify/reading/readable-file.ts';
import { UsageError } from '../../command-line/command-failure.ts';

/** Pipes that the shell itself hands over (`<(...)`, /dev/stdin). Any other pipe may be one that nobody writes to. */
const OWN_PIPE = /^\/(?:dev\/(?:stdin|fd\/\d+)|proc\/self\/fd\/\d+)$/;

/** Opens a file that was named on the command line; links are followed. Throws UsageError for a device or pipe without end. */
export const openGivenFile: OpenFile = (path) => {
  const isPipe = OWN_PIPE.test(path);
  const file = orUsage(path, () =>
    openSync(path, isPipe ? constants.O_RDONLY : constants.O_RDONLY | constants.O_NONBLOCK),
  );
  const stat = fstatSync(file);
  if (stat.isFile() || (isPipe && (stat.isFIFO() || stat.isSocket()))) return file;
  closeSync(file);
  throw new UsageError(`${path} is not a file.`);
};

/** Throws UsageError where the file cannot be read or is longer than `most` bytes, since its content may be hostile. */
export function readGivenFile(path: string, most: number): Buffer {
  const bytes = orUsage(path, () => readBounded(path, most, openGivenFile));
  if (!bytes) throw new UsageError(`${path} is longer than ${most} bytes.`);
  return bytes;
}

function orUsage<T>(path: string, reading: () => T): T {
  try {
    return reading();
  } catch (cause) {
    if (cause instanceof UsageError) throw cause;
    throw new UsageError(`${path} cannot be read.`, { cause });
  }
}
