import { makeExecutableSchema } from '@graphql-tools/schema';
import { stitchSchemas } from '@graphql-tools/stitch';
import {
  buildASTSchema,
  Kind,
  parse,
  print,
  printSchema,
  type DefinitionNode,
  type DocumentNode,
  type GraphQLSchema,
} from 'graphql';
import type { RegisterName } from '../../registers.ts';
import { DEFAULT_REGISTERS } from '../../sources/default-registers.ts';
import type { RegisterDescriptor } from '../../sources/register-descriptor.ts';
import { GATEWAY_SOURCE, mergedTypes, mergeRootOf, readSchemaSources, standaloneSdl } from './subschemas.ts';

type Resolvers = NonNullable<Parameters<typeof makeExecutableSchema>[0]['resolvers']>;

/** Resolvers that run the stitched schema itself. Tests use it as an oracle and the benchmark as a peer; production never does. */
export interface StitchedResolvers {
  readonly registers: Readonly<Record<RegisterName, Resolvers>>;
  /** Our own roots as one more subschema, whose entities are stubs with a key. */
  readonly gateway: GraphQLSchema;
}

/**
 * Composes the registers' subschemas into one by type merging. Without resolvers the result describes types only:
 * in production a merged field is answered by a plan, because delegation takes the merge key from the answer.
 */
export function stitchRegisters(
  resolvers?: StitchedResolvers,
  registers: readonly RegisterDescriptor[] = DEFAULT_REGISTERS,
): GraphQLSchema {
  const sources = readSchemaSources(registers);
  const merged = mergedTypes(registers);
  const subschemas = [...sources].flatMap(([register, sdl]) => {
    if (register === GATEWAY_SOURCE) return [];
    const schema = makeExecutableSchema({
      typeDefs: standaloneSdl(sdl, merged),
      ...(resolvers ? { resolvers: resolvers.registers[register] ?? {} } : {}),
    });
    const merge = Object.fromEntries(
      [...merged].flatMap(([type, keyField]) =>
        schema.getQueryType()?.getFields()[mergeRootOf(type)]
          ? [
              [
                type,
                {
                  selectionSet: `{ ${keyField} }`,
                  fieldName: mergeRootOf(type),
                  key: (partial: Record<string, unknown>) => partial[keyField],
                  argsFromKeys: (keys: readonly unknown[]) => ({ keys }),
                },
              ] as const,
            ]
          : [],
      ),
    );
    return [{ schema, merge, batch: true }];
  });
  if (resolvers) return stitchSchemas({ subschemas: [...subschemas, { schema: resolvers.gateway }] });
  return stitchSchemas({ subschemas, typeDefs: withoutLabels(sources.get(GATEWAY_SOURCE) ?? '') });
}

/** The public schema: what callers see, validate against and introspect. */
export function composeSchema(registers: readonly RegisterDescriptor[] = DEFAULT_REGISTERS): GraphQLSchema {
  return buildASTSchema(withoutMergeRoots(parse(printSchema(stitchRegisters(undefined, registers)))));
}

function withoutMergeRoots(document: DocumentNode): DocumentNode {
  return {
    ...document,
    definitions: document.definitions.filter(isPublic).map((definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION && definition.name.value === 'Query'
        ? {
            ...definition,
            fields: (definition.fields ?? []).filter((field) => !field.name.value.startsWith('_')),
          }
        : definition,
    ),
  };
}

/** Labels are read from each register's own SDL; their definitions would mean nothing here. */
function isPublic(definition: DefinitionNode): boolean {
  return (
    definition.kind !== Kind.DIRECTIVE_DEFINITION &&
    !(definition.kind === Kind.ENUM_TYPE_DEFINITION && definition.name.value === 'DataCategory')
  );
}

/** The stitched schema carries no labels: they are read from each SDL. */
function withoutLabels(sdl: string): string {
  const document = parse(sdl);
  return document.definitions
    .map((definition) => print(definition).replaceAll(/ @(category\(of: \w+\)|minimised)/g, ''))
    .join('\n');
}
