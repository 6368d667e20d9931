import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { expect, test } from 'vitest';
import {
  faultsOfSignatures,
  signAgreement,
  statementOf,
  type SignedAgreement,
} from '../../../src/agreements/folder/owner-signatures.ts';
import { createOwners } from '../../support/signed-agreements.ts';

const owners = createOwners(['population', 'land', 'business']);
const PROVIDERS = new Set(['population', 'land']);
const SIGNED: SignedAgreement = {
  id: 'one',
  version: 3,
  agreementBytes: Buffer.from('id: one\nversion: 3\n'),
  grantBytes: Buffer.from('{ citizen }'),
  systems: ['office agency 00070'],
};

function keyOf(register: string): KeyObject {
  const key = owners.privateKeys.get(register);
  if (!key) throw new Error(register);
  return key;
}

interface Row {
  readonly register: string;
  readonly key: string;
  readonly signature: string;
}

const row = (register: string, signed = SIGNED, signer = register, as = register): Row => ({
  register,
  key: 'k1',
  signature: signAgreement(signed, as, keyOf(signer)),
});
const GOOD = [row('population'), row('land')];

const faultsOf = (
  file: readonly object[] | string | undefined,
  signed = SIGNED,
  keys = owners.keys,
): readonly string[] =>
  faultsOfSignatures(
    signed,
    PROVIDERS,
    file === undefined ? undefined : Buffer.from(typeof file === 'string' ? file : JSON.stringify(file)),
    keys,
  );

test('what is signed is a text that can be read', () => {
  const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  expect(statementOf(SIGNED, 'land').toString()).toBe(
    [
      'national-data-gateway agreement signature v1',
      'register: land',
      'id: one',
      'version: 3',
      `agreement-sha256: ${sha256(SIGNED.agreementBytes)}`,
      `grant-sha256: ${sha256(SIGNED.grantBytes)}`,
      'system: office agency 00070',
      '',
    ].join('\n'),
  );
});

test('a signature of each provider, in any order, is what it takes', () => {
  expect(faultsOf(GOOD)).toEqual([]);
  expect(faultsOf(GOOD.toReversed())).toEqual([]);
});

/** Each row is an attack: what is presented for `land`, and what is said of it. */
const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const elsewhere = generateKeyPairSync('ed25519');
const changed = (change: Partial<SignedAgreement>): SignedAgreement => ({ ...SIGNED, ...change });
const UNFIT = ['signatures: the signature of land does not fit'];
const [, LAND] = GOOD;
const signature = Buffer.from(LAND?.signature ?? '', 'base64');
const flipped = Buffer.from(signature.map((byte, index) => (index === 40 ? byte ^ 1 : byte)));

test.each<[string, readonly object[], readonly string[]]>([
  ['of another version', [row('land', changed({ version: 2 }))], UNFIT],
  ['of another agreement', [row('land', changed({ id: 'two' }))], UNFIT],
  ['over another grant', [row('land', changed({ grantBytes: Buffer.from('{ citizens }') }))], UNFIT],
  ['for a system of another commune', [row('land', changed({ systems: ['office agency 00004'] }))], UNFIT],
  [
    'over the two files swapped',
    [row('land', changed({ agreementBytes: SIGNED.grantBytes, grantBytes: SIGNED.agreementBytes }))],
    UNFIT,
  ],
  ['by another register’s owner', [row('land', SIGNED, 'population')], UNFIT],
  ['by the owner, for another register', [row('land', SIGNED, 'land', 'population')], UNFIT],
  ['of another register, relabelled', [{ ...row('population'), register: 'land' }], UNFIT],
  [
    'by somebody else',
    [{ ...row('land'), signature: signAgreement(SIGNED, 'land', elsewhere.privateKey) }],
    UNFIT,
  ],
  ['with one bit changed', [{ ...row('land'), signature: flipped.toString('base64') }], UNFIT],
  ['of nothing', [{ ...row('land'), signature: Buffer.alloc(64).toString('base64') }], UNFIT],
  [
    'by an algorithm of the signer’s choice',
    [
      {
        ...row('land'),
        signature: sign('sha256', statementOf(SIGNED, 'land'), {
          key: p256.privateKey,
          dsaEncoding: 'ieee-p1363',
        }).toString('base64'),
      },
    ],
    UNFIT,
  ],
  ['by a key that is not there', [{ ...row('land'), key: 'k2' }], ['signatures: land has no key k2']],
  [
    'by a key named as an object’s own',
    [{ ...row('land'), key: 'constructor' }],
    ['signatures: land has no key constructor'],
  ],
  ['missing', [], ['signatures: land has not signed']],
  ['doubled', [row('land'), row('land')], ['signatures: land signs twice']],
  [
    'first good, then bad',
    [row('land'), { ...row('land'), key: 'k2' }],
    ['signatures: land signs twice', 'signatures: land has no key k2'],
  ],
  [
    'beside a stranger’s',
    [row('land'), row('business')],
    ['signatures: business is no provider of this agreement'],
  ],
  [
    'beside an unknown register’s',
    [row('land'), { ...row('business'), register: 'tax' }],
    ['signatures: tax is no provider of this agreement'],
  ],
])('a signature %s is refused', (_name, rows, faults) => {
  expect(faultsOf([row('population'), ...rows])).toEqual(faults);
});

test.each<[string, Partial<SignedAgreement>]>([
  ['a byte of the agreement', { agreementBytes: Buffer.from('id: one\nversion: 3 \n') }],
  ['a byte of the grant', { grantBytes: Buffer.from('{ citizen }\n') }],
  ['the version that is read', { version: 4 }],
  ['the id that is read', { id: 'One' }],
])('after signing, %s must not change', (_name, change) => {
  expect(faultsOf(GOOD, changed(change))).toEqual([
    'signatures: the signature of population does not fit',
    'signatures: the signature of land does not fit',
  ]);
});

test.each<[string, object[] | string]>([
  ['no YAML', ': :\n\t- x'],
  ['no list', '{}'],
  ['a field too many', [{ ...GOOD[0], algorithm: 'none' }]],
  ['no base64', [{ ...GOOD[0], signature: 'x'.repeat(88) }]],
  ['a short signature', [{ ...GOOD[0], signature: 'AAAA' }]],
  ['a signature of two spellings', [{ ...GOOD[0], signature: ` ${GOOD[0]?.signature}` }]],
])('a file with %s is refused', (_name, file) => {
  expect(faultsOf(file)).toEqual(['signatures: not a list of register, key and signature']);
});

test('nobody’s signature, and nobody’s key, is a fault for each provider', () => {
  const missing = ['signatures: population has not signed', 'signatures: land has not signed'];
  expect(faultsOf(undefined)).toEqual(missing);
  expect(faultsOf([])).toEqual(missing);
  expect(faultsOf(GOOD, SIGNED, new Map())).toEqual([
    'signatures: population has no key k1',
    'signatures: land has no key k1',
  ]);
});
