import { buildCountry } from '../../mocks/country/country.ts';
import { buildIdentityProvider } from '../../mocks/identity/identity-provider.ts';
import { listen, type Socket } from '../../mocks/servers/socket.ts';
import type { DemoCitizen } from './pages.ts';

/** Citizens that the sign-in page offers. */
const CITIZENS = 8;

/** The part of the portal that only the demo has: people to sign in as, and an identity provider that exchanges tokens. */
export interface PortalDemo {
  readonly citizens: readonly DemoCitizen[];
  /** The token that a citizen would have from the identity provider. */
  tokenOf(personalId: string): string;
  readonly identity: Socket;
}

/** Starts an identity provider on a free port of loopback. Its keys are the demo's, so that the demo's gateway takes its tokens. */
export async function startPortalDemo(): Promise<PortalDemo> {
  const provider = buildIdentityProvider();
  const people = buildCountry().people({ with: ['marriage', 'land', 'business'] });
  return {
    citizens: [...people.take(CITIZENS)].map(({ personalId, name }) => ({ personalId, name: name.full })),
    tokenOf: (personalId) => provider.mintToken({ clientId: 'vneid', sub: personalId }),
    identity: await listen(provider.handle, '127.0.0.1', 0),
  };
}
