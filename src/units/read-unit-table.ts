import { readFileSync } from 'node:fs';

/** Reads a table of `tables/` (its README names the columns): one unit a row, each with all columns. */
export function readUnitTable(name: string): readonly (readonly string[])[] {
  const text = readFileSync(new URL(`tables/${name}.tsv`, import.meta.url), 'utf8');
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
}
