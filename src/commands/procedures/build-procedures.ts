import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ProcedureFormat, type Procedure } from '../../prefill/procedures/procedure.ts';
import { listsIn } from '../command-line/csv-rows.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { proceduresFromLists } from './procedures-from-lists.ts';

/** The folder of the project's procedures. */
export const PROCEDURES_FOLDER = join(import.meta.dirname, '../../../schema/procedures');

export const buildProceduresCommand = buildSubcommand({
  details: `Writes a file for each procedure from the lists procedures.csv, forms.csv and components.csv, each as it is or with .gz.`,
  arguments: [['<dir>', 'folder with the lists']],
  options: { out: { value: 'DIR', meaning: 'folder of the procedures', default: PROCEDURES_FOLDER } },
  run: ({ out }, [folder = '']) => {
    const procedures = proceduresFromLists(listsIn(folder));
    for (const procedure of procedures) {
      writeFileSync(join(out, `${procedure.code}.json`), printProcedure(procedure));
    }
    return { output: `${procedures.length} procedures`, status: 0 };
  },
});

/** Prints a procedure with a line for each party, field and component, so that a change is read at a glance. */
export function printProcedure(procedure: Procedure): string {
  const { parties, fields, components, ...head } = ProcedureFormat.parse(procedure);
  const lines = (rows: readonly object[]): string =>
    rows.length === 0 ? '[]' : `[\n${rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n')}\n  ]`;
  const heads = Object.entries(head).map(
    ([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`,
  );
  return `{\n${[
    ...heads,
    `  "parties": ${lines(parties)}`,
    `  "fields": ${lines(fields)}`,
    `  "components": ${lines(components)}`,
  ].join(',\n')}\n}\n`;
}
