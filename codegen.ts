import { mkdirSync, writeFileSync } from 'node:fs';
import { getNamedType, isObjectType, printSchema } from 'graphql';
import { z } from 'zod';
import { EntryFormat } from './src/log-format/entry-format.ts';
import { composeSchema } from './src/plan/schema/compose-schema.ts';
import { readSchemaSources } from './src/plan/schema/subschemas.ts';
import { readFieldFacts } from './src/sources/field-facts.ts';

/**
 * Writes what is derived from the registers' SDL, schema/gateway.graphql and src/generated/, and from the access log's
 * format, schema/access-log/entry.schema.json. A test finds drift.
 */
export function generate(): ReadonlyMap<string, string> {
  const schema = composeSchema();
  const { facts, faults } = readFieldFacts(readSchemaSources());
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const coordinates = [...facts.coordinates()].map(({ coordinate }) => coordinate).sort();
  const leading = coordinates.filter((coordinate) => {
    const [typeName = '', fieldName = ''] = coordinate.split('.');
    const type = schema.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
    return field && isObjectType(getNamedType(field.type));
  });
  const union = (name: string, doc: string, members: readonly string[]): string =>
    `/** ${doc} */\nexport type ${name} =\n${members.map((one) => `  | '${one}'`).join('\n')};\n`;
  return new Map([
    [
      'schema/gateway.graphql',
      `# Written by codegen.ts from the registers' SDL; not edited.\n\n${printSchema(schema)}\n`,
    ],
    [
      'src/generated/coordinates.ts',
      `// Written by codegen.ts; not edited.\n\n${union('Coordinate', 'Every labelled field of the schema.', coordinates)}\n${union('ObjectCoordinate', 'Fields that lead to an object.', leading)}`,
    ],
    ['schema/access-log/entry.schema.json', `${JSON.stringify(entrySchema(), undefined, 2)}\n`],
  ]);
}

function entrySchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(EntryFormat, { target: 'draft-2020-12' });
  return {
    $schema,
    title: 'Entry of the access log, version 1',
    description: 'What each field means stands in FORMAT.md. Written by codegen.ts; not edited.',
    ...schema,
  };
}

if (process.argv[1] === import.meta.filename) {
  mkdirSync(new URL('src/generated/', import.meta.url), { recursive: true });
  for (const [file, content] of generate()) {
    writeFileSync(new URL(file, import.meta.url), content);
    process.stdout.write(`${file}\n`);
  }
}
