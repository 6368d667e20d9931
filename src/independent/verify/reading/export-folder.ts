import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { LogFileFormat, type LogFile } from '../../../log-format/entry-format.ts';
import { HASH_BYTES } from '../../../log-format/tree/merkle-hash.ts';
import { isShallow } from './nesting-depth.ts';
import { read, readBounded, sizeOf } from './readable-file.ts';
import { Tampering } from '../faults/tampering.ts';

export const EXPORT_FOLDER_LIMITS = {
  lines: {
    value: 1_000_000,
    unit: 'lines',
    why: 'FORMAT.md, Export, gives each file at most a million lines.',
  },
  logFile: { value: 1 << 16, unit: 'bytes', why: 'log.json holds a name, two sizes and at most 53 hashes.' },
} as const;

export interface ExportFolder {
  readonly log: LogFile;
  /** Paths, in order. */
  readonly entries: readonly string[];
  readonly hashes: readonly string[];
  readonly openings: readonly string[];
  /** Path of the checkpoints; null for a log without entries, which nobody needs to have signed. */
  readonly checkpoints: string | null;
  /**
   * The number of hashes up to the end of each file of hashes. The file of entries beside it must end at the same
   * number.
   */
  readonly ends: readonly number[];
}

/** Throws Tampering for a file that is missing, that cannot be read or is no file of an export. */
export function openExport(folder: string): ExportFolder {
  const names = new Set(read(folder, () => readdirSync(folder)));
  const log = readLogFile(folder, names);
  const entries = numbered(names, 'entries', 'ndjson');
  const hashes = numbered(names, 'hashes', 'bin');
  if (entries.length !== hashes.length) {
    const [fewer, more] = entries.length < hashes.length ? ['entries', 'hashes'] : ['hashes', 'entries'];
    throw new Tampering('missing-file', null, `There are more files of ${more} than of ${fewer}.`);
  }
  const hasCheckpoints = names.has('checkpoints.ndjson');
  if (!hasCheckpoints && log.to > 0) throw missing('checkpoints.ndjson');
  const path = (name: string): string => join(folder, name);
  return {
    log,
    entries: entries.map(path),
    hashes: hashes.map(path),
    openings: [...names]
      .filter((name) => /^openings-\d{6}\.ndjson$/.test(name))
      .sort()
      .map(path),
    checkpoints: hasCheckpoints ? path('checkpoints.ndjson') : null,
    ends: endsOf(hashes.map(path)),
  };
}

function readLogFile(folder: string, names: ReadonlySet<string>): LogFile {
  if (!names.has('log.json')) throw missing('log.json');
  const bytes = readBounded(join(folder, 'log.json'), EXPORT_FOLDER_LIMITS.logFile.value);
  const parsed = LogFileFormat.safeParse(bytes ? jsonOf(bytes.toString('utf8')) : undefined);
  if (!parsed.success || parsed.data.from > parsed.data.to) {
    throw new Tampering('malformed-file', null, 'log.json is not as the format says.');
  }
  return parsed.data;
}

/** `stem-000001.extension` onwards; throws Tampering where one between is missing. */
function numbered(names: ReadonlySet<string>, stem: string, extension: string): readonly string[] {
  const pattern = new RegExp(`^${stem}-\\d{6}\\.${extension}$`);
  const found = [...names].filter((name) => pattern.test(name)).sort();
  found.forEach((name, at) => {
    const expected = `${stem}-${String(at + 1).padStart(6, '0')}.${extension}`;
    if (name !== expected) throw missing(expected);
  });
  return found;
}

function endsOf(paths: readonly string[]): readonly number[] {
  let total = 0;
  return paths.map((path, at) => {
    const size = sizeOf(path);
    if (size % HASH_BYTES !== 0 || size / HASH_BYTES > EXPORT_FOLDER_LIMITS.lines.value) {
      throw new Tampering('malformed-file', null, `File ${at + 1} of hashes does not hold 32 bytes a line.`);
    }
    total += size / HASH_BYTES;
    return total;
  });
}

/**
 * Parses JSON. Returns undefined, which no JSON is, for text that is no JSON, and for values that are nested too deeply
 * to be checked by recursion.
 */
export function jsonOf(text: string): unknown {
  try {
    const json: unknown = JSON.parse(text);
    return isShallow(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function missing(name: string): Tampering {
  return new Tampering('missing-file', null, `${name} is missing.`);
}
