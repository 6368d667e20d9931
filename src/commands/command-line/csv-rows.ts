import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';

/** One row of a list, by the names of its columns. */
export type CsvRow = Readonly<Record<string, string>>;

/** Reads a list with a row of names (RFC 4180). Throws where a row has other columns. */
export function csvRows(text: string): readonly CsvRow[] {
  return parse(text, { columns: true, bom: true, skip_empty_lines: true });
}

/** The value in a column. Throws where the list has no such column. */
export function cell(row: CsvRow, column: string): string {
  const value = row[column];
  if (value === undefined) throw new Error(`the list has no column ${column}`);
  return value;
}

/** Reads one list of a folder by its name, such as `forms.csv`. */
export type ListReader = (name: string) => string;

/** Reads the lists of a folder, compressed (`.gz`) or not. Throws where one is missing. */
export function listsIn(folder: string): ListReader {
  return (name) => {
    try {
      return gunzipSync(readFileSync(join(folder, `${name}.gz`))).toString('utf8');
    } catch {
      return readFileSync(join(folder, name), 'utf8');
    }
  };
}
