import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { generateKey } from '../../src/commands/agreements/generate-key.ts';
import { approveOrder } from '../../src/commands/orders/approve-order.ts';
import { checkOrders } from '../../src/commands/orders/check-orders.ts';
import { signOrders } from '../../src/commands/orders/sign-orders.ts';
import { complaintSubject } from '../../src/policy/case/complaint-subject.ts';

const folder = mkdtempSync(join(tmpdir(), 'audit-orders-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true }));

const ORDERS = `# Orders of the inspectorate.
orders:
  # The office of Hoàn Kiếm.
  - number: KT-261121-0001
    auditor: auditor
    agencies: [hn-hoankiem-civil] # and no other
    from: '2026-01-01'
    until: '2026-06-30'
    expires: '2026-12-31'
  - number: KT-261121-0002
    auditor: auditor
    agencies: all
    from: 2026-01-01
    until: 2026-06-30
    expires: 2026-12-31
    bySubject: demo # until somebody approves
releases:
  - { case: H26-261121-0001, on: 2026-11-22 }
`;
const file = at('audit-orders.yaml');
const comments = (text: string): readonly string[] => text.match(/# .*$/gm) ?? [];

/** A pair as `keygen` prints it: the file for --key, and the public part. */
function pair(name: string): string {
  const { output } = generateKey('k1');
  writeFileSync(at(`${name}.pem`), `${output}\n`);
  return (JSON.parse(output.split('\n').at(-1) ?? '') as { publicKey: string }).publicKey;
}
const owners = at('owners.json');
writeFileSync(
  owners,
  JSON.stringify({
    'audit-orders': [{ id: 'i1', publicKey: pair('issuer') }],
    'audit-approvals': [{ id: 'a1', publicKey: pair('approver') }],
  }),
);
const signFile = () => signOrders(file, { keyId: 'i1', keyFile: at('issuer.pem') });
const approveAs = (name: string, number = 'KT-261121-0002') =>
  approveOrder(file, { number, keyId: 'a1', keyFile: at(`${name}.pem`) });
const checked = () => checkOrders(file, owners);

beforeEach(() => writeFileSync(file, ORDERS, { mode: 0o640 }));

test('everything unsigned is signed, comments stay, and the gateway believes it once a second person approves', () => {
  const { output } = signFile();
  expect(output.match(/^paper: .*$/gm)).toEqual(['paper: order', 'paper: order', 'paper: release']);
  expect(checked()).toEqual({
    status: 1,
    output: 'audit-orders.yaml: KT-261121-0002: searches by subject are approved for the demo alone',
  });
  expect(approveAs('approver').output).toMatch(/^national-data-gateway audit-approvals v1\npaper: order\n/);
  expect(checked()).toEqual({
    status: 0,
    output: [
      'KT-261121-0001: auditor, accesses of hn-hoankiem-civil from 2026-01-01 to 2026-06-30, until 2026-12-31',
      'KT-261121-0002: auditor, accesses of all agencies from 2026-01-01 to 2026-06-30, by subject too, until 2026-12-31',
      'release of H26-261121-0001: on 2026-11-22',
    ].join('\n'),
  });
  const text = readFileSync(file, 'utf8');
  expect(comments(text)).toEqual(expect.arrayContaining(comments(ORDERS).slice(0, 3)));
  expect(statSync(file).mode & 0o777).toBe(0o640);
});

test('what is signed already stays as it is', () => {
  signFile();
  const before = readFileSync(file, 'utf8');
  expect(signFile().output).toBe('Nothing is unsigned.');
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('what was changed after signing is told', () => {
  signFile();
  writeFileSync(file, readFileSync(file, 'utf8').replace(/\[ ?hn-hoankiem-civil ?\]/, 'all'));
  expect(checked().output).toContain('KT-261121-0001: the signature of audit-orders does not fit');
});

test.each([
  ['by the issuer', 'issuer', 'KT-261121-0002', 'was issued with this key'],
  ['of an order that there is not', 'approver', 'KT-261121-0009', 'does not have one order'],
  ['with what is no key', 'owners.json', 'KT-261121-0002', 'cannot be read'],
])('an approval %s is refused, and nothing is written', (_name, key, number, reason) => {
  signFile();
  const before = readFileSync(file, 'utf8');
  expect(() => approveAs(key, number)).toThrow(reason);
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('nobody approves what is not issued, nor twice', () => {
  expect(() => approveAs('approver')).toThrow('is not issued yet');
  signFile();
  approveAs('approver');
  expect(() => approveAs('approver')).toThrow('is approved already, with key a1');
});

test('papers behind an alias are not signed', () => {
  writeFileSync(file, `${ORDERS.replace('- { case', '- &one { case')}  - *one\n`);
  expect(signFile).toThrow('without aliases');
});

test('JSON is YAML', () => {
  writeFileSync(file, JSON.stringify(parse(ORDERS)));
  signFile();
  approveAs('approver');
  expect(checked().status).toBe(0);
});

const run = (args: readonly string[], input = '') =>
  spawnSync(process.execPath, ['src/commands/ndg.ts', 'orders', ...args], { encoding: 'utf8', input });

const COMPLAINT = [
  'complaint',
  '--number',
  'KN-261122-0001',
  '--auditor',
  'auditor',
  '--expires',
  '2026-12-31',
];

test('complaint prints an entry that is put into the file as it is, signed and checked', async () => {
  const { status, stdout } = run(COMPLAINT, '001190900011\n');
  const subject = await complaintSubject('KN-261122-0001', '001190900011');
  expect({ status, entry: parse(stdout) as unknown }).toEqual({
    status: 0,
    entry: { complaints: [{ number: 'KN-261122-0001', auditor: 'auditor', expires: '2026-12-31', subject }] },
  });
  writeFileSync(file, ORDERS.replace('bySubject: demo', '#') + stdout);
  expect(signFile().output).toContain('paper: complaint');
  expect(checked()).toMatchObject({
    status: 0,
    output: expect.stringContaining('KN-261122-0001: auditor, one person'),
  });
});

test('what is no personal id is not told back', () => {
  const { status, stdout, stderr } = run(COMPLAINT, '00119090001');
  expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
  expect(stderr).toBe('Standard input is not a personal id of 12 digits.\n');
});

test('check says without keys that it did not look at signatures', () => {
  const { status, stdout } = run(['check', file]);
  expect({ status, last: stdout.trimEnd().split('\n').slice(-2) }).toEqual({
    status: 0,
    last: [
      'note: KT-261121-0002 approves searches by subject for the demo alone',
      'note: signatures were not checked (--owner-keys FILE)',
    ],
  });
});

test.each([
  [[], 2],
  [['constructor'], 2],
  [['sign', file], 2],
  [['approve', file, '--key-id', 'a1', '--key', 'x'], 2],
  [['complaint', '--number', 'KT-261121-0001'], 2],
  [COMPLAINT.slice(0, 5), 2],
  [[...COMPLAINT.slice(0, 3), ...COMPLAINT.slice(5)], 2],
  [['check', '/nowhere'], 1],
  [['sign', '/nowhere', '--key-id', 'i1', '--key', 'x'], 1],
])('%j ends with %i', (args: readonly string[], wanted) => {
  const { status, stdout } = run(args);
  expect({ status, stdout }).toEqual({ status: wanted, stdout: '' });
});
