import { isObjectType } from 'graphql';
import { isWithdrawnBy } from '../../agreements/shared/withdrawals.ts';
import { readEnvironment } from '../../config/settings/read-environment.ts';
import type { GrantNode } from '../../policy/grant/grant.ts';
import { CommandFailure, UsageError } from '../command-line/command-failure.ts';
import type { CommandResult } from '../command-line/command-result.ts';
import { buildSubcommand } from '../command-line/subcommand.ts';
import { argumentsText, conditionsOf } from './conditions.ts';
import { buildSchemaWithFacts, readGoodFolder, type SchemaWithFacts } from './read-agreements.ts';

const NAME_WIDTH = 44;
const CATEGORY_WIDTH = 14;
const REGISTER_WIDTH = 14;

export const showAgreementCommand = buildSubcommand({
  details:
    'Prints one agreement as a form: its conditions, and each field of its grant with data category, register and description.',
  arguments: [['<id>', 'the id of the agreement']],
  options: { dir: { value: 'DIR', meaning: 'the folder of agreements, in place of AGREEMENTS_DIR' } },
  run: (values, [id = '']) => {
    const directory = values.dir ?? readEnvironment()['AGREEMENTS_DIR'];
    if (directory === undefined) throw new UsageError('Give --dir DIR, or set AGREEMENTS_DIR.');
    return showAgreement(id, directory);
  },
});

/** Throws CommandFailure where the folder has faults, or no such agreement. */
export function showAgreement(id: string, directory: string): CommandResult {
  const schema = buildSchemaWithFacts();
  const { agreements, withdrawals } = readGoodFolder(directory, schema);
  const agreement = agreements.find((one) => one.id === id);
  if (!agreement) {
    throw new CommandFailure(`There is no ${id}; there are ${agreements.map((one) => one.id).join(', ')}.`);
  }
  const conditions = conditionsOf(agreement);
  const width = Math.max(...[...conditions.keys()].map((label) => label.length));
  const state = isWithdrawnBy(withdrawals.agreements, agreement) ? ', withdrawn' : '';
  const lines = [
    `Agreement ${id}, version ${agreement.version}${state}`,
    ...[...conditions].map(([label, text]) => `  ${label.padEnd(width)}  ${text}`),
    '',
    'Grant',
    ...treeOf(agreement.grant, schema, '  '),
  ];
  return { output: lines.join('\n'), status: 0 };
}

/** Prints a line for each field: name with arguments, data category, register and description. */
function treeOf(grant: GrantNode, schema: SchemaWithFacts, indent: string): readonly string[] {
  return [...grant.fields].flatMap(([name, field]) => {
    const fact = schema.facts.of(field.coordinate);
    const columns = [
      `${indent}${name}${argumentsText(field.arguments)}`.padEnd(NAME_WIDTH),
      (fact?.category ?? '').padEnd(CATEGORY_WIDTH),
      (fact?.register ?? '').padEnd(REGISTER_WIDTH),
      descriptionOf(field.coordinate, schema),
    ];
    const line = columns.join(' ').trimEnd();
    const below = field.selection ? treeOf(field.selection, schema, `${indent}  `) : [];
    const possible = [...(field.possible ?? [])].flatMap(([typeName, node]) => [
      `${indent}  of ${typeName}`,
      ...treeOf(node, schema, `${indent}    `),
    ]);
    return [line, ...below, ...possible];
  });
}

function descriptionOf(coordinate: string, { schema }: SchemaWithFacts): string {
  const [typeName = '', fieldName = ''] = coordinate.split('.');
  const type = schema.getType(typeName);
  const description = isObjectType(type) ? type.getFields()[fieldName]?.description : undefined;
  return description?.replaceAll(/\s+/g, ' ') ?? '';
}
