import { expect, vi } from 'vitest';
import { rootOf } from '../../support/edge.ts';
import { country, type Caller, type Json, type TestAnswer, type TestGateway } from '../../support/gateway.ts';

/** An auditor's desk over a gateway of a test. */

export const AUDITOR: Caller = {
  client: 'auditor',
  officer: 'ktv.minh',
  purpose: null,
  caseId: 'KT-261121-0001',
};

const ALERT = `id pattern name severity state level client openedAt observed usual unit evidence wouldExplain isSuspending escalatesAt closing
  closingWords tried { reason words explained accesses } history { act by entry note closing why }`;

export interface SeenAlert {
  readonly id: string;
  readonly pattern: string;
  readonly severity: string;
  readonly state: string;
  readonly level: number;
  readonly client: string;
  readonly evidence: readonly string[];
  readonly isSuspending: boolean;
  readonly closing: string | null;
  readonly history: readonly Readonly<Record<string, Json>>[];
  readonly [name: string]: unknown;
}

export async function seenAlerts(gateway: TestGateway, filter: object = {}): Promise<readonly SeenAlert[]> {
  const query = `query($filter: AlertFilter) { alerts(filter: $filter) { alerts { ${ALERT} } next waiting oldestWaiting } }`;
  const answer = await askPatiently(gateway, query, { filter }, AUDITOR);
  expect(answer.errors).toEqual([]);
  return rootOf<{ alerts: SeenAlert[] }>(answer, 'alerts').alerts;
}

/** The first alert of the filter that fits, once it is there. */
export async function awaitAlert(
  gateway: TestGateway,
  filter: object,
  fits: (alert: SeenAlert) => boolean = () => true,
): Promise<SeenAlert> {
  return vi.waitUntil(async () => (await seenAlerts(gateway, filter)).find(fits), {
    timeout: 30_000,
    interval: 200,
  });
}

/** POST /alerts. */
export async function actOnAlert(
  gateway: TestGateway,
  order: object,
  caller: Caller = AUDITOR,
): Promise<{ readonly status: number; readonly body: Json; readonly entry: string | null }> {
  const response = await fetch(gateway.url.replace('/graphql', '/alerts'), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${gateway.token(caller)}`,
      ...(caller.caseId ? { 'x-case-id': caller.caseId } : {}),
    },
    body: JSON.stringify(order),
  });
  return {
    status: response.status,
    body: (await response.json()) as Json,
    entry: response.headers.get('x-access-entry'),
  };
}

/** Asks again where the machine is too busy to answer. */
export async function askPatiently(
  gateway: TestGateway,
  query: string,
  variables: object,
  caller: Caller,
): Promise<TestAnswer> {
  for (;;) {
    const answer = await gateway.ask(query, variables, caller);
    if (answer.status !== 503) return answer;
  }
}

const MANY = 'query($ids: [ID!]!) { citizens(personalIds: $ids) { personalId citizen { name { full } } } }';

/** One token takes so many strangers' records, under one dossier. Returns their ids. */
export async function takeStrangers(
  gateway: TestGateway,
  count: number,
  caller: Caller,
): Promise<readonly string[]> {
  const ids = [...country.people({}).take(count)].map(({ personalId }) => personalId);
  for (let at = 0; at < ids.length; at += 100) {
    await askPatiently(gateway, MANY, { ids: ids.slice(at, at + 100) }, caller);
  }
  return ids;
}
