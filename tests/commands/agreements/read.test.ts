import { afterEach, expect, test } from 'vitest';
import { diffAgreements } from '../../../src/commands/agreements/diff-agreements.ts';
import { showAgreement } from '../../../src/commands/agreements/show-agreement.ts';
import { createFolder, GOOD, GRANT, OTHER, type TestFolder } from '../../agreements/agreement-folder.ts';

const folders: TestFolder[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) folder.delete();
});

function folderOf(files: Readonly<Record<string, object | string>>): string {
  const folder = createFolder(files);
  folders.push(folder);
  return folder.path;
}

test('diff says in words what a new folder changes', () => {
  const before = folderOf({ 'one.yaml': GOOD, 'two.yaml': OTHER });
  const after = folderOf({
    'one.yaml': {
      ...GOOD,
      version: 2,
      systems: ['hn-hoankiem-civil'],
      rows: { territory: 'caller-unit', clearance: ['minors'] },
      volume: { recordsPerHour: 500 },
      grant: 'wider.graphql',
    },
    'three.yaml': { ...OTHER, id: 'three', purpose: 'form-prefill', case: 'none' },
    'wider.graphql':
      'query ($id: ID!, $m: CitizenMatch) { citizen(personalId: $id, match: $m) { birthDate name { full } } }',
  });
  expect(diffAgreements(before, after)).toMatchObject({ status: 0 });
  const text = diffAgreements(before, after).output;
  expect(text.split('\n\n').map((block) => block.split('\n')[0])).toEqual(['one', 'three', 'two']);
  const [one = '', three = '', two = ''] = text.split('\n\n');
  expect(one.split('\n').slice(1)).toEqual([
    '  version 1 -> 2',
    '  ~ Systems: inspectorate -> hn-hoankiem-civil',
    '  ~ Territory: the nation -> the commune of the calling office',
    '  ~ Cleared for: none -> minors',
    '  ~ Volume: 1000 records an hour -> 500 records an hour',
    '  ~ citizen: (personalId) -> (personalId, match)',
    '  - citizen.personalId',
    '  + citizen.birthDate',
    '  + citizen.name',
    '  + citizen.name.full',
  ]);
  expect(three).toContain('+ the agreement, version 1');
  expect(three).toContain('+ Case: no dossier is needed');
  expect(three).toContain('+ citizen.personalId');
  expect(two.trim().split('\n')).toEqual(['two', '  - the agreement, version 1']);
});

test('diff notes a change without a higher version, and no change at all', () => {
  const before = folderOf({ 'one.yaml': GOOD });
  expect(diffAgreements(before, folderOf({ 'one.yaml': GOOD })).output).toBe('No difference.');
  const after = folderOf({ 'one.yaml': { ...GOOD, match: 'required' } });
  expect(diffAgreements(before, after).output).toBe(
    'one\n  version 1 -> 1 (must be higher)\n  ~ Match factor: not required -> full name and birth date are required',
  );
});

test('diff compares good folders only', () => {
  const good = folderOf({ 'one.yaml': GOOD });
  const bad = folderOf({ 'one.yaml': { ...GOOD, version: 0 } });
  expect(() => diffAgreements(good, bad)).toThrow(/one\.yaml: version/);
});

test('show prints an agreement as a form', () => {
  const directory = folderOf({
    'one.yaml': {
      ...GOOD,
      parties: { ...GOOD.parties, providers: ['population', 'civil-status'] },
      rows: { territory: ['01', '00070'], clearance: [] },
      recordAge: 60,
    },
    'one.graphql': GRANT.replace(
      '{ personalId',
      '{ personalId name { full } marriages(first: 3) { entryNo }',
    ),
    'withdrawn.yaml': { agreements: [{ id: 'one' }] },
  });
  const lines = showAgreement('one', directory).output.split('\n');
  expect(lines[0]).toBe('Agreement one, version 1, withdrawn');
  expect(lines.map((line) => line.replaceAll(/ {2,}/g, '  '))).toEqual(
    expect.arrayContaining([
      '  Receiver  Thanh tra',
      '  Legal basis  Law, 1 (modelled)',
      '  Case  a dossier of procedure 1.004222',
      '  Territory  units 01, 00070',
      '  Record age  at most 60 seconds',
    ]),
  );
  const tree = lines.slice(lines.indexOf('Grant') + 1).map((line) => line.replaceAll(/ {2,}/g, '|'));
  expect(tree[0]).toMatch(/^\|citizen\(personalId\)\|BASIC\|\S+\|.*số định danh cá nhân/);
  expect(tree).toContain('|full|BASIC|population|Họ tên đầy đủ: as the register spells it');
  expect(tree.some((line) => line.startsWith('|marriages(first: 3)|BASIC|civil-status|Kết hôn'))).toBe(true);
});

test('show knows no other agreement', () => {
  const directory = folderOf({ 'one.yaml': GOOD });
  expect(() => showAgreement('two', directory)).toThrow('There is no two; there are one.');
});
