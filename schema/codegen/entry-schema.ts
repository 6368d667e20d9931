import type { PluginFunction } from '@graphql-codegen/plugin-helpers';
import { z } from 'zod';
import { EntryFormat } from '../../src/log-format/entry-format.ts';

/** Writes the JSON Schema of an entry of the access log, for readers that are not ours. */
export const plugin: PluginFunction = () => {
  const { $schema, ...schema } = z.toJSONSchema(EntryFormat, { target: 'draft-2020-12' });
  const entry = {
    $schema,
    title: 'Entry of the access log, versions 1 and 2',
    description: 'What each field means stands in FORMAT.md. Written by codegen.ts; not edited.',
    ...schema,
  };
  return `${JSON.stringify(entry, undefined, 2)}\n`;
};
