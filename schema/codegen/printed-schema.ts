import type { PluginFunction } from '@graphql-codegen/plugin-helpers';
import { printSchema } from 'graphql';

/** Prints the schema that all registers make together, as clients see it. */
export const plugin: PluginFunction = (schema) =>
  `# Written by codegen.ts from the registers' SDL; not edited.\n\n${printSchema(schema)}\n`;
