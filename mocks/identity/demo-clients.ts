export type ClientKind = 'agency' | 'citizen' | 'auditor' | 'owner' | 'centre';

export interface DemoClient {
  readonly id: string;
  readonly kind: ClientKind;
  /** Commune code of the registered unit; absent where the client works for a province or the country. */
  readonly unit?: string;
}

/** Systems that the demo's identity provider issues tokens to. */
export const DEMO_CLIENTS: readonly DemoClient[] = [
  { id: 'inspectorate', kind: 'agency' },
  { id: 'hn-hoankiem-civil', kind: 'agency', unit: '00070' },
  { id: 'hn-land-office', kind: 'agency' },
  { id: 'hcm-business-registry', kind: 'agency' },
  { id: 'hn-hoankiem-social', kind: 'agency', unit: '00070' },
  { id: 'dvc-portal', kind: 'agency' },
  { id: 'vneid', kind: 'citizen' },
  { id: 'auditor', kind: 'auditor' },
  { id: 'population-owner', kind: 'owner' },
  { id: 'centre', kind: 'centre' },
];

export function demoClient(id: string): DemoClient | undefined {
  return DEMO_CLIENTS.find((client) => client.id === id);
}
