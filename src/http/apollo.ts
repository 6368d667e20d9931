import {
  ApolloServer,
  HeaderMap,
  type ApolloServerPlugin,
  type GraphQLResponse,
  type HTTPGraphQLHead,
} from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { GraphQLError, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { GatewayError, type ErrorCode } from '../errors.ts';
import { UserInputError } from '../operation/user-input-error.ts';
import type { ExplainedAnswer, ReceivedOperation } from '../pipeline.ts';
import type { Exchange } from '../request/exchange.ts';
import { legalBasisOf } from '../policy/agreement/reasons.ts';
import { describeError, type Log } from '../telemetry/log.ts';
import { buildDocumentStore } from './document-store.ts';
import { toSafeError } from './safe-errors.ts';
import { fieldError, refusalError, type HttpAnswer } from './refusal.ts';

/**
 * Apollo hashes every query with `createHash`, which costs more than its parsing does here once the document is known,
 * and keeps a native object alive through the next collection. Its persisted-query path takes a name for the text
 * instead: ours is the text itself. No caller reaches that path, since `extensions` are dropped before, and nothing
 * is ever stored.
 */
const KNOWN_BY_THEIR_TEXT = {
  get: async (key: string) => key.slice('apq:'.length),
  set: async () => undefined,
  delete: async () => false,
};

function withoutHashing({ query, ...rest }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  if (typeof query !== 'string' || query === '') return { query, ...rest };
  return { ...rest, extensions: { persistedQuery: { version: 1, sha256Hash: query } } };
}

/** The pipeline's operation step, from the parsed operation to the answer's data and errors. */
export type OperationStep = (exchange: Exchange, received: ReceivedOperation) => Promise<ExplainedAnswer>;

export interface GraphQlEndpoint {
  execute(
    request: {
      readonly contentType: string;
      readonly accept: string;
      readonly body: Readonly<Record<string, unknown>>;
    },
    exchange: Exchange,
  ): Promise<HttpAnswer>;
  stop(): Promise<void>;
}

/** Apollo copies the context object: what the path writes down must lie one level below. */
interface Context {
  readonly exchange: Exchange;
}

/**
 * Apollo Server over our schema, through its gateway interface: it parses and validates, and `answerAhead` answers. No
 * caller has persisted queries or batches, since any client could store one and a batch would be one answer under
 * many ids.
 */
export async function buildGraphQlEndpoint(
  schema: GraphQLSchema,
  answerOperation: OperationStep,
  log: Log,
): Promise<GraphQlEndpoint> {
  const server = new ApolloServer<Context>({
    gateway: {
      onSchemaLoadOrUpdate(announce) {
        announce({ apiSchema: schema, coreSupergraphSdl: '' });
        return () => undefined;
      },
      load: async () => ({
        // Reached only where the document has no operation of that name; Apollo words the refusal.
        executor: async (context) => refuseNoQuery((context.context as Context).exchange),
      }),
      stop: async () => undefined,
    },
    persistedQueries: { cache: KNOWN_BY_THEIR_TEXT },
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    introspection: true,
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    documentStore: buildDocumentStore(),
    // Apollo's own logger may print an error's message, which may hold anything.
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    formatError: toSafeError,
    plugins: [ApolloServerPluginCacheControlDisabled(), answerAhead(answerOperation, log)],
  });
  await server.start();

  return {
    async execute({ contentType, accept, body }, exchange) {
      const response = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: 'POST',
          headers: new HeaderMap([
            ['content-type', contentType],
            ['accept', accept],
          ]),
          search: '',
          body: withoutHashing(body),
        },
        context: async () => ({ exchange }),
      });
      const text = response.body.kind === 'complete' ? response.body.string : '';
      return { status: response.status ?? 200, headers: Object.fromEntries(response.headers), body: text };
    },
    stop: () => server.stop(),
  };
}

/**
 * Answers before Apollo calls its executor. For a gateway's executor it makes an object with accessors of its own for
 * each request, and V8 then lets whole requests survive young collections.
 */
function answerAhead(answerOperation: OperationStep, log: Log): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      async responseForOperation({ document, operation, request, contextValue }) {
        // Left to the executor.
        if (!operation) return null;
        const variables = request.variables ?? {};
        const received = { document, operation, variables };
        return toResponse(await execute(answerOperation, contextValue.exchange, received, log));
      },
    }),
  };
}

function toResponse({ data, errors }: ExecutionResult): GraphQLResponse {
  const [first] = errors ?? [];
  const head = first?.extensions['http'] as Partial<HTTPGraphQLHead> | undefined;
  return {
    http: {
      ...(head?.status === undefined ? {} : { status: head.status }),
      headers: head?.headers ?? new HeaderMap(),
    },
    body: {
      kind: 'single',
      singleResult: {
        ...(data === undefined ? {} : { data }),
        ...(errors === undefined ? {} : { errors: errors.map((error) => toSafeError(error.toJSON())) }),
      },
    },
  };
}

async function execute(
  answerOperation: OperationStep,
  exchange: Exchange,
  received: ReceivedOperation,
  log: Log,
): Promise<ExecutionResult> {
  if (received.operation.operation !== 'query') return refuseNoQuery(exchange);
  try {
    const { data, errors } = await answerOperation(exchange, received);
    return errors.length === 0 ? { data } : { data, errors: errors.map(fieldError) };
  } catch (error) {
    if (error instanceof GatewayError)
      return refuse(
        exchange,
        error.code,
        refusalError(error.code, error.retryAfterSeconds, lawOf(error.code, exchange)),
      );
    if (error instanceof UserInputError) {
      return refuse(exchange, 'BAD_USER_INPUT', badRequest(error.message, 'BAD_USER_INPUT'));
    }
    // Apollo would answer the same, and nobody would learn of it.
    log.error('request.failed', { ...describeError(error), requestId: exchange.head.requestId });
    return refuse(exchange, 'INTERNAL_ERROR', refusalError('INTERNAL_ERROR'));
  }
}

function lawOf(code: ErrorCode, { agreement }: Exchange): string | null {
  return agreement && legalBasisOf(code, null, agreement);
}

/** The name that the caller sent is not repeated: it may hold anything. */
function refuseNoQuery(exchange: Exchange): ExecutionResult {
  return refuse(exchange, 'BAD_REQUEST', badRequest('The document has no such query.', 'BAD_REQUEST'));
}

function refuse(exchange: Exchange, code: string, error: GraphQLError): ExecutionResult {
  exchange.refusal = code;
  return { errors: [error] };
}

function badRequest(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code, http: { status: 400 } } });
}
