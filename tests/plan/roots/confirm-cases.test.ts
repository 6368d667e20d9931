import { describe, expect, test } from 'vitest';
import { confirmCases } from '../../../src/plan/roots/confirm-cases.ts';
import type { KeyRequest, RootRequest } from '../../../src/plan/roots/root-requests.ts';
import type { RowGate } from '../../../src/plan/rows/row-gate.ts';
import type { CaseFacts } from '../../../src/policy/case/case.ts';
import { readGrant } from '../../../src/policy/grant/grant.ts';
import type { CaseService } from '../../../src/sources/dossier/dossier-service.ts';
import type { RecordReader } from '../../../src/sources/records/record-reader.ts';
import { agreementOf } from '../../support/agreement.ts';
import { buildSchemaParts } from '../../support/plan-parts.ts';

const { schema, facts: labels, bindings } = buildSchemaParts();

const OWN = 'H26-261101-0001';
const GOOD = 'H26-261102-0001';
const CLOSED = 'H26-261103-9001';
const FOREIGN = 'H26-261104-8001';
const UNKNOWN = 'H26-261105-0001';
/** Good but for those whom it is about. */
const OTHERS = 'H26-261106-7001';

/** Of An alone, who has a part in Binh's household business. */
const PART = 'H26-261107-0001';

const AN = '001099000001';
const BINH = '001099000002';
const CATEGORIES = new Set(['BASIC', 'NON_PERSONAL'] as const);
const { grant } = readGrant(
  schema,
  labels,
  'query ($id: ID!) { citizen(personalId: $id) { sex businesses { code } } business(code: $id) { code } }',
  CATEGORIES,
);
const agreement = agreementOf({ grant, categories: CATEGORIES });

function factsOf(caseId: string, given: Partial<CaseFacts>): CaseFacts {
  const [, day = ''] = caseId.split('-');
  return {
    isOpen: true,
    receivedBy: 'office',
    receivedOn: `20${day.slice(0, 2)}-${day.slice(2, 4)}-${day.slice(4)}`,
    procedure: '1.004222',
    officers: ['officer'],
    parties: new Set([AN, BINH]),
    partiesListed: [],
    ...given,
  };
}

const DOSSIERS = new Map<string, Partial<CaseFacts>>([
  [OWN, {}],
  [GOOD, {}],
  [CLOSED, { isOpen: false }],
  [FOREIGN, { receivedBy: 'another' }],
  [OTHERS, { parties: new Set<string>() }],
  [PART, { parties: new Set([AN]), partiesListed: [{ kind: 'person', key: AN }] }],
]);

const service: CaseService = {
  async ask({ caseId }) {
    const given = DOSSIERS.get(caseId);
    return given ? factsOf(caseId, given) : null;
  },
  close: async () => {},
};

const origin = { register: 'business', upstreamId: null, age: 'live' } as const;
/** An is in the household business of Binh; nobody else is in any. */
const reader: Pick<RecordReader, 'get' | 'want' | 'readHop'> = {
  get: (_kind, key) => ({
    state: 'found',
    value: { personalId: key, businessCodes: key === AN ? [BINH] : [], representedCodes: [] },
    origin,
  }),
  want: () => undefined,
  readHop: async () => undefined,
};

type Item = readonly [key: string, caseId: string | null];

function requestOf([key, caseId]: Item): KeyRequest {
  return {
    identifier: key,
    key,
    match: null,
    caseId: caseId ?? OWN,
    hasOwnCase: caseId !== null,
    fault: null,
  };
}

function rootOf(field: 'citizen' | 'business', items: readonly Item[]): RootRequest {
  const root = bindings.roots.get(field);
  if (!root) throw new Error(`no root ${field}`);
  const plan = { shape: 'single', root } as RootRequest['plan'];
  return { plan, keys: items.map(requestOf), about: null };
}

const confirm = (roots: readonly RootRequest[], caseId = OWN) =>
  confirmCases(roots, {
    service,
    bindings,
    agreement,
    clientId: 'office',
    officer: 'officer',
    unit: null,
    caseId,
    reader: reader as RecordReader,
    gate: { admitParties() {}, decide: () => ({ state: 'visible' }) } as unknown as RowGate,
  });

describe('the day on which a dossier was received', () => {
  test.each([
    ['of the request’s own case', [[AN, null]], ['2026-11-01']],
    ['of an item’s case alone', [[AN, GOOD]], ['2026-11-02']],
    [
      'of an item’s case',
      [
        [AN, null],
        [BINH, GOOD],
      ],
      ['2026-11-01', '2026-11-02'],
    ],
    [
      'not of a closed one',
      [
        [AN, null],
        [BINH, CLOSED],
      ],
      ['2026-11-01'],
    ],
    [
      'not of another office’s',
      [
        [AN, null],
        [BINH, FOREIGN],
      ],
      ['2026-11-01'],
    ],
    [
      'nor of one that there is none of',
      [
        [AN, null],
        [BINH, UNKNOWN],
      ],
      ['2026-11-01'],
    ],
    [
      'nor of one about others',
      [
        [AN, null],
        [BINH, OTHERS],
      ],
      ['2026-11-01'],
    ],
  ] as const)('%s', async (_what, items, days) => {
    const { receivedOn } = await confirm([rootOf('citizen', items)]);
    expect([...receivedOn.values()].toSorted()).toEqual(days);
  });
});

test('a person is not reached where only a business of the same key is', async () => {
  const roots = [rootOf('business', [[BINH, PART]]), rootOf('citizen', [[BINH, PART]])];
  const { roots: confirmed, fault } = await confirm(roots);
  expect(fault).toBe(null);
  expect(confirmed.map(({ keys }) => keys[0]?.fault?.code ?? 'open')).toEqual(['open', 'CASE_NOT_VALID']);
});

test.each([
  [OWN, null],
  [CLOSED, 'closed'],
  [FOREIGN, 'foreign-office'],
  [UNKNOWN, 'unknown'],
  // Good, and about whoever else: no item uses it.
  [OTHERS, null],
])('where every item has a good case of its own, the request’s own case %s is %s', async (caseId, fault) => {
  const confirmed = await confirm([rootOf('citizen', [[AN, GOOD]])], caseId);
  expect(confirmed.fault).toBe(fault);
});
