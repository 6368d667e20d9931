import type { GraphQLSchema } from 'graphql';
import type { LogQueries } from '../access-log/queries/log-query.ts';
import type { RegisterDescriptor } from '../sources/register-descriptor.ts';
import { buildPrefill, type Prefill } from './build-prefill.ts';
import { openFormLedger, type FormLedger } from './ledger/form-ledger.ts';
import { withFormLedger } from './ledger/query-ledger.ts';

export interface FormsOptions {
  readonly schema: GraphQLSchema;
  readonly registers: readonly RegisterDescriptor[];
  readonly dataDirectory: string;
  readonly logQueries: LogQueries;
  /** Name of the agency behind a registered client; null where there is no such client. */
  readonly agencyOf: (clientId: string) => string | null;
  /** Hears of counts that could not be written; they are lost. */
  readonly onLostCounts: (forms: number) => void;
}

/** Forms, their ledger, and the log queries with the ledger's beside them. */
export interface Forms {
  readonly prefill: Prefill;
  readonly ledger: FormLedger;
  readonly logQueries: LogQueries;
}

/** Reads the procedures and opens the ledger in DATA_DIR. Throws with every fault of the procedures. */
export function buildForms(options: FormsOptions): Forms {
  const prefill = buildPrefill(options.schema, options.registers);
  const ledger = openFormLedger(options.dataDirectory, options.onLostCounts);
  const { procedures } = prefill;
  const { agencyOf } = options;
  return {
    prefill,
    ledger,
    logQueries: withFormLedger(options.logQueries, { ledger, procedures, agencyOf }),
  };
}
