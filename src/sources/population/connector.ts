import { buildBatchConnector } from '../calls/batch-connector.ts';
import type { Connector } from '../calls/connector.ts';
import type { Transport } from '../calls/transport.ts';
import { readPopulationAnswer } from './answer.ts';
import { populationRequest } from './request.ts';
import type { PopulationCredentials } from './request.ts';

export interface PopulationConnectorOptions {
  readonly transport: Transport;
  readonly credentials: PopulationCredentials;
}

/** Persons and households, over `TraCuuTheoLo` (mocks/registers/WIRE.md). */
export function buildPopulationConnector({ transport, credentials }: PopulationConnectorOptions): Connector {
  return buildBatchConnector(transport, {
    register: 'population',
    kinds: ['population.person', 'population.household'],
    request: (items, call) => populationRequest(items, call, credentials),
    read: readPopulationAnswer,
  });
}
