import { makeExecutableSchema } from '@graphql-tools/schema';
import {
  concatAST,
  defaultFieldResolver,
  execute,
  getOperationAST,
  getVariableValues,
  parse,
  printSchema,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { composeSchema, stitchRegisters } from '../../../src/plan/schema/compose-schema.ts';
import { readDirectives, readSchemaSources } from '../../../src/plan/schema/subschemas.ts';
import { decideConditions, withoutFilling } from './decide-conditions.ts';
import { checked, checkedItems, type OracleContext } from './record-loaders.ts';
import { buildRegisterResolvers } from './record-resolvers.ts';
import { GATEWAY_RESOLVERS, type Resolvers } from './root-resolvers.ts';

export interface OracleRequest {
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** graphql-js over the public schema, with resolvers of the four registers side by side. */
export function buildPlainSchema(schema: GraphQLSchema = composeSchema()): GraphQLSchema {
  const merged: Record<string, Record<string, unknown>> = {};
  for (const resolvers of [...Object.values(buildRegisterResolvers(true)), GATEWAY_RESOLVERS]) {
    for (const [type, fields] of Object.entries(resolvers)) {
      const own = Object.entries(fields as object).filter(([field]) => !field.startsWith('_'));
      merged[type] = { ...merged[type], ...Object.fromEntries(own) };
    }
  }
  for (const [type, fields] of Object.entries(merged))
    if (Object.keys(fields).length === 0) delete merged[type];
  return makeExecutableSchema({ typeDefs: printSchema(schema), resolvers: merged as Resolvers });
}

/**
 * The stitched schema run by delegation, as graphql-tools does it. `checksAnchors` makes links ask the population
 * register whether their citizen exists, as the contract wants; plain stitching does not.
 */
export function buildStitchedSchema(checksAnchors = true): GraphQLSchema {
  const sources = readSchemaSources();
  const stubs = parse(`type Query input CitizenMatch { fullName: String! birthDate: String! }
    type Citizen { personalId: ID } type Business { code: ID } type LandParcel { id: ID }`);
  const gateway = makeExecutableSchema({
    typeDefs: concatAST([parse(readDirectives()), stubs, parse(sources.get('gateway') ?? '')]),
    resolvers: GATEWAY_RESOLVERS,
  });
  return stitchRegisters({ registers: buildRegisterResolvers(checksAnchors), gateway });
}

function argumentsOf(schema: GraphQLSchema, { document, variables, operationName }: OracleRequest) {
  return { schema, document, variableValues: variables, operationName: operationName ?? null };
}

/** Leaves of rows have no resolver of their own; a broken one must not be answered. */
export async function runPlain(
  schema: GraphQLSchema,
  context: OracleContext,
  request: OracleRequest,
): Promise<ExecutionResult> {
  return execute({
    ...argumentsOf(schema, request),
    contextValue: context,
    fieldResolver: (source: unknown, args: Record<string, unknown>, own: unknown, info) =>
      checkedItems(checked(defaultFieldResolver(source, args, own, info))),
  });
}

/** As the operation stands: wrong where tests/plan/oracles.test.ts says so. */
export async function runStitched(
  schema: GraphQLSchema,
  context: OracleContext,
  request: OracleRequest,
): Promise<ExecutionResult> {
  return execute({
    ...argumentsOf(schema, request),
    // Fresh for each request: batch delegation shares its loaders by this object.
    contextValue: { ...context },
  });
}

/** With conditions decided before, because delegation gets them wrong. */
export async function runStitchedWithoutConditions(
  schema: GraphQLSchema,
  context: OracleContext,
  request: OracleRequest,
): Promise<{ readonly data: unknown; readonly errors: ExecutionResult['errors'] }> {
  const { document, variables, operationName } = request;
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error('no such operation');
  const { coerced = {} } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  const decided = decideConditions(document, coerced);
  const { data, errors } = await runStitched(schema, context, { ...request, document: decided });
  return { data: withoutFilling(data), errors };
}

/** An answer as two engines must agree on it: data with its order of keys, and errors as code and path. */
export function comparable(answer: {
  readonly data?: unknown;
  readonly errors?: readonly { readonly path?: readonly (string | number)[] | undefined }[] | undefined;
}): { readonly data: string; readonly errors: readonly string[] } {
  const errors = (answer.errors ?? []).map((error) => {
    const extensions: unknown = 'extensions' in error ? error.extensions : error;
    return `${(error.path ?? []).join('.')} ${String(Object(extensions)['code'] ?? Object(error)['message'])}`;
  });
  return { data: JSON.stringify(answer.data), errors: errors.sort() };
}

/** Errors without list indexes, each once: delegation asks an entity once and puts its errors at any place of it. */
export function errorsAnywhere(errors: readonly string[]): readonly string[] {
  return [...new Set(errors.map((error) => error.replaceAll(/\.\d+\b/g, '.*')))].sort();
}

/**
 * Errors as delegation can tell them, each once: the last field with its code. It puts the errors of one subtree that is
 * asked under two names at the first of them.
 */
export function errorsByField(errors: readonly string[]): readonly string[] {
  return [...new Set(errorsAnywhere(errors).map((error) => error.slice(error.lastIndexOf('.') + 1)))].sort();
}
