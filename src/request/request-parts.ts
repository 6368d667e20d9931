import type { GraphQLSchema } from 'graphql';
import type { AccessLogWriter } from '../access-log/entry/access-log-writer.ts';
import type { LogQueries } from '../access-log/queries/log-query.ts';
import type { AgreementStore } from '../agreements/agreement-store.ts';
import type { RecordQuota } from '../agreements/counts/record-quota.ts';
import type { Identity } from '../identity/principal.ts';
import type { DocumentCheck } from '../operation/document-check.ts';
import type { PreparedOperations } from '../plan/compile/prepared-operations.ts';
import type { SchemaBindings } from '../plan/schema/schema-bindings.ts';
import type { EvaluationLedger } from '../policy/agreement/evaluation-ledger.ts';
import type { Prefill } from '../prefill/build-prefill.ts';
import type { FormLedger } from '../prefill/ledger/form-ledger.ts';
import type { CaseService } from '../sources/dossier/dossier-service.ts';
import type { RecordSources } from '../sources/records/record-sources.ts';
import type { ActivityObserver } from '../telemetry/activity-observer.ts';
import type { Log } from '../telemetry/log.ts';
import type { Metrics } from '../telemetry/metrics.ts';

/** The parts that the steps of the path work with. gateway.ts builds them. */
export interface RequestParts {
  readonly schema: GraphQLSchema;
  readonly bindings: SchemaBindings;
  readonly identity: Identity;
  readonly documents: DocumentCheck;
  readonly agreements: Pick<AgreementStore, 'current' | 'assertConfirmed' | 'isSuspended'>;
  readonly quota: Pick<RecordQuota, 'charge' | 'count'>;
  readonly operations: PreparedOperations;
  readonly prefill: Prefill;
  readonly ledger: FormLedger;
  readonly cases: CaseService;
  readonly evaluations: EvaluationLedger;
  readonly sources: RecordSources;
  readonly accessLog: AccessLogWriter;
  readonly logQueries: LogQueries;
  readonly metrics: Metrics;
  readonly activity: ActivityObserver;
  readonly log: Log;
  readonly instance: string;
  /** Time for all of a request's register calls. */
  readonly requestTimeoutMs: number;
}
