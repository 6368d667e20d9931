import type { CountryRegisters } from './country/records.ts';
import { buildDossierService, type DossierServiceMock } from './registers/dossier-service.ts';
import { buildIdentityProvider, type IdentityProviderMock } from './identity/identity-provider.ts';
import { buildBusiness } from './registers/business/business.ts';
import { buildCivilStatus } from './registers/civil-status/civil-status.ts';
import { buildLand } from './registers/land/land.ts';
import { buildPopulation } from './registers/population/population.ts';
import type { BuildRegister, RegisterMock } from './registers/register.ts';

/** One line a register; a new one is also asked for in servers.ts, by the compiler. */
const REGISTERS = {
  population: buildPopulation,
  business: buildBusiness,
  land: buildLand,
  civilStatus: buildCivilStatus,
} as const satisfies Record<string, BuildRegister>;

export type MockedRegister = keyof typeof REGISTERS;

export interface Mocks {
  readonly registers: Readonly<Record<MockedRegister, RegisterMock>>;
  readonly identityProvider: IdentityProviderMock;
  readonly dossier: DossierServiceMock;
}

/** Every mock over one country, without sockets. */
export function buildMocks(country: CountryRegisters): Mocks {
  return {
    registers: {
      population: REGISTERS.population(country),
      business: REGISTERS.business(country),
      land: REGISTERS.land(country),
      civilStatus: REGISTERS.civilStatus(country),
    },
    identityProvider: buildIdentityProvider(),
    dossier: buildDossierService(),
  };
}
