import { readFileSync } from 'node:fs';
import { Kind, parse } from 'graphql';
import type { RegisterName } from '../../registers.ts';
import { DEFAULT_REGISTERS } from '../../sources/default-registers.ts';
import { schemaFile, type RegisterDescriptor } from '../../sources/register-descriptor.ts';

/** SDL by register, and the gateway's own roots. */
export type SchemaSources = ReadonlyMap<RegisterName, string>;

/** Stands in SchemaSources for the gateway's own roots. */
export const GATEWAY_SOURCE = 'gateway';

/** The directives' definitions, for every SDL that uses them. */
export function readDirectives(): string {
  return readSchemaFile('directives.graphql');
}

/** Read at start-up; throws where a file of schema/ is missing. */
export function readSchemaSources(
  registers: readonly RegisterDescriptor[] = DEFAULT_REGISTERS,
): SchemaSources {
  const sources = new Map<RegisterName, string>();
  for (const { name, sdl } of registers) sources.set(name, readFileSync(sdl, 'utf8'));
  const own = [
    'roots.graphql',
    'access-log.graphql',
    'units.graphql',
    'prefill.graphql',
    'form-ledger.graphql',
    'centre.graphql',
    'alerts.graphql',
  ].map(readSchemaFile);
  sources.set(GATEWAY_SOURCE, own.join('\n'));
  return sources;
}

function readSchemaFile(name: string): string {
  return readFileSync(schemaFile(name), 'utf8');
}

/** Entity types with a key in the schema, and that key's field. */
export function mergedTypes(registers: readonly RegisterDescriptor[]): ReadonlyMap<string, string> {
  const merged = new Map<string, string>();
  for (const { binding } of registers) {
    for (const [type, { keyField }] of Object.entries(binding.entities))
      if (keyField) merged.set(type, keyField);
  }
  return merged;
}

/** Name of the root by which type merging looks entities up in a subschema; never part of the public schema. */
export function mergeRootOf(type: string): string {
  return `_${type}`;
}

/** A register's SDL as a schema of its own: with the directives, and a merge root for each entity it speaks of. */
export function standaloneSdl(sdl: string, merged: ReadonlyMap<string, string>): string {
  const types = parse(sdl).definitions.flatMap((definition) =>
    definition.kind === Kind.OBJECT_TYPE_DEFINITION && merged.has(definition.name.value)
      ? [definition.name.value]
      : [],
  );
  const hasQuery = /^type Query\b/m.test(sdl);
  const roots = types.map((type) => `  ${mergeRootOf(type)}(keys: [ID!]!): [${type}]!`).join('\n');
  // A stub of another register's entity must exist for the link to resolve, even where it adds no field.
  return `${readDirectives()}\n${stubsFor(sdl, merged)}\n${sdl}\n${hasQuery ? 'extend type' : 'type'} Query {\n${roots}\n}\n`;
}

function stubsFor(sdl: string, merged: ReadonlyMap<string, string>): string {
  const stubs: string[] = [];
  for (const [type, key] of merged) {
    const isUsed = new RegExp(`:\\s*\\[?${type}\\b`).test(sdl);
    const isDefined = new RegExp(`^type ${type}\\b`, 'm').test(sdl);
    if (isUsed && !isDefined) stubs.push(`type ${type} { ${key}: ID @joinKey }`);
  }
  return stubs.join('\n');
}
