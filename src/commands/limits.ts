import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Limits } from '../config/limits.ts';
import { buildSubcommand } from './command-line/subcommand.ts';

/** The folder of the sources, above commands/. */
const SOURCES = join(import.meta.dirname, '..');
const EXPORTED = /^export const (\w+_LIMITS)\b/gm;

/** One line of the command's output. */
export interface PrintedLimit {
  /** `CONSTANT.name`, as it stands in the code. */
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly why: string;
  /** The file that exports it, below src/. */
  readonly file: string;
}

export const limitsCommand = buildSubcommand({
  details: `Prints all limits and times of the gateway: name, value, unit, reason, and the file below src/ in which it is set. They are found
in the code itself, so that none can be missing.`,
  options: { json: { meaning: 'prints the limits as JSON' } },
  run: async ({ json }) => {
    const limits = await gatherLimits();
    return { output: json ? JSON.stringify(limits, null, 2) : tableOf(limits), status: 0 };
  },
});

/** Finds every exported constant whose name ends in `_LIMITS`; a list kept by hand could forget one. */
export async function gatherLimits(): Promise<readonly PrintedLimit[]> {
  const limits: PrintedLimit[] = [];
  for (const file of sourceFiles(SOURCES)) {
    const names = [...readFileSync(file, 'utf8').matchAll(EXPORTED)].flatMap(([, name]) => name ?? []);
    if (names.length === 0) continue;
    const module = (await import(pathToFileURL(file).href)) as Readonly<Record<string, Limits | undefined>>;
    for (const constant of names) {
      for (const [name, limit] of Object.entries(module[constant] ?? {})) {
        limits.push({ name: `${constant}.${name}`, ...limit, file: relative(SOURCES, file) });
      }
    }
  }
  return limits;
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && extname(entry.name) === extname(import.meta.filename))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.endsWith('.d.ts'))
    .toSorted();
}

function tableOf(limits: readonly PrintedLimit[]): string {
  const rows = limits.map(({ name, value, unit, file, why }) => [
    name,
    value.toLocaleString('en'),
    unit,
    file,
    why,
  ]);
  const widths = [0, 1, 2, 3].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0),
        )
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
