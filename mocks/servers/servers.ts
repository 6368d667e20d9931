import { buildMocks, type Mocks } from '../build-mocks.ts';
import { buildCountry } from '../country/country.ts';
import type { CountryRegisters } from '../country/records.ts';
import type { Handler } from './exchange.ts';
import { listen, type Socket } from './socket.ts';

/** In the order of their ports, from MOCKS_PORT on; new ones at the end (the contract fixes it). */
const SERVICES = ['population', 'business', 'land', 'civilStatus', 'identityProvider', 'dossier'] as const;

export type MockedService = (typeof SERVICES)[number];

export interface RunningMocks extends Mocks {
  /** Base URLs without a trailing slash; keys are at `identityProvider` + `/jwks`. */
  readonly urls: Readonly<Record<MockedService, string>>;
  close(): Promise<void>;
}

export interface MocksOptions {
  /** Absent: the demo's. */
  readonly country?: CountryRegisters;
  /** Absent: free ports. */
  readonly basePort?: number;
  /** Loopback only: the mocks have public credentials and a control plane without any. */
  readonly host?: '127.0.0.1' | '::1' | 'localhost';
}

/** All mocks on sockets. Rejects, with nothing left open, where a port is taken. */
export async function startMocks({
  country = buildCountry(),
  basePort,
  host = '127.0.0.1',
}: MocksOptions = {}): Promise<RunningMocks> {
  const mocks = buildMocks(country);
  const handlers: Readonly<Record<MockedService, Handler>> = {
    population: mocks.registers.population.handle,
    business: mocks.registers.business.handle,
    land: mocks.registers.land.handle,
    civilStatus: mocks.registers.civilStatus.handle,
    identityProvider: mocks.identityProvider.handle,
    dossier: mocks.dossier.handle,
  };
  const open = new Map<MockedService, Socket>();
  const close = async (): Promise<void> => {
    await Promise.all([...open.values()].map((socket) => socket.close()));
  };
  try {
    for (const [offset, service] of SERVICES.entries()) {
      const port = basePort === undefined ? 0 : basePort + offset;
      open.set(service, await listen(handlers[service], host, port));
    }
  } catch (error) {
    await close();
    throw error;
  }
  const urlOf = (service: MockedService): string => open.get(service)?.url ?? '';
  return {
    ...mocks,
    urls: {
      population: urlOf('population'),
      business: urlOf('business'),
      land: urlOf('land'),
      civilStatus: urlOf('civilStatus'),
      identityProvider: urlOf('identityProvider'),
      dossier: urlOf('dossier'),
    },
    close,
  };
}
