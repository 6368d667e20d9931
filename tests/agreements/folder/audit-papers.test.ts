import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import {
  APPROVING,
  ISSUING,
  parseAuditPapers,
  paperStatement,
  signPaper,
  type OrderPaper,
  type SignedPaper,
} from '../../../src/agreements/folder/audit-papers.ts';
import { NO_PAPERS } from '../../../src/policy/case/audit-order.ts';

const issuer = generateKeyPairSync('ed25519');
const approver = generateKeyPairSync('ed25519');
const stranger = generateKeyPairSync('ed25519');
const OWNERS = new Map([
  [ISSUING, new Map([['i1', issuer.publicKey]])],
  [
    APPROVING,
    new Map([
      ['a1', approver.publicKey],
      // The issuer got into the other list as well, under another name.
      ['a2', issuer.publicKey],
    ]),
  ],
]);

const ORDER: OrderPaper = {
  number: 'KT-261121-0001',
  auditor: 'auditor',
  officers: ['ktv.minh'],
  agencies: ['hn-hoankiem-civil'],
  from: '2026-01-01',
  until: '2026-06-30',
  expires: '2026-12-31',
};
const COMPLAINT = {
  number: 'KN-261122-0001',
  auditor: 'auditor',
  expires: '2026-12-31',
  subject: 'ab'.repeat(32),
};
const RELEASE = { case: 'H26-261121-0001', on: '2026-11-22' };

const signed = <T extends SignedPaper>(paper: T, key = issuer, id = 'i1') => ({
  ...paper,
  signature: { key: id, signature: signPaper(paper, ISSUING, key.privateKey) },
});
const approved = <T extends OrderPaper>(order: T, key = approver, id = 'a1') => ({
  ...order,
  bySubject: { key: id, signature: signPaper(order, APPROVING, key.privateKey) },
});
const parse = (content: object | string, owners: Parameters<typeof parseAuditPapers>[1] = OWNERS) =>
  parseAuditPapers(Buffer.from(typeof content === 'string' ? content : stringify(content)), owners);
const faultsOf = (content: object | string): readonly string[] =>
  parse(content).faults.map((fault) => fault.replace('audit-orders.yaml: ', ''));

const GOOD = approved(signed(ORDER));
const NUMBER = 'KT-261121-0001';

test('what is signed counts, and opens what it says', () => {
  const { papers, faults } = parse({
    orders: [GOOD],
    complaints: [signed(COMPLAINT)],
    releases: [signed(RELEASE)],
  });
  expect(faults).toEqual([]);
  expect(papers.orders.get(NUMBER)).toEqual({ ...ORDER, isApprovedBySubject: true });
  expect([...papers.complaints.values()]).toEqual([COMPLAINT]);
  expect(papers.releases).toEqual([RELEASE]);
});

test('all agencies and any officer are null, and nobody has approved', () => {
  const { officers: _officers, ...anyone } = ORDER;
  const { papers } = parse({ orders: [signed({ ...anyone, agencies: 'all' })] });
  expect(papers.orders.get(NUMBER)).toMatchObject({
    officers: null,
    agencies: null,
    isApprovedBySubject: false,
  });
});

const UNFIT = `${NUMBER}: the signature of audit-orders does not fit`;
const UNFIT_APPROVAL = `${NUMBER}: the signature of audit-approvals does not fit`;
const foreign = (signature: string) => ({ key: 'i1', signature });
const again = generateKeyPairSync('ed25519');

