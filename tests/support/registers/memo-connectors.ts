import type { Connectors } from '../../../src/sources/connectors.ts';
import type { Connector, FetchedRow } from '../../../src/sources/calls/connector.ts';

/** Changes a row before it is remembered; for broken and missing records. */
export type RowChange = (row: FetchedRow) => FetchedRow;

/**
 * Connectors that remember mapped rows, so that engines are compared, or measured, without wire formats. Nothing
 * comes along unasked: each record is asked for by its own key.
 */
export function memoConnectors(connectors: Connectors, change: RowChange = (row) => row): Connectors {
  const memo = (connector: Connector): Connector => {
    const rows = new Map<string, FetchedRow>();
    return {
      ...connector,
      async fetch(items, call) {
        const missing = items.filter(({ kind, key }) => !rows.has(`${kind} ${key}`));
        if (missing.length > 0) {
          const batch = await connector.fetch(missing, call);
          for (const row of batch.rows) rows.set(`${row.kind} ${row.key}`, change(row));
        }
        const found = items.flatMap(({ kind, key }) => rows.get(`${kind} ${key}`) ?? []);
        return { rows: found, primed: [], strayRows: 0 };
      },
      close: () => Promise.resolve(),
    };
  };
  return Object.fromEntries(Object.entries(connectors).map(([name, one]) => [name, memo(one)]));
}
