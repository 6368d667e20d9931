import type { Connector } from '../connector.ts';
import type { Transport } from '../transport.ts';
import { readPopulationAnswer } from './answer.ts';
import { populationRequest } from './request.ts';
import type { PopulationCredentials } from './request.ts';

export interface PopulationConnectorOptions {
  readonly transport: Transport;
  readonly credentials: PopulationCredentials;
}

/** Persons and households, over `TraCuuTheoLo` (mocks/registers/WIRE.md). */
export function buildPopulationConnector({ transport, credentials }: PopulationConnectorOptions): Connector {
  return {
    register: 'population',
    kinds: ['population.person', 'population.household'],
    maxItems: 100,
    async fetch(items, call) {
      const response = await transport.send(populationRequest(items, call, credentials), call.timeoutMs);
      return readPopulationAnswer(response, items, call);
    },
    close: () => transport.close(),
  };
}
