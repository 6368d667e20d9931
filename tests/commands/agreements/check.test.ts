import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { checkAgreements } from '../../../src/commands/agreements/check-agreements.ts';
import { createFolder, GOOD, OTHER, type TestFolder } from '../../agreements/agreement-folder.ts';
import { createOwners, signFolder } from '../../support/signed-agreements.ts';

let folder: TestFolder;
afterEach(() => folder.delete());

test('says what a good folder holds, and what it could not check', () => {
  folder = createFolder({ 'one.yaml': GOOD, 'two.yaml': { ...OTHER, version: 4 } });
  expect(checkAgreements(folder.path)).toEqual({
    status: 0,
    output: [
      'one version 1: inspection, inspectorate',
      'two version 4: land-registration, inspectorate',
      'note: signatures were not checked (--owner-keys FILE)',
    ].join('\n'),
  });
});

test('names what of a grant can never be answered', () => {
  folder = createFolder({
    'one.yaml': { ...GOOD, parties: { receiver: 'Thanh tra', providers: ['population', 'civil-status'] } },
    'one.graphql': 'query Grant($id: ID!) { citizen(personalId: $id) { personalId death { date } } }',
  });
  const { status, output } = checkAgreements(folder.path);
  expect(status).toBe(0);
  expect(output).toContain(
    'note: one: Citizen.death tells of nobody whom the agreement shows: it has no clearance "deceased".',
  );
});

test('everything that the demo’s agreements grant can be answered', () => {
  const { status, output } = checkAgreements(
    fileURLToPath(new URL('../../../mocks/agreements', import.meta.url)),
  );
  expect(status).toBe(0);
  expect(output.split('\n').filter((line) => line.startsWith('note:'))).toEqual([
    'note: signatures were not checked (--owner-keys FILE)',
  ]);
});

test('says every fault, of withdrawals and signatures too', () => {
  folder = createFolder({
    'one.yaml': { ...GOOD, version: 0, answer: 'all' },
    'two.yaml': OTHER,
    'withdrawn.yaml': 'agreement: [one]',
  });
  const keys = join(folder.path, 'owner-keys.json');
  writeFileSync(keys, createOwners().file);
  const { status, output } = checkAgreements(folder.path, keys);
  expect(status).toBe(1);
  expect(output.split('\n').map((line) => line.split(': ').slice(0, 2).join(': '))).toEqual([
    'one.yaml: version',
    'one.yaml: answer',
    'two.yaml: signatures',
    'withdrawn.yaml: file',
  ]);
});

test('checks signatures, says what is withdrawn, and which withdrawal names nothing', () => {
  folder = createFolder({
    'one.yaml': GOOD,
    'two.yaml': OTHER,
    'withdrawn.yaml': { agreements: [{ id: 'one' }, { id: 'tow' }] },
  });
  const owners = createOwners(['population']);
  signFolder(folder.path, owners);
  const keys = join(folder.path, 'owner-keys.json');
  writeFileSync(keys, owners.file);
  expect(checkAgreements(folder.path, keys)).toEqual({
    status: 0,
    output: [
      'one version 1 (withdrawn): inspection, inspectorate',
      'two version 1: land-registration, inspectorate',
      'note: withdrawn.yaml names agreement tow, which is not in force here',
    ].join('\n'),
  });
});

test.each(['{}x', '{"land":[{"id":"a","publicKey":"b"}]}'])('takes no owners’ keys of %s', (text) => {
  folder = createFolder({ 'one.yaml': GOOD });
  const keys = join(folder.path, 'owner-keys.json');
  writeFileSync(keys, text);
  expect(() => checkAgreements(folder.path, keys)).toThrow('does not hold Ed25519 public keys');
});
