import { expect, test } from 'vitest';
import {
  isWithdrawnBy,
  parseWithdrawals,
  suspensionsOf,
} from '../../../src/agreements/shared/withdrawals.ts';
import { agreementOf } from '../../support/agreement.ts';

const parse = (content: object | string | undefined) =>
  parseWithdrawals(
    content === undefined
      ? undefined
      : Buffer.from(typeof content === 'string' ? content : JSON.stringify(content)),
  );

test('an absent file withdraws nothing; a whole one names what it ends', () => {
  const none = { agreements: new Set(), suspensions: new Set() };
  expect(parse(undefined)).toEqual({ withdrawals: none, faults: [] });
  expect(parse('{}')).toEqual({ withdrawals: none, faults: [] });
  expect(
    parse(`
agreements:
  - { id: one, since: 2026-11-21, reason: Hết hiệu lực }
  - { id: two, version: 3 }
suspended:
  clients: [inspectorate]
  officers: [{ client: inspectorate, officer: an.nv }]
  tokens: ['42']
  keys: [k 1]
`).withdrawals,
  ).toEqual({
    agreements: new Set(['agreement one', 'agreement two@3']),
    suspensions: new Set(['client inspectorate', 'officer inspectorate an.nv', 'token 42', 'key k 1']),
  });
});

test.each<[string, object | string]>([
  ['an emptied file', ''],
  ['comments alone', '# nothing\n'],
  ['no YAML', ': :\n\t- x'],
  ['a list', []],
  ['an unknown key', { withdrawn: [] }],
  ['a misspelt condition', { agreements: [{ id: 'one', versions: [1] }] }],
  ['an id that none can have', { agreements: [{ id: 'one@2' }] }],
  ['no id', { agreements: [{ version: 2 }] }],
  ['a version that none can have', { agreements: [{ id: 'one', version: 0 }] }],
  ['a token that YAML reads as a number', 'suspended: { tokens: [42] }'],
  ['an officer of no client', { suspended: { officers: [{ officer: 'an.nv' }] } }],
  ['an unknown kind', { suspended: { units: ['00070'] } }],
])('%s is a fault, and lifts nothing in silence', (_name, content) => {
  expect(parse(content).faults.length).toBeGreaterThan(0);
});

test.each<[string, number, boolean]>([
  ['agreement test', 1, true],
  ['agreement test', 9, true],
  ['agreement test@2', 1, true],
  ['agreement test@2', 2, true],
  ['agreement test@2', 3, false],
  ['agreement test-two', 1, false],
  ['agreement tes', 1, false],
])('%s ends version %i of test: %s', (entry, version, isEnded) => {
  expect(isWithdrawnBy(new Set(['agreement other', entry]), agreementOf({ version }))).toBe(isEnded);
});

test('a caller is suspended by client, officer of that client, token or key, and by nothing that reads alike', () => {
  const caller = { client: { id: 'a' }, officer: 'b c', tokenId: 'd', keyId: 'e' };
  expect(suspensionsOf(caller)).toEqual(['client a', 'officer a b c', 'token d', 'key e']);
  const names = parse({
    suspended: { clients: ['b'], officers: [{ client: 'b', officer: 'c' }], tokens: ['e'], keys: ['d'] },
  }).withdrawals.suspensions;
  expect(suspensionsOf(caller).filter((entry) => names.has(entry))).toEqual([]);
});
