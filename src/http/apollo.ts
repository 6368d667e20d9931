import {
  ApolloServer,
  HeaderMap,
  type ApolloServerPlugin,
  type GraphQLResponse,
  type HTTPGraphQLHead,
} from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import { type ExecutionResult, type GraphQLSchema } from 'graphql';
import type { Limits } from '../config/limits.ts';
import { GatewayError } from '../errors.ts';
import { EMPTY_AGREEMENT } from '../policy/agreement/agreement.ts';
import { legalBasisOf } from '../policy/agreement/reasons.ts';
import type { ParsedOperation } from '../request/decide-operation.ts';
import type { Executor, HttpSteps } from '../request/http-steps.ts';
import { refuseAt } from '../request/refuse-at.ts';
import { isRefused, type Answered, type Produced, type Received, type Refused } from '../request/stages.ts';
import type { Log } from '../telemetry/log.ts';
import { buildDocumentStore } from './document-store.ts';
import { toSafeError } from './safe-errors.ts';
import { fieldError, refusalError } from './refusal.ts';

export const VALIDATION_LIMITS = {
  errors: { value: 20, unit: 'errors', why: 'Told of one document; validation ends there, and says so.' },
} as const satisfies Limits;

export interface GraphQlEndpoint {
  readonly execute: HttpSteps['execute'];
  stop(): Promise<void>;
}

/** One request's call of Apollo. Apollo copies the context object, so that this lies one level below. */
interface Call {
  readonly received: Received;
  readonly executor: Executor;
  /** Null until the executor has answered; then for a document that Apollo refuses by itself. */
  outcome: Answered | Refused | null;
}

const NOBODY: ReadonlySet<string> = new Set();

interface Context {
  readonly call: Call;
}

/**
 * Apollo Server over our schema, through its gateway interface: it parses and validates, and `answerAhead` answers. No
 * caller has persisted queries or batches, since any client could store one and a batch would be one answer under
 * many ids.
 */
export async function buildGraphQlEndpoint(schema: GraphQLSchema, log: Log): Promise<GraphQlEndpoint> {
  const server = new ApolloServer<Context>({
    gateway: {
      onSchemaLoadOrUpdate(announce) {
        announce({ apiSchema: schema, coreSupergraphSdl: '' });
        return () => undefined;
      },
      load: async () => ({
        // Reached only where the document has no operation of that name; Apollo words the refusal.
        executor: async (context) => refuse((context.context as Context).call, noQuery(), log),
      }),
      stop: async () => undefined,
    },
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    introspection: true,
    validationOptions: { maxErrors: VALIDATION_LIMITS.errors.value },
    csrfPrevention: true,
    stopOnTerminationSignals: false,
    documentStore: buildDocumentStore(),
    // Apollo's own logger may print an error's message, which may hold anything.
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    formatError: toSafeError,
    plugins: [ApolloServerPluginCacheControlDisabled(), answerAhead(log)],
  });
  await server.start();

  return {
    async execute(received, executor): Promise<Produced> {
      const call: Call = { received, executor, outcome: null };
      const { head, body } = received;
      const response = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: {
          method: 'POST',
          headers: new HeaderMap([
            ['content-type', head.contentType ?? ''],
            ['accept', mediaTypeFor(head.accept)],
          ]),
          search: '',
          body,
        },
        context: async () => ({ call }),
      });
      const status = response.status ?? 200;
      const text = response.body.kind === 'complete' ? response.body.string : '';
      const { outcome } = call;
      // Apollo's own objects outlive the request for a while: what was read for it must not stay alive with them.
      call.outcome = null;
      return {
        outcome: outcome ?? refusedByApollo(received, text),
        answer: { status, headers: Object.fromEntries(response.headers), body: text },
      };
    },
    stop: () => server.stop(),
  };
}

/**
 * Answers before Apollo calls its executor. For a gateway's executor it makes an object with accessors of its own for
 * each request, and V8 then lets whole requests survive young collections.
 */
function answerAhead(log: Log): ApolloServerPlugin<Context> {
  return {
    requestDidStart: async () => ({
      async responseForOperation({ document, operation, request, contextValue: { call } }) {
        // Left to the executor.
        if (!operation) return null;
        return toResponse(
          await execute(
            call,
            { document, operation, inputs: request.variables ?? {}, confirmed: NOBODY },
            log,
          ),
        );
      },
    }),
  };
}

function toResponse({ data, errors, extensions }: ExecutionResult): GraphQLResponse {
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
        ...(extensions === undefined ? {} : { extensions }),
      },
    },
  };
}

async function execute(call: Call, operation: ParsedOperation, log: Log): Promise<ExecutionResult> {
  if (operation.operation.operation !== 'query') return refuse(call, noQuery(), log);
  let outcome: Answered | Refused;
  try {
    outcome = await call.executor(operation);
  } catch (error) {
    // Apollo would answer the same, and nobody would learn of it.
    return refuse(call, error, log);
  }
  call.outcome = outcome;
  if (isRefused(outcome)) return { errors: [refusalError(outcome.error, lawOf(outcome))] };
  const { data, errors, sources } = outcome;
  return {
    data,
    ...(errors.length === 0 ? {} : { errors: errors.map(fieldError) }),
    ...(sources.length === 0 ? {} : { extensions: { sources } }),
  };
}

function refuse(call: Call, error: unknown, log: Log): ExecutionResult {
  const refused = refuseAt(log, call.received, error);
  call.outcome = refused;
  return { errors: [refusalError(refused.error, null)] };
}

function lawOf({ code, error, reached: { agreement } }: Refused): string | null {
  if (agreement === undefined || agreement === EMPTY_AGREEMENT || code === 'BAD_USER_INPUT') return null;
  return legalBasisOf(error.code, null, agreement);
}

/** The name that the caller sent is not repeated: it may hold anything. */
function noQuery(): GatewayError {
  return new GatewayError('BAD_REQUEST', { message: 'The document has no such query.' });
}

/** A refusal that Apollo worded itself: the document does not parse or validate, or the media type is refused. */
function refusedByApollo(received: Received, body: string): Refused {
  return { reached: received, error: new GatewayError('BAD_REQUEST'), code: codeIn(body), reason: null };
}

/** Code of the first error of a refusal that Apollo formatted. */
function codeIn(body: string): string {
  try {
    const parsed = JSON.parse(body) as { errors?: readonly { extensions?: { code?: unknown } }[] };
    const code = parsed.errors?.[0]?.extensions?.code;
    return typeof code === 'string' ? code : 'BAD_REQUEST';
  } catch {
    return 'BAD_REQUEST';
  }
}

/** The two media types of GraphQL over HTTP, without the cost of negotiating among all; others are Apollo's to refuse. */
function mediaTypeFor(accept: string | undefined): string {
  if (accept === undefined || accept === '*/*' || accept === 'application/json') return 'application/json';
  return accept;
}
