import type { Connectors } from '../../../src/sources/connectors.ts';
import DataLoader from 'dataloader';
import { GraphQLError } from 'graphql';
import type { ErrorCode } from '../../../src/errors.ts';
import {
  BROKEN,
  registerOf,
  type RecordKind,
  type RecordValue,
} from '../../../src/sources/records/record.ts';
import { CALL } from '../../sources/fixtures/register-fixture.ts';
import { DOSSIER, OFFICER, OPEN_RIGHTS } from '../plan-parts.ts';

/** A record, null where the register has none; rejects with a coded error. One set of loaders a request. */
export interface OracleContext {
  /** `yyyy-mm-dd`. */
  readonly today: string;
  load(kind: RecordKind, key: string): Promise<RecordValue | null>;
}

export function coded(code: ErrorCode): GraphQLError {
  return new GraphQLError(code, { extensions: { code } });
}

export function codeOfError(error: unknown): ErrorCode {
  const code = error instanceof GraphQLError ? error.extensions['code'] : undefined;
  if (typeof code !== 'string') throw error;
  return code as ErrorCode;
}

/** A record's value as it may be answered. */
export function checked<T>(value: T): Exclude<T, undefined> {
  if (value === BROKEN || value === undefined) throw coded('SOURCE_CONTRACT_BROKEN');
  return value as Exclude<T, undefined>;
}

/** An item that cannot be read is an error at its own place in the list. */
export function checkedItems(value: unknown): unknown {
  if (!Array.isArray(value)) return value;
  return value.map((item: unknown) => (item === BROKEN ? coded('SOURCE_CONTRACT_BROKEN') : item));
}

/** Plain loaders that gather by tick: nothing of src/plan and of the record reader takes part. */
export function createOracleContext(connectors: Connectors): OracleContext {
  const loaders = new Map<RecordKind, DataLoader<string, RecordValue | null>>();
  const loaderOf = (kind: RecordKind): DataLoader<string, RecordValue | null> => {
    let loader = loaders.get(kind);
    if (!loader) {
      const connector = connectors[registerOf(kind)];
      if (!connector) throw new Error(`no register of ${kind}`);
      loader = new DataLoader<string, RecordValue | null>(
        async (keys) => {
          const { rows } = await connector.fetch(
            keys.map((key) => ({ kind, key, askers: [{ officer: OFFICER, dossier: DOSSIER }] })),
            CALL,
          );
          const rowOf = new Map(rows.map((row) => [row.key, row]));
          return keys.map((key) => {
            const row = rowOf.get(key);
            if (!row || row.outcome.state === 'broken') return coded('SOURCE_CONTRACT_BROKEN');
            if (row.refused.includes(OFFICER)) return coded('ROW_DENIED');
            return row.outcome.state === 'found' ? row.outcome.value : null;
          });
        },
        { maxBatchSize: connector.maxItems },
      );
      loaders.set(kind, loader);
    }
    return loader;
  };
  return { today: OPEN_RIGHTS.today, load: (kind, key) => loaderOf(kind).load(key) };
}
