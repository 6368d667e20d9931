import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  country,
  startTestGateway,
  type Caller,
  type Json,
  type TestGateway,
} from '../../support/gateway.ts';
import { rootOf } from '../../support/edge.ts';

/** Early warning over HTTP: a token that takes strangers' records is noticed, and what people do about it is on record. */

const auditor: Caller = { client: 'auditor', officer: 'ktv.minh', purpose: null, caseId: 'KT-261121-0001' };
const ALERT = `id pattern name severity state level client observed usual unit evidence wouldExplain isSuspending escalatesAt closing
  tried { reason words explained accesses } history { act by entry note closing why }`;

type AlertSeen = Readonly<Record<string, Json>> & {
  readonly id: string;
  readonly evidence: readonly string[];
};

let gateway: TestGateway;

beforeAll(async () => {
  gateway = await startTestGateway({ environment: { EARLY_WARNING: 'on' } });
});
afterAll(() => gateway.close());

async function alerts(filter: object = {}): Promise<readonly AlertSeen[]> {
  const query = `query($filter: AlertFilter) { alerts(filter: $filter) { alerts { ${ALERT} } next waiting oldestWaiting } }`;
  const answer = await gateway.ask(query, { filter }, auditor);
  expect(answer.errors).toEqual([]);
  return rootOf<{ alerts: AlertSeen[] }>(answer, 'alerts').alerts;
}

describe('a token that asks for 2,000 strangers', () => {
  it('raises an alert within seconds, which names entries and no person', async () => {
    const ids = [...country.people({}).take(2_000)].map(({ personalId }) => personalId);
    const query =
      'query($ids: [ID!]!) { citizens(personalIds: $ids) { personalId citizen { name { full } birthDate } } }';
    for (let at = 0; at < ids.length; at += 100) {
      const answer = await gateway.ask(query, { ids: ids.slice(at, at + 100) }, { officer: 'ke.gian' });
      expect([answer.status, answer.text.slice(0, 200)]).toEqual([200, expect.any(String)]);
    }
    const [alert] = await vi.waitUntil(
      async () => {
        const found = await alerts({ pattern: 'drain-by-batches' });
        return found.length > 0 && found;
      },
      { timeout: 20_000, interval: 300 },
    );
    expect(alert).toMatchObject({ client: 'inspectorate', state: 'OPEN', level: 0 });
    console.log(JSON.stringify(await alerts(), null, 1));
    const text = JSON.stringify(alert);
    expect(ids.filter((id) => text.includes(id))).toEqual([]);
    expect(text).not.toContain('ke.gian');
  });
});
