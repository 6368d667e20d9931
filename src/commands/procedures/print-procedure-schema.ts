import { jsonSchemaOf } from '../../prefill/procedures/json-schema.ts';
import { readProcedures } from '../../prefill/procedures/procedures.ts';
import { UsageError } from '../command-line/command-failure.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';

export const procedureSchemaCommand = buildSubcommand({
  details: `Prints a procedure's form as JSON Schema (draft 2020-12), with the party and the source of each field as x-party and x-source, so that
any form builder can use it.`,
  arguments: [['<code>', "the ministry's code, as 1.004222"]],
  options: {},
  run: (_values, [code = '']) => {
    const procedure = readProcedures(() => true).get(code);
    if (!procedure) throw new UsageError(`There is no procedure ${code}.`);
    return { output: JSON.stringify(jsonSchemaOf(procedure), undefined, 2), status: 0 };
  },
});
