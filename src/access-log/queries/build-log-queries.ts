import { LRUCache } from 'lru-cache';
import type { GraphQLSchema } from 'graphql';
import type { Limits } from '../../config/limits.ts';
import {
  readStoredAgreement,
  type StoredAgreementContext,
} from '../../agreements/folder/read-stored-agreement.ts';
import type { Agreement } from '../../policy/agreement/agreement.ts';
import { readSource, type AgreementSource } from '../../policy/agreement/agreement-source.ts';
import type { AuditPapers } from '../../policy/case/audit-order.ts';
import type { AccessLogReader } from '../read/log-reader.ts';
import { GatewayError } from '../../errors.ts';
import { LogUnreadable } from '../read/thread/reader-thread.ts';
import type { NoteSigner } from '../../log-format/notes/note-key.ts';
import { reportBreach } from './report-breach.ts';
import { buildFieldNames } from './field-names.ts';
import { listMyAccesses } from './list-my-accesses.ts';
import { buildGrantUsage } from './grant-usage.ts';
import { replayEntry } from './replay-entry.ts';
import { countLog, answerExportQuery, searchLog, type Office } from './search-log.ts';
import { refusal, type LogCaller, type LogQuery, type LogQueries, type LogReply } from './log-query.ts';

export interface LogQueriesOptions {
  readonly reader: AccessLogReader;
  /** Audit orders, complaints and releases in force. */
  readonly papers: () => AuditPapers;
  readonly schema: GraphQLSchema;
  readonly agreements: StoredAgreementContext;
  /** Everything that entries may have disclosed from, by id, with its name in the law. */
  readonly registers: ReadonlyMap<string, string>;
  /** The office behind a registered client; undefined for any other. */
  readonly officeOf: (id: string) => Office | undefined;
  readonly agreementsInForce: () => readonly Agreement[];
  /** The register that a schema coordinate comes from. */
  readonly registerOf: (coordinate: string) => string | undefined;
  /** Signs breach reports. */
  readonly signer: NoteSigner;
  /** The log could not be read; a code. */
  readonly onTrouble: (code: string) => void;
}

type Handler = (query: LogQuery, caller: LogCaller) => Promise<LogReply>;

export const AGREEMENT_WORDS_LIMITS = {
  agreements: {
    value: 500,
    unit: 'agreements',
    why: 'Plain words of past agreements are remembered for the next query.',
  },
} as const satisfies Limits;

export function buildLogQueries(options: LogQueriesOptions): LogQueries {
  const { reader, schema, agreements } = options;
  const sources = new LRUCache<string, AgreementSource>({ max: AGREEMENT_WORDS_LIMITS.agreements.value });
  const sourceOf = async (digest: string): Promise<AgreementSource | null> => {
    const known = sources.get(digest);
    if (known) return known;
    const text = await reader.document(digest);
    const source = text === null ? null : readSource(text, digest);
    if (source) sources.set(digest, source);
    return source;
  };
  const agreementOf = async (id: string, digest: string): Promise<Agreement | null> => {
    const source = await sourceOf(digest);
    return source && readStoredAgreement(id, source, agreements);
  };
  const tools = {
    ...options,
    isClient: (id: string) => options.officeOf(id) !== undefined,
    labels: agreements.facts,
    agreementOf,
    names: {
      isRegister: (name: string) => options.registers.has(name),
      isCoordinate: (name: string) => agreements.facts.categoryOf(name) !== undefined,
    },
    fieldName: buildFieldNames(schema),
    wordsOf: async (digest: string) => {
      const source = await sourceOf(digest);
      return source && agreements.plainWordsOf(source);
    },
  };
  const handlers: Readonly<Record<string, Handler>> = {
    accessLog: (query, caller) => searchLog(tools, query, caller),
    accessLogCounts: (query, caller) => countLog(tools, query, caller),
    grantUsage: buildGrantUsage(tools),
    accessLogExport: (query, caller) => answerExportQuery(tools, query, caller),
    replay: (query, caller) => replayEntry(tools, query, caller),
    breachReport: (query, caller) => reportBreach(tools, query, caller),
    myAccesses: (query, caller) => listMyAccesses(tools, query, caller),
  };
  return {
    async answer(query, caller) {
      const handler = handlers[query.fieldName];
      if (!handler) return refusal('FIELD_NOT_GRANTED');
      try {
        return await handler(query, caller);
      } catch (error) {
        if (!(error instanceof LogUnreadable)) throw error;
        options.onTrouble(error.code);
        throw new GatewayError(error.code === 'busy' ? 'OVERLOADED' : 'ACCESS_LOG_UNAVAILABLE', {
          cause: error,
        });
      }
    },
  };
}
