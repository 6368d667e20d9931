import { credentialNameOf } from '../src/registers.ts';

/**
 * DEMO ONLY. Credentials that the gateway shows to the mocked registers and the dossier service, and that those check.
 * They are public by standing in the source, and open nothing but synthetic data on loopback.
 */
export const DEMO_REGISTER_CREDENTIALS = {
  population: {
    user: 'gateway-demo',
    secret: 'demo-only-population-secret',
    apiKey: 'demo-only-population-api-key',
    xRoadClient: 'VN/GOV/gateway',
  },
  business: { secret: 'demo-only-business-secret' },
  'civil-status': { secret: 'demo-only-civil-status-secret' },
  land: { secret: 'demo-only-land-secret' },
  dossier: { secret: 'demo-only-dossier-secret' },
} as const;

/** The content of a credentials file for mocked registers, each with its own credentials, and the dossier service. */
export function demoCredentialsFile(
  registers: readonly { readonly name: string; readonly credentials: object }[],
): string {
  const entries = registers.map(({ name, credentials }) => [credentialNameOf(name), credentials]);
  const { dossier } = DEMO_REGISTER_CREDENTIALS;
  return `${JSON.stringify({ ...Object.fromEntries(entries), dossier }, null, 2)}\n`;
}
