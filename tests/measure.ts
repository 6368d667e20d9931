import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { cyclesIn, filesUnder, importsOf, loadedFrom, placeOf, ROOT } from './support/code-graph.ts';

/** Prints how the source is shared out: `npm run measure`. */

const SRC = join(ROOT, 'src');
const files = filesUnder(SRC);
const linesOf = (file: string): number => readFileSync(file, 'utf8').trimEnd().split('\n').length;
const lines = new Map(files.map((file) => [file, linesOf(file)]));
const sumOf = (some: readonly string[]): number =>
  some.reduce((sum, file) => sum + (lines.get(file) ?? 0), 0);
const total = sumOf(files);
const loaded = loadedFrom(join(SRC, 'main.ts'));

function table(title: string, rows: readonly (readonly (string | number)[])[]): void {
  process.stdout.write(`\n${title}\n`);
  for (const [first = '', ...others] of rows) {
    process.stdout.write(
      `${String(first).padEnd(44)}${others.map((one) => String(one).padStart(9)).join('')}\n`,
    );
  }
}

const places = [...Map.groupBy(files, (file) => placeOf(file))].map(
  ([place, own]) => [place, own.length, sumOf(own), `${((100 * sumOf(own)) / total).toFixed(1)} %`] as const,
);
table(
  'folder, files, lines, share of src',
  places.toSorted((a, b) => b[2] - a[2]),
);

const shelves = [...Map.groupBy(files, (file) => dirname(file))]
  .map(([folder, own]) => [relative(ROOT, folder), own.length, sumOf(own)] as const)
  .toSorted((a, b) => b[1] - a[1]);
table('longest shelves: folder, files, lines', shelves.slice(0, 10));

const longest = [...lines].toSorted((a, b) => b[1] - a[1]).slice(0, 10);
table(
  'longest files: file, lines',
  longest.map(([file, count]) => [relative(ROOT, file), count]),
);

const fanIn = new Map<string, number>();
for (const file of files) {
  for (const target of new Set(importsOf(file))) fanIn.set(target, (fanIn.get(target) ?? 0) + 1);
}
const top = (counts: Iterable<readonly [string, number]>) =>
  [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, 10)
    .map(([file, count]) => [relative(ROOT, file), count]);
table('fan-in: file, importers', top(fanIn));
table('fan-out: file, imports', top(files.map((file) => [file, new Set(importsOf(file)).size] as const)));

table('in all', [
  ['files', files.length],
  ['lines', total],
  ['import cycles', cyclesIn(files).length],
  [
    'share of access-log in src',
    `${((100 * sumOf(files.filter((file) => placeOf(file) === 'access-log'))) / total).toFixed(1)} %`,
  ],
  ['files that the gateway loads', loaded.size],
  ['lines that the gateway loads', sumOf([...loaded])],
  [
    'files of independent/ that it loads',
    [...loaded].filter((file) => placeOf(file) === 'independent').length,
  ],
]);
