import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { tablesFromReference, type ReferenceReader } from './tables-from-reference.ts';

/** The folder of the product's tables. */
export const UNIT_TABLES_FOLDER = join(import.meta.dirname, '../../units/tables');

export const buildUnitsCommand = buildSubcommand({
  details: `Writes the tables of administrative units from the reference lists: communes_new.csv, communes_old_20250301.csv, old_to_new.csv,
communes_ended.csv, provinces_old.csv and provinces_new.json, each as it is or with .gz.`,
  arguments: [['<dir>', 'folder with the reference lists']],
  options: { out: { value: 'DIR', meaning: 'folder of the tables', default: UNIT_TABLES_FOLDER } },
  run: ({ out }, [folder = '']) => {
    const tables = tablesFromReference(referenceIn(folder));
    const lines = [...tables].map(([name, text]) => {
      writeFileSync(join(out, name), text);
      return `${name}\t${text.split('\n').length - 1} units`;
    });
    return { output: lines.join('\n'), status: 0 };
  },
});

/** Reads the lists of a folder, compressed or not. Throws where one is missing. */
export function referenceIn(folder: string): ReferenceReader {
  return (name) => {
    try {
      return gunzipSync(readFileSync(join(folder, `${name}.gz`))).toString('utf8');
    } catch {
      return readFileSync(join(folder, name), 'utf8');
    }
  };
}