const REFUSED: readonly (readonly [string, object | string, readonly string[]])[] = [
  ['an order that nobody signed', { orders: [ORDER] }, [`${NUMBER}: is not signed`]],
  ['a complaint that nobody signed', { complaints: [COMPLAINT] }, ['KN-261122-0001: is not signed']],
  ['a release that nobody signed', { releases: [RELEASE] }, ['release of H26-261121-0001: is not signed']],
  ['signed with another key', { orders: [signed(ORDER, stranger)] }, [UNFIT]],
  [
    'signed with a key that is not known',
    { orders: [signed(ORDER, again, 'i9')] },
    [`${NUMBER}: audit-orders has no key i9`],
  ],
  [
    'issued with a key for approvals',
    { orders: [signed(ORDER, approver, 'a1')] },
    [`${NUMBER}: audit-orders has no key a1`],
  ],
  [
    'the signature of another paper',
    { orders: [{ ...ORDER, signature: signed({ ...ORDER, number: 'KT-261121-0002' }).signature }] },
    [UNFIT],
  ],
  [
    'an approval in the place of the issuer’s signature',
    { orders: [{ ...ORDER, signature: foreign(signPaper(ORDER, APPROVING, issuer.privateKey)) }] },
    [UNFIT],
  ],
  ...(
    [
      ['number', 'KT-261121-0009'],
      ['auditor', 'other-auditor'],
      ['officers', ['ktv.khac']],
      ['officers', undefined],
      ['agencies', 'all'],
      ['agencies', ['all']],
      ['from', '2025-01-01'],
      ['until', '2026-07-01'],
      ['expires', '2027-12-31'],
    ] as const
  ).map(([field, value]): readonly [string, object, readonly string[]] => {
    const { bySubject: _approval, ...issued } = GOOD;
    const changed = { ...issued, [field]: value };
    return [
      `${field} changed to ${JSON.stringify(value)} after signing`,
      { orders: [changed] },
      [UNFIT.replace(NUMBER, changed.number)],
    ];
  }),
  [
    'a complaint about somebody else',
    { complaints: [{ ...signed(COMPLAINT), subject: 'cd'.repeat(32) }] },
    ['KN-261122-0001: the signature of audit-orders does not fit'],
  ],
  [
    'a release of another day',
    { releases: [{ ...signed(RELEASE), on: '2026-01-01' }] },
    ['release of H26-261121-0001: the signature of audit-orders does not fit'],
  ],
  ['approved with another key', { orders: [approved(signed(ORDER), stranger)] }, [UNFIT_APPROVAL]],
  [
    'approved with a key that is not known',
    { orders: [approved(signed(ORDER), again, 'a9')] },
    [`${NUMBER}: audit-approvals has no key a9`],
  ],
  [
    'approved by the issuer, with the key of both lists',
    { orders: [approved(signed(ORDER), issuer, 'a2')] },
    [`${NUMBER}: searches by subject are approved with the key that issued the order`],
  ],
  [
    'approved by the issuer, under the issuer’s name for it',
    { orders: [approved(signed(ORDER), issuer, 'i1')] },
    [`${NUMBER}: audit-approvals has no key i1`],
  ],
  [
    'the issuer’s signature in the place of an approval',
    {
      orders: [
        {
          ...signed(ORDER),
          bySubject: { key: 'a1', signature: signPaper(ORDER, ISSUING, approver.privateKey) },
        },
      ],
    },
    [UNFIT_APPROVAL],
  ],
  [
    'an approval of what is issued otherwise since',
    { orders: [{ ...signed({ ...ORDER, agencies: 'all' }), bySubject: GOOD.bySubject }] },
    [UNFIT_APPROVAL],
  ],
  [
    'an approval of what nobody has issued yet',
    { orders: [{ ...signed(ORDER), bySubject: approved(ORDER).bySubject }] },
    [UNFIT_APPROVAL],
  ],
  [
    'an approval of the demo',
    { orders: [{ ...signed(ORDER), bySubject: 'demo' }] },
    [`${NUMBER}: searches by subject are approved for the demo alone`],
  ],
  [
    'an approval without the issuer’s signature',
    { orders: [{ ...ORDER, bySubject: GOOD.bySubject }] },
    [`${NUMBER}: is not signed`, UNFIT_APPROVAL],
  ],
  [
    'ends before it begins',
    { orders: [signed({ ...ORDER, until: '2025-12-31' })] },
    [`${NUMBER}: ends before it begins`],
  ],
  ['a number twice', { orders: [signed(ORDER), GOOD] }, [`${NUMBER}: appears twice`]],
  ['a number thrice', { orders: [GOOD, GOOD, GOOD] }, [`${NUMBER}: appears twice`]],
  [
    'a release twice',
    { releases: [signed(RELEASE), signed({ ...RELEASE, on: '2027-01-01' })] },
    ['release of H26-261121-0001: appears twice'],
  ],
];

