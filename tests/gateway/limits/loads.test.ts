import { afterAll, beforeAll, expect, it } from 'vitest';
import { copyDemoAgreements, type DemoFolder } from '../../support/demo-folder.ts';
import { startTestGateway, type TestGateway } from '../../support/gateway.ts';
import { withLog } from '../../support/recorded.ts';

/** Every load of agreements stands in the access log, as an act of the gateway itself. */
let folder: DemoFolder;
let gateway: TestGateway;

beforeAll(async () => {
  folder = copyDemoAgreements();
  gateway = await startTestGateway({ environment: { AGREEMENTS_DIR: folder.path } });
});

afterAll(async () => {
  await gateway.close();
  folder.delete();
});

/** Details of the loads on record, oldest first. */
function loads(): readonly Record<string, unknown>[] {
  return withLog(gateway, (reader) =>
    reader.answerIds().flatMap((id) => {
      const found = reader.answer(id);
      if (found?.answer.callerKind !== 'gateway' || found.answer.purpose === 'log-begun') return [];
      const { answer, entries } = found;
      expect(answer).toMatchObject({
        purpose: 'agreements',
        client: 'gateway',
        outcome: 'answered',
        caseId: null,
      });
      expect(entries).toMatchObject([{ subject: { kind: 'none' }, outcome: 'nothing', disclosed: [] }]);
      return [(answer.detail ?? {}) as Record<string, unknown>];
    }),
  );
}

const NOTHING = {
  added: [],
  changed: [],
  withdrawn: [],
  reinstated: [],
  suspended: [],
  clients: [],
  papers: [],
  lifted: [],
  faults: [],
};
const DIGEST = expect.stringMatching(/^[0-9a-f]{64}$/);
const SOON = { timeout: 10_000, interval: 50 };

it('the one at start, with every agreement and its digest', () => {
  const [first, ...others] = loads();
  expect(others).toEqual([]);
  const added = [
    'asset-inspection',
    'hanoi-land-registration',
    'hcm-business-registration',
    'hoankiem-civil-status',
    'hoankiem-social-assistance',
    'portal-form-prefill',
  ].map((id) => ({ id, version: 1, digest: DIGEST }));
  const papers = ['KT-261121-0001', 'KT-261121-0002', 'KT-261121-0003'];
  expect(first).toEqual({ ...NOTHING, added: expect.arrayContaining(added), papers });
  expect(first?.['added']).toHaveLength(added.length);
});

it.each([
  {
    what: 'a new version',
    act: () => folder.change('inspection.yaml', /version: 1/, 'version: 2'),
    difference: { changed: [{ id: 'asset-inspection', from: 1, to: 2, digest: DIGEST }] },
  },
  {
    what: 'a faulty state, which is refused',
    act: () => folder.change('inspection.yaml', /version: 2/, 'version: 0'),
    difference: { faults: [expect.stringContaining('inspection.yaml')] },
  },
  {
    what: 'a withdrawal and a suspension',
    act: () =>
      folder.put(
        'withdrawn.yaml',
        'agreements: [{ id: hoankiem-civil-status }]\nsuspended: { clients: [dvc-portal] }\n',
      ),
    difference: {
      withdrawn: [{ id: 'hoankiem-civil-status', version: 1 }],
      suspended: ['client dvc-portal'],
    },
  },
  {
    what: 'their end',
    act: () => folder.put('withdrawn.yaml', 'agreements: []\n'),
    difference: {
      reinstated: [{ id: 'hoankiem-civil-status', version: 1 }],
      lifted: ['client dvc-portal'],
    },
  },
])('$what, with the difference alone', async ({ act, difference }) => {
  const before = loads().length;
  act();
  await expect.poll(() => loads().slice(before), SOON).toEqual([{ ...NOTHING, ...difference }]);
});
