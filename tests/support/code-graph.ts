import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseSync } from 'oxc-parser';

export const ROOT = resolve(import.meta.dirname, '../..');

/** All TypeScript files below a folder. */
export function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

/** Every module that a file names, types and dynamic imports included. */
export function importsOf(file: string): readonly string[] {
  const { module } = parseSync(file, readFileSync(file, 'utf8'));
  const statics = [
    ...module.staticImports.map((one) => one.moduleRequest.value),
    ...module.staticExports.flatMap((one) =>
      one.entries.flatMap((entry) => (entry.moduleRequest ? [entry.moduleRequest.value] : [])),
    ),
  ];
  return statics.filter((name) => name.startsWith('.')).map((name) => resolve(dirname(file), name));
}

/** Modules that a file starts as threads. */
export function threadsOf(file: string): readonly string[] {
  const found = readFileSync(file, 'utf8').matchAll(/new URL\('(\.[^']*\.ts)', import\.meta\.url\)/g);
  return [...found].map(([, name = '']) => resolve(dirname(file), name));
}

/** Every package and module of Node that a file names. */
export function packagesOf(file: string): readonly string[] {
  const { module } = parseSync(file, readFileSync(file, 'utf8'));
  return [...module.staticImports, ...module.staticExports.flatMap((one) => one.entries)].flatMap(
    ({ moduleRequest }) =>
      moduleRequest && !moduleRequest.value.startsWith('.') ? [moduleRequest.value] : [],
  );
}

/** Names under which a file exports anything, types included. */
export function exportedBy(file: string): readonly string[] {
  const { module } = parseSync(file, readFileSync(file, 'utf8'));
  return module.staticExports.flatMap((one) =>
    one.entries.flatMap(({ exportName }) => exportName.name ?? []),
  );
}

/** The folder or file directly below src that holds a file. */
export function placeOf(file: string): string {
  return relative(join(ROOT, 'src'), file).split('/')[0] ?? '';
}

/** A file's code, in which a comment may name what the code must not. */
export function withoutComments(file: string): string {
  const text = readFileSync(file, 'utf8');
  return parseSync(file, text).comments.reduceRight(
    (rest, { start, end }) => rest.slice(0, start) + rest.slice(end),
    text,
  );
}

/** Import cycles, types included, each as the files on it. */
export function cyclesIn(files: readonly string[]): readonly (readonly string[])[] {
  const graph = new Map(files.map((file) => [file, importsOf(file)]));
  const done = new Set<string>();
  const cycles: string[][] = [];
  const visit = (file: string, trail: readonly string[]): void => {
    if (done.has(file)) return;
    const start = trail.indexOf(file);
    if (start >= 0) {
      cycles.push([...trail.slice(start), file].map((one) => relative(ROOT, one)));
      return;
    }
    for (const target of graph.get(file) ?? []) visit(target, [...trail, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return cycles;
}

/** Files of src that the gateway loads once it starts from `main`, its threads included; mocks are left out. */
export function loadedFrom(main: string): ReadonlySet<string> {
  const reached = new Set<string>();
  const waiting = [main];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (reached.has(file) || !file.startsWith(join(ROOT, 'src'))) continue;
    reached.add(file);
    waiting.push(...importsOf(file), ...threadsOf(file));
  }
  return reached;
}