test.each(REFUSED)('refused: %s', (_name, content, faults) => {
  expect(faultsOf(content)).toEqual(faults);
  expect(parse(content).papers).toBe(NO_PAPERS);
});

describe('the file', () => {
  test.each([
    [
      'a field that is not known',
      { orders: [{ ...GOOD, note: 'x' }] },
      /^orders\.0: Unrecognized key: "note"$/,
    ],
    ['a list that is not known', { order: [] }, /^file: Unrecognized key: "order"$/],
    [
      'a field of the signature',
      { orders: [{ ...ORDER, signature: { ...GOOD.signature, by: 'x' } }] },
      /"by"$/,
    ],
    ['an officer misspelt', { orders: [{ ...GOOD, officer: 'ktv.minh' }] }, /"officer"$/],
    ['no officers', { orders: [{ ...GOOD, officers: [] }] }, /^orders\.0\.officers: /],
    ['no agencies', { orders: [{ ...GOOD, agencies: [] }] }, /^orders\.0\.agencies: /],
    ['an approval in words', { orders: [{ ...GOOD, bySubject: true }] }, /^orders\.0\.bySubject: /],
    ['a day that is none', { orders: [{ ...GOOD, from: '2026-02-30' }] }, /^orders\.0\.from: /],
    ['a number of a complaint', { orders: [{ ...GOOD, number: 'KN-261121-0001' }] }, /^orders\.0\.number: /],
    [
      'a personal id for its digest',
      { complaints: [{ ...COMPLAINT, subject: '001190900011' }] },
      /subject: /,
    ],
    ['no YAML', 'orders: [', /^not readable YAML$/],
    ['a key twice', 'orders: []\norders: []', /^not readable YAML$/],
    ['a list', '- orders', /^file: /],
  ] as const)('%s is a fault', (_name, content, fault) => {
    expect(faultsOf(content)).toEqual([expect.stringMatching(fault)]);
  });

  test.each(['', '# nothing yet\n', 'orders:\n', '{}'])('holds nothing as %j', (content) => {
    expect(parse(content)).toEqual({ papers: NO_PAPERS, faults: [] });
  });

  test('holds nothing where it is absent', () => {
    expect(parseAuditPapers(undefined, OWNERS)).toEqual({ papers: NO_PAPERS, faults: [] });
  });

  test('one fault refuses all of it', () => {
    expect(parse({ orders: [GOOD], releases: [RELEASE] }).papers).toBe(NO_PAPERS);
  });
});

describe('the demo', () => {
  test('takes what nobody signed, and its own approval', () => {
    const { papers, faults } = parse({ orders: [{ ...ORDER, bySubject: 'demo' }] }, 'unsigned');
    expect(faults).toEqual([]);
    expect(papers.orders.get(NUMBER)?.isApprovedBySubject).toBe(true);
  });

  test('takes no order that ends before it begins', () => {
    const { faults } = parse({ orders: [{ ...ORDER, until: '2025-12-31' }] }, 'unsigned');
    expect(faults).toEqual([`audit-orders.yaml: ${NUMBER}: ends before it begins`]);
  });
});

test('without any keys nothing counts', () => {
  expect(parse({ orders: [GOOD] }, new Map()).faults).toHaveLength(2);
});

test('what is signed, to the letter', () => {
  expect(paperStatement(GOOD, APPROVING).toString()).toBe(
    `national-data-gateway audit-approvals v1
paper: order
agencies: ["hn-hoankiem-civil"]
auditor: "auditor"
expires: "2026-12-31"
from: "2026-01-01"
number: "KT-261121-0001"
officers: ["ktv.minh"]
until: "2026-06-30"
signature: i1 ${GOOD.signature.signature}
`,
  );
  expect(paperStatement(RELEASE, ISSUING).toString()).toBe(
    'national-data-gateway audit-orders v1\npaper: release\ncase: "H26-261121-0001"\non: "2026-11-22"\n',
  );
});
