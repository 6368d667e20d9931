import type { REGISTER_NAMES } from '../src/registers.ts';
import type { Country, CountryRegisters } from './country/country.ts';
import { DEMO_OFFICERS, demoPeople, type DemoPerson } from './identity/demo-people.ts';
import { buildIdentityProvider, type IdentityProviderMock } from './identity/identity-provider.ts';
import { DEMO_REGISTERS } from './registers/demo-registers.ts';
import { buildDossierService, type DossierServiceMock } from './registers/dossier-service.ts';
import type { MockDescriptor, RegisterMock, RegisterOffer } from './registers/register.ts';

/** Something of each register, by name. The demo's four are always there; others stand beside them. */
export type ByRegister<T> = Readonly<Record<(typeof REGISTER_NAMES)[number], T>>;

export interface Mocks {
  readonly registers: ByRegister<RegisterMock>;
  readonly identityProvider: IdentityProviderMock;
  readonly dossier: DossierServiceMock;
}

/** Every mock over one country, without sockets. */
export function buildMocks(
  country: CountryRegisters,
  registers: readonly MockDescriptor[] = DEMO_REGISTERS,
  offer: RegisterOffer = 'batches-too',
): Mocks {
  // Found when somebody signs in first: tests with a country of their own never ask for them.
  let people: readonly DemoPerson[] | undefined;
  return {
    registers: Object.fromEntries(
      registers.map(({ name, build }) => [name, build(country, offer)]),
    ) as ByRegister<RegisterMock>,
    identityProvider: buildIdentityProvider(() => (people ??= peopleOf(country))),
    dossier: buildDossierService(),
  };
}

function peopleOf(country: CountryRegisters | Country): readonly DemoPerson[] {
  return 'people' in country ? demoPeople(country) : DEMO_OFFICERS;
}
