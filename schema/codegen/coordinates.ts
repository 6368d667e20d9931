import type { PluginFunction } from '@graphql-codegen/plugin-helpers';
import { getNamedType, isObjectType } from 'graphql';
import { readSchemaSources } from '../../src/plan/schema/subschemas.ts';
import { readFieldFacts } from '../../src/sources/field-facts.ts';

/** Writes the union types of the labelled fields' schema coordinates, so that a binding that names another one does not compile. */
export const plugin: PluginFunction = (schema) => {
  const { facts, faults } = readFieldFacts(readSchemaSources());
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const coordinates = [...facts.coordinates()].map(({ coordinate }) => coordinate).sort();
  const leading = coordinates.filter((coordinate) => {
    const [typeName = '', fieldName = ''] = coordinate.split('.');
    const type = schema.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[fieldName] : undefined;
    return field && isObjectType(getNamedType(field.type));
  });
  return [
    '// Written by codegen.ts; not edited.\n',
    union('Coordinate', 'Every labelled field of the schema.', coordinates),
    union('ObjectCoordinate', 'Fields that lead to an object.', leading),
  ].join('\n');
};

function union(name: string, doc: string, members: readonly string[]): string {
  return `/** ${doc} */\nexport type ${name} =\n${members.map((one) => `  | '${one}'`).join('\n')};\n`;
}
