import { buildMocks, type ByRegister, type Mocks } from '../build-mocks.ts';
import { buildCountry } from '../country/country.ts';
import type { CountryRegisters } from '../country/country.ts';
import { DEMO_REGISTERS } from '../registers/demo-registers.ts';
import type { MockDescriptor, RegisterOffer } from '../registers/register.ts';
import type { Handler } from './exchange.ts';
import { listen, type Socket } from './socket.ts';

/** Base URLs without a trailing slash, of the registers and the two other services. */
export type MockUrls = ByRegister<string> & {
  /** The keys are at this URL + `/jwks`. */
  readonly identityProvider: string;
  readonly dossier: string;
};

export interface RunningMocks extends Mocks {
  readonly urls: MockUrls;
  close(): Promise<void>;
}

export interface MocksOptions {
  /** The demo's country when absent. */
  readonly country?: CountryRegisters;
  /** The demo's four registers when absent. */
  readonly registers?: readonly MockDescriptor[];
  /** All operations when absent. */
  readonly offer?: RegisterOffer;
  /** Free ports when absent. */
  readonly basePort?: number;
  /** Loopback only: the mocks have public credentials and a control plane without any. */
  readonly host?: '127.0.0.1' | '::1' | 'localhost';
}

/** All mocks on sockets. Rejects, with nothing left open, where a port is taken. */
export async function startMocks({
  country = buildCountry(),
  registers = DEMO_REGISTERS,
  offer,
  basePort,
  host = '127.0.0.1',
}: MocksOptions = {}): Promise<RunningMocks> {
  const mocks = buildMocks(country, registers, offer);
  const open = new Map<string, Socket>();
  const close = async (): Promise<void> => {
    await Promise.all([...open.values()].map((socket) => socket.close()));
  };
  try {
    for (const [offset, [service, handle]] of servicesInPortOrder(mocks, registers).entries()) {
      open.set(service, await listen(handle, host, basePort === undefined ? 0 : basePort + offset));
    }
  } catch (error) {
    await close();
    throw error;
  }
  const urls = Object.fromEntries([...open].map(([service, { url }]) => [service, url]));
  return { ...mocks, urls: urls as MockUrls, close };
}

/** The order of the ports from MOCKS_PORT on is fixed: a new service takes a port behind the demo's six. */
function servicesInPortOrder(
  mocks: Mocks,
  registers: readonly MockDescriptor[],
): readonly (readonly [service: string, handle: Handler])[] {
  const built = new Map(Object.entries(mocks.registers));
  const handlerOf = ({ name }: MockDescriptor): readonly (readonly [string, Handler])[] => {
    const register = built.get(name);
    return register ? [[name, register.handle]] : [];
  };
  return [
    ...registers.filter((one) => DEMO_REGISTERS.includes(one)).flatMap(handlerOf),
    ['identityProvider', mocks.identityProvider.handle],
    ['dossier', mocks.dossier.handle],
    ...registers.filter((one) => !DEMO_REGISTERS.includes(one)).flatMap(handlerOf),
  ];
}
