import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listsIn } from '../command-line/csv-rows.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { tablesFromReference } from './tables-from-reference.ts';

/** The folder of the product's tables. */
export const UNIT_TABLES_FOLDER = join(import.meta.dirname, '../../units/tables');

export const buildUnitsCommand = buildSubcommand({
  details: `Writes the tables of administrative units from the reference lists: communes_new.csv, communes_old_20250301.csv, old_to_new.csv,
communes_ended.csv, provinces_old.csv and provinces_new.json, each as it is or with .gz.`,
  arguments: [['<dir>', 'folder with the reference lists']],
  options: { out: { value: 'DIR', meaning: 'folder of the tables', default: UNIT_TABLES_FOLDER } },
  run: ({ out }, [folder = '']) => {
    const tables = tablesFromReference(listsIn(folder));
    const lines = [...tables].map(([name, text]) => {
      writeFileSync(join(out, name), text);
      return `${name}\t${text.split('\n').length - 1} units`;
    });
    return { output: lines.join('\n'), status: 0 };
  },
});
