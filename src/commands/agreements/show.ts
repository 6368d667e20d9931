import { parseArgs } from 'node:util';
import { isObjectType } from 'graphql';
import { isWithdrawnBy } from '../../agreements/shared/withdrawals.ts';
import { processEnvironment } from '../../config/settings.ts';
import type { GrantNode } from '../../policy/grant/grant.ts';
import { CommandFailure, onlyOne, UsageError, type CommandResult } from './command-result.ts';
import { argumentsText, conditionsOf } from './conditions.ts';
import { buildSchemaWithFacts, readGoodFolder, type SchemaWithFacts } from './read-folder.ts';

const NAME_WIDTH = 44;
const CATEGORY_WIDTH = 14;
const REGISTER_WIDTH = 14;

/** One agreement as a form. */
export function show(args: readonly string[]): CommandResult {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { dir: { type: 'string' } },
    allowPositionals: true,
  });
  const id = onlyOne(positionals, 'agreement id');
  const directory = values.dir ?? processEnvironment()['AGREEMENTS_DIR'];
  if (directory === undefined) throw new UsageError('--dir or AGREEMENTS_DIR is needed.');
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

/** A line a field: name with arguments, data category, register, and what the field is. */
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
