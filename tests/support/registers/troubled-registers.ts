import type { Connectors } from '../../../src/sources/connectors.ts';
import type { Connector } from '../../../src/sources/calls/connector.ts';
import type { RecordKey } from '../../../src/sources/records/record.ts';
import { NO_TROUBLE, type Trouble } from '../oracles/row-rulings.ts';
import { OFFICER } from '../plan-parts.ts';

/** Registers that cannot give some persons' records for a while, and that tell what they were asked. */
export class TroubledRegisters {
  readonly connectors: Connectors;
  trouble: Trouble = NO_TROUBLE;
  fetched: RecordKey[] = [];

  constructor(connectors: Connectors) {
    this.connectors = Object.fromEntries(
      Object.entries(connectors).map(([name, connector]) => [name, this.#over(connector)]),
    );
  }

  #over(connector: Connector): Connector {
    return {
      ...connector,
      fetch: async (items, call) => {
        this.fetched.push(...items);
        const batch = await connector.fetch(items, call);
        const { code, population, civilStatus } = this.trouble;
        const rows = batch.rows.map((row) => {
          const isTroubled =
            (row.kind === 'population.person' && population.has(row.key)) ||
            (row.kind === 'civil-status.events' && civilStatus.has(row.key));
          if (!isTroubled) return row;
          return code === 'ROW_DENIED'
            ? { ...row, refused: [OFFICER] }
            : { ...row, outcome: { state: 'broken' as const } };
        });
        return { ...batch, rows };
      },
    };
  }
}
