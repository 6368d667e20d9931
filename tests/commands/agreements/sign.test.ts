import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkAgreements } from '../../../src/commands/agreements/check-agreements.ts';
import { generateKey } from '../../../src/commands/agreements/generate-key.ts';
import { signAgreementFile, signAllAgreements } from '../../../src/commands/agreements/sign-agreement.ts';
import { createFolder, GOOD, type TestFolder } from '../../agreements/agreement-folder.ts';

const TWO_PROVIDERS = {
  ...GOOD,
  parties: { ...GOOD.parties, providers: ['population', 'civil-status'] },
};
const GRANT = 'query Grant($id: ID!) { citizen(personalId: $id) { personalId birth { place } } }';

let folder: TestFolder;
const at = (file: string): string => join(folder.path, file);
beforeEach(() => {
  folder = createFolder({ 'one.yaml': TWO_PROVIDERS, 'one.graphql': GRANT });
});
afterEach(() => folder.delete());

/** A pair as `keygen` prints it: the file for `--key`, and the entry for the owners' keys. */
function pair(name: string): string {
  const { output } = generateKey('k1');
  writeFileSync(at(`${name}.pem`), `${output}\n`);
  return (JSON.parse(output.split('\n').at(-1) ?? '') as { publicKey: string }).publicKey;
}

const signAs = (register: string, keyId: string, key: string) =>
  signAgreementFile(at('one.yaml'), { register, keyId, keyFile: at(`${key}.pem`) });
const faults = (owners: object): string => {
  writeFileSync(at('owners.json'), JSON.stringify(owners));
  const { status, output } = checkAgreements(folder.path, at('owners.json'));
  return status === 0 ? '' : output;
};

test('each owner signs, one after the other, and the gateway believes it', () => {
  const owners = {
    population: [{ id: 'p1', publicKey: pair('p') }],
    'civil-status': [{ id: 'c1', publicKey: pair('c') }],
  };
  expect(faults(owners).split('\n')).toHaveLength(2);
  const { output } = signAs('population', 'p1', 'p');
  expect(output).toMatch(
    /^national-data-gateway agreement signature v1\nregister: population\nid: one\nversion: 1\n/,
  );
  expect(faults(owners)).toBe('one.yaml: signatures: civil-status has not signed');
  signAs('civil-status', 'c1', 'c');
  expect(faults(owners)).toBe('');
  // Nothing half written is left behind.
  expect(readdirSync(folder.path).filter((name) => name.startsWith('.'))).toEqual([]);
});

test('signing again takes the older signature’s place', () => {
  const first = pair('first');
  const second = pair('second');
  pair('c');
  signAs('population', 'p1', 'first');
  signAs('civil-status', 'c1', 'c');
  signAs('population', 'p2', 'second');
  const rows = parse(readFileSync(at('one.signatures.yaml'), 'utf8')) as { register: string; key: string }[];
  expect(rows.map(({ register, key }) => [register, key])).toEqual([
    ['civil-status', 'c1'],
    ['population', 'p2'],
  ]);
  expect(first).not.toBe(second);
});

test('what changes after signing has to be signed again', () => {
  const owners = {
    population: [{ id: 'p1', publicKey: pair('p') }],
    'civil-status': [{ id: 'c1', publicKey: pair('c') }],
  };
  signAs('population', 'p1', 'p');
  signAs('civil-status', 'c1', 'c');
  folder.put('one.graphql', GRANT.replace('place', 'place registeredOn'));
  expect(faults(owners).split('\n')).toEqual([
    'one.yaml: signatures: the signature of population does not fit',
    'one.yaml: signatures: the signature of civil-status does not fit',
  ]);
});

test.each<[string, () => unknown, string]>([
  ['a register that provides nothing', () => signAs('land', 'l1', 'p'), 'land is no provider of one.'],
  ['no such key file', () => signAs('population', 'p1', 'nobody'), 'cannot be read.'],
  ['a key of another kind', () => signAs('population', 'p1', 'ec'), 'holds no Ed25519 private key in PEM.'],
  ['no key at all', () => signAs('population', 'p1', 'text'), 'holds no Ed25519 private key in PEM.'],
])('%s: nothing is signed', (_name, work, message) => {
  pair('p');
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  writeFileSync(at('ec.pem'), ec.export({ type: 'pkcs8', format: 'pem' }));
  writeFileSync(at('text.pem'), 'secret text');
  expect(work).toThrow(message);
  expect(work).not.toThrow('secret text');
  expect(readdirSync(folder.path)).not.toContain('one.signatures.yaml');
});

test('a faulty agreement is not signed, and a broken list of signatures not written over', () => {
  pair('p');
  folder.put('one.signatures.yaml', 'signed: yes');
  expect(() => signAs('population', 'p1', 'p')).toThrow('is no list of signatures.');
  folder.put('one.yaml', { ...TWO_PROVIDERS, version: 0 });
  expect(() => signAs('population', 'p1', 'p')).toThrow(/one\.yaml:\n {2}version/);
});

test('--all signs every agreement to which the register provides data, and no other', () => {
  const owners = { population: [{ id: 'p1', publicKey: pair('p') }] };
  folder.put('one.yaml', GOOD);
  folder.put('one.graphql', GRANT.replace(' birth { place }', ''));
  folder.put('two.yaml', { ...GOOD, id: 'two', purpose: 'form-prefill', case: 'none' });
  const signer = { register: 'population', keyId: 'p1', keyFile: at('p.pem') };
  expect(faults(owners).split('\n')).toHaveLength(2);
  const { output } = signAllAgreements(folder.path, signer);
  expect(output.match(/^id: .*$/gm)).toEqual(['id: one', 'id: two']);
  expect(faults(owners)).toBe('');
  expect(() => signAllAgreements(folder.path, { ...signer, register: 'land' })).toThrow(
    'land provides data to no agreement',
  );
});
