import type { RegisterCredentials } from '../config/secrets.ts';
import { buildBusinessConnector } from './business/connector.ts';
import { buildCivilStatusConnector } from './civil-status/connector.ts';
import type { Connector } from './calls/connector.ts';
import { buildLandConnector } from './land/connector.ts';
import { buildPopulationConnector } from './population/connector.ts';
import type { RegisterName } from './records/record.ts';
import type { Transport } from './calls/transport.ts';

export interface RegisterUrls {
  readonly population: string;
  readonly business: string;
  readonly land: string;
  readonly civilStatus: string;
}

/** One connector a register, each over a transport of its own. */
export function buildConnectors(
  urls: RegisterUrls,
  credentials: RegisterCredentials,
  transportTo: (baseUrl: string) => Transport,
): Readonly<Record<RegisterName, Connector>> {
  return {
    population: buildPopulationConnector({
      transport: transportTo(urls.population),
      credentials: credentials.population,
    }),
    business: buildBusinessConnector({
      transport: transportTo(urls.business),
      credentials: credentials.business,
    }),
    land: buildLandConnector({ transport: transportTo(urls.land), credentials: credentials.land }),
    'civil-status': buildCivilStatusConnector({
      transport: transportTo(urls.civilStatus),
      credentials: credentials.civilStatus,
    }),
  };
}
