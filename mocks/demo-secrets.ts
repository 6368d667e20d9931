/**
 * DEMO ONLY. What the gateway shows to the mocked registers and the dossier service, and what those check.
 * Public by being in the source; they open nothing but synthetic data on loopback.
 */
export const DEMO_REGISTER_CREDENTIALS = {
  population: {
    user: 'gateway-demo',
    secret: 'demo-only-population-secret',
    apiKey: 'demo-only-population-api-key',
    xRoadClient: 'VN/GOV/gateway',
  },
  business: { secret: 'demo-only-business-secret' },
  civilStatus: { secret: 'demo-only-civil-status-secret' },
  land: { secret: 'demo-only-land-secret' },
  dossier: { secret: 'demo-only-dossier-secret' },
} as const;
