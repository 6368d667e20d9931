/** A caller of the demo: a client with its purpose and a case that is open. */
export interface ExplorerCaller {
  readonly client: string;
  readonly purpose: string | null;
  readonly caseId: string | null;
}

const DOSSIER = 'H26-261121-0001';

export const EXPLORER_CALLERS: readonly ExplorerCaller[] = [
  { client: 'inspectorate', purpose: 'inspection', caseId: DOSSIER },
  { client: 'hn-hoankiem-civil', purpose: 'civil-status-registration', caseId: DOSSIER },
  { client: 'hn-hoankiem-social', purpose: 'social-assistance', caseId: DOSSIER },
  { client: 'hn-land-office', purpose: 'land-registration', caseId: DOSSIER },
  { client: 'hcm-business-registry', purpose: 'business-registration', caseId: DOSSIER },
  { client: 'dvc-portal', purpose: 'form-prefill', caseId: DOSSIER },
  { client: 'vneid', purpose: null, caseId: null },
  { client: 'auditor', purpose: null, caseId: 'KT-261121-0001' },
];

/** A worked example: what it shows, and what to send. */
export interface ExplorerExample {
  readonly title: string;
  readonly client: string;
  readonly query: string;
}

export const EXPLORER_EXAMPLES: readonly ExplorerExample[] = [
  {
    title: 'A citizen with household, land and businesses',
    client: 'inspectorate',
    query: `query Citizen($id: ID!) {
  citizen(personalId: $id) {
    name { full }
    birthDate
    household { members { relationToHead person { name { full } } } }
    landParcels { id area }
    businesses { code name { vi } }
  }
}`,
  },
  {
    title: 'A field that the agreement does not grant',
    client: 'inspectorate',
    query: `query NotGranted($id: ID!) {
  citizen(personalId: $id) {
    name { full }
    religion
  }
}`,
  },
  {
    title: 'A citizen sees who looked',
    client: 'vneid',
    query: '{ myAccesses { accesses { time text } } }',
  },
  {
    title: 'An auditor lists accesses under an order',
    client: 'auditor',
    query: '{ accessLog(first: 10) { entries { time client officer purpose outcome } } }',
  },
];
