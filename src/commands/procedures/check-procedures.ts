import { composeSchema } from '../../plan/schema/compose-schema.ts';
import { fieldAt } from '../../prefill/expand/coordinate-chain.ts';
import { readProcedures } from '../../prefill/procedures/procedures.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';

export const checkProceduresCommand = buildSubcommand({
  details:
    'Reads schema/procedures and prints every fault: a file that is no procedure, a coordinate that the schema does not have.',
  options: {},
  isJudging: true,
  run: () => {
    const schema = composeSchema();
    try {
      const procedures = readProcedures((chain) => fieldAt(schema, chain) !== undefined);
      const fields = [...procedures.values()].reduce((sum, { fields: own }) => sum + own.length, 0);
      return { output: `${procedures.size} procedures, ${fields} fields: no fault`, status: 0 };
    } catch (error) {
      return { output: error instanceof Error ? error.message : String(error), status: 1 };
    }
  },
});
