import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { AgreementFaults } from '../../src/agreements/folder/agreement-faults.ts';
import { CLIENTS, createFolder, GOOD, GRANT, OTHER, type TestFolder } from './agreement-folder.ts';
import { openStore, severalPolls, startStore, WAIT, type OpenedStore } from './opened-store.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

function folderWith(files: Readonly<Record<string, object | string>>): TestFolder {
  const folder = createFolder(files);
  closing.push(() => folder.delete());
  return folder;
}

async function startOver(folder: TestFolder, given = {}): Promise<OpenedStore> {
  const opened = await startStore(folder.path, given);
  closing.push(() => opened.store.close());
  return opened;
}

const SECOND = { ...GOOD, version: 2, answer: 'strict' };

test('a good new state takes effect whole, and each load is on record with its difference', async () => {
  const folder = folderWith({ 'one.yaml': GOOD });
  const opened = await startOver(folder);
  expect(opened.loads).toMatchObject([{ added: [{ id: 'one', version: 1 }], changed: [], faults: [] }]);
  const held = opened.store.current();

  folder.put('one.yaml', SECOND);
  folder.put('two.yaml', OTHER);
  await expect.poll(() => opened.inForce(), WAIT).toEqual(['one@2', 'two@1']);
  // An operation in flight ends under the set that it began with.
  expect(held.agreements.map(({ version, isStrict }) => [version, isStrict])).toEqual([[1, false]]);
  expect(opened.store.current().agreements.find(({ id }) => id === 'one')?.isStrict).toBe(true);
  const later = opened.loads.slice(1);
  expect(later.flatMap(({ changed }) => changed)).toMatchObject([{ id: 'one', from: 1, to: 2 }]);
  expect(later.flatMap(({ added }) => added)).toMatchObject([{ id: 'two', version: 1 }]);
  expect(opened.faults).toEqual([]);
});

test('nothing new is no load, and the same set', async () => {
  const folder = folderWith({ 'one.yaml': GOOD });
  const opened = await startOver(folder);
  const set = opened.store.current();
  folder.put('one.yaml', GOOD);
  await severalPolls();
  expect(opened.store.current()).toBe(set);
  expect(opened.loads).toHaveLength(1);
});

describe('a faulty new state leaves the old in force, alarms once and is on record', () => {
  test.each<[string, string, object | string, string]>([
    ['unreadable', 'one.yaml', ': :\n\t- x', 'one.yaml: not readable YAML'],
    ['misspelt', 'one.yaml', { ...SECOND, strict: true }, 'one.yaml: file: Unrecognized key: "strict"'],
    [
      'a grant beyond the schema',
      'one.graphql',
      '{ citizen(personalId: 1) { salary } }',
      'one.yaml: grant: ',
    ],
    [
      'the same version',
      'one.yaml',
      { ...GOOD, answer: 'strict' },
      'one: changed without a higher version than 1',
    ],
    [
      'a grant changed without a version',
      'one.graphql',
      `${GRANT}\n`,
      'one: changed without a higher version than 1',
    ],
    ['a client that is gone', 'clients.yaml', CLIENTS.slice(1), 'one.yaml: systems: inspectorate is no'],
    ['another faulty file', 'two.yaml', { ...OTHER, id: 'one' }, 'one: appears twice'],
  ])('%s', async (_name, file, content, fault) => {
    const folder = folderWith({ 'one.yaml': GOOD });
    const opened = await startOver(folder);
    folder.put(file, content);
    await expect.poll(() => opened.faults.length, WAIT).toEqual(1);
    await severalPolls();
    expect(opened.inForce()).toEqual(['one@1']);
    expect(opened.store.current().agreements[0]?.isStrict).toBe(false);
    expect(opened.faults).toHaveLength(1);
    expect(opened.faults.flat().join('\n')).toContain(fault);
    expect(opened.loads.slice(1)).toMatchObject([{ added: [], changed: [], faults: opened.faults[0] }]);
  });

  test('a lower version than ever before, in this process', async () => {
    const folder = folderWith({ 'one.yaml': SECOND, 'two.yaml': OTHER });
    const opened = await startOver(folder);
    folder.remove('one.yaml');
    await expect.poll(() => opened.inForce(), WAIT).toEqual(['one@2!', 'two@1']);
    await severalPolls();
    folder.put('one.yaml', GOOD);
    await expect.poll(() => opened.faults, WAIT).toEqual([['one: version 1 is below 2']]);
    folder.put('one.yaml', { ...SECOND, version: 3 });
    await expect.poll(() => opened.inForce(), WAIT).toEqual(['one@3', 'two@1']);
  });

  test('and the next good one takes effect', async () => {
    const folder = folderWith({ 'one.yaml': GOOD });
    const opened = await startOver(folder);
    folder.put('one.yaml', 'x');
    await expect.poll(() => opened.faults.length, WAIT).toEqual(1);
    folder.put('one.yaml', SECOND);
    await expect.poll(() => opened.inForce(), WAIT).toEqual(['one@2']);
  });
});

test('files may be replaced through links, as a config map’s are', async () => {
  const folder = folderWith({});
  const data = (name: string) => join(folder.path, name);
  mkdirSync(data('..first'));
  mkdirSync(data('..second'));
  writeFileSync(data('..first/one.yaml'), JSON.stringify(GOOD));
  writeFileSync(data('..second/one.yaml'), JSON.stringify(SECOND));
  symlinkSync('..first', data('..data'));
  symlinkSync('..data/one.yaml', data('one.yaml'));
  const opened = await startOver(folder);
  expect(opened.inForce()).toEqual(['one@1']);
  symlinkSync('..second', data('..new'));
  renameSync(data('..new'), data('..data'));
  await expect.poll(() => opened.inForce(), WAIT).toEqual(['one@2']);
});

test('what is written bit by bit is never taken half', async () => {
  const folder = folderWith({ 'one.yaml': GOOD });
  const opened = await startOver(folder);
  // The longest prefix that is YAML with another meaning would be a version of its own.
  const text = `${JSON.stringify({ ...SECOND, answer: undefined })}`;
  for (let version = 2; version < 40; version += 1) {
    folder.put('one.yaml', text);
    folder.put('one.yaml', { ...GOOD, version });
    folder.put('one.graphql', version % 2 === 0 ? `${GRANT}\n` : GRANT);
    await new Promise((resolve) => setTimeout(resolve, version % 5));
  }
  folder.put('one.yaml', { ...SECOND, version: 50 });
  folder.put('one.graphql', `${GRANT}\n`);
  await expect.poll(() => opened.inForce(), WAIT).toEqual(['one@50']);
  for (const { changed } of opened.loads)
    for (const { from, to } of changed) expect(to).toBeGreaterThan(from);
  expect(opened.store.current().agreements[0]?.isStrict).toBe(true);
});

test('a state that cannot be put on record does not take effect until it can', async () => {
  const folder = folderWith({ 'one.yaml': GOOD });
  const opened = await startOver(folder);
  opened.logIsDown = true;
  folder.put('one.yaml', SECOND);
  await expect.poll(() => opened.troubles, WAIT).toEqual(['load-unrecorded begins']);
  expect(opened.inForce()).toEqual(['one@1']);
  opened.logIsDown = false;
  await expect.poll(() => opened.inForce(), WAIT).toEqual(['one@2']);
  await expect.poll(() => opened.troubles, WAIT).toEqual(['load-unrecorded begins', 'load-unrecorded over']);
});

describe('clients', () => {
  test('are reloaded with the agreements', async () => {
    const folder = folderWith({ 'one.yaml': GOOD });
    const opened = await startOver(folder);
    folder.put('clients.yaml', [...CLIENTS, { id: 'auditor', kind: 'auditor', name: 'A' }]);
    await expect.poll(() => opened.store.clients().get('auditor')?.kind, WAIT).toEqual('auditor');
  });

  test.each<[string, object | undefined]>([
    ['removed', undefined],
    ['of another kind', { id: 'vneid', kind: 'auditor', name: 'V' }],
    ['of another unit', { id: 'vneid', kind: 'citizen', name: 'V', unit: '00070' }],
  ])('%s end, also while the folder is faulty elsewhere', async (_name, changed) => {
    const folder = folderWith({ 'one.yaml': GOOD, 'two.yaml': OTHER });
    const opened = await startOver(folder);
    folder.put('two.yaml', 'x');
    folder.put(
      'clients.yaml',
      CLIENTS.flatMap((one) => (one.id === 'vneid' ? (changed ?? []) : [one])),
    );
    await expect.poll(() => opened.store.clients().has('vneid'), WAIT).toEqual(false);
    expect(opened.store.clients().has('inspectorate')).toBe(true);
    expect(opened.inForce()).toEqual(['one@1', 'two@1']);
  });

  test('that cannot be read leave the old in force', async () => {
    const folder = folderWith({ 'one.yaml': GOOD });
    const opened = await startOver(folder);
    folder.put('clients.yaml', '- {');
    await expect.poll(() => opened.faults.length, WAIT).toEqual(1);
    expect(opened.store.clients().size).toBe(CLIENTS.length);
  });
});

describe('the start', () => {
  test('names all faults of agreements, clients and withdrawals', async () => {
    const folder = folderWith({ 'one.yaml': 'x', 'clients.yaml': 'x', 'withdrawn.yaml': '' });
    const faults = await openStore(folder.path).catch((error: unknown) => error);
    expect(faults).toBeInstanceOf(AgreementFaults);
    expect(String(faults)).toMatch(/clients\.yaml: [^]*one\.yaml: [^]*withdrawn\.yaml: /);
  });

  test('needs a folder', async () => {
    await expect(openStore('/nowhere/at/all')).rejects.toMatchObject({
      faults: ['the folder cannot be read'],
    });
  });

  test('fails where the first load cannot be put on record', async () => {
    const opened = await openStore(folderWith({ 'one.yaml': GOOD }).path);
    const started = opened.store.start({
      onLoad: () => Promise.reject(new Error('down')),
      onFaults: () => undefined,
      onTrouble: () => undefined,
    });
    await expect(started).rejects.toThrow('down');
    await opened.store.close();
  });

  test('remembers the versions that were in force before it', async () => {
    const folder = folderWith({ 'one.yaml': SECOND });
    const seenFile = join(folder.path, 'seen.json');
    const first = await startStore(folder.path, { seenFile });
    expect(first.loads).toMatchObject([{ added: [{ id: 'one', version: 2 }] }]);
    await first.store.close();

    const again = await startOver(folder, { seenFile });
    expect(again.loads).toMatchObject([{ added: [], changed: [] }]);
    await again.store.close();

    folder.put('one.yaml', { ...SECOND, version: 5 });
    const risen = await startOver(folder, { seenFile });
    expect(risen.loads).toMatchObject([{ added: [], changed: [{ id: 'one', from: 2, to: 5 }] }]);
    await risen.store.close();

    folder.put('one.yaml', SECOND);
    const lower = { faults: ['one: version 2 is below 5'] };
    await expect(openStore(folder.path, { seenFile })).rejects.toMatchObject(lower);
    folder.put('one.yaml', { ...GOOD, version: 5 });
    const other = { faults: ['one: changed without a higher version than 5'] };
    await expect(openStore(folder.path, { seenFile })).rejects.toMatchObject(other);
    writeFileSync(seenFile, '{');
    await expect(openStore(folder.path, { seenFile })).rejects.toMatchObject({
      faults: ['the versions seen before cannot be read (DATA_DIR)'],
    });
    rmSync(seenFile);
    await expect(openStore(folder.path, { seenFile })).resolves.toBeDefined();
  });
});

test('where versions cannot be remembered, a new one is neither on record nor in force, and once they can be it is', async () => {
  const folder = folderWith({ 'one.yaml': GOOD });
  const data = folderWith({});
  const seenFile = join(data.path, 'seen.json');
  const opened = await startOver(folder, { seenFile });
  mkdirSync(`${seenFile}.new`);
  folder.put('one.yaml', SECOND);
  await expect.poll(() => opened.troubles, WAIT).toEqual(['versions-unwritable begins']);
  await severalPolls();
  expect(opened.loads).toHaveLength(1);
  expect(opened.inForce()).toEqual(['one@1']);
  expect(opened.troubles).toEqual(['versions-unwritable begins']);

  rmSync(`${seenFile}.new`, { recursive: true });
  await expect.poll(() => opened.inForce(), WAIT).toEqual(['one@2']);
  expect(opened.loads.slice(1)).toMatchObject([{ changed: [{ id: 'one', from: 1, to: 2 }] }]);
  expect(opened.troubles).toEqual(['versions-unwritable begins', 'versions-unwritable over']);
});

test('a start that could not remember versions is refused', async () => {
  const folder = folderWith({ 'one.yaml': GOOD });
  const data = folderWith({});
  const seenFile = join(data.path, 'seen.json');
  mkdirSync(`${seenFile}.new`);
  await expect(openStore(folder.path, { seenFile })).rejects.toMatchObject({
    faults: ['the versions seen cannot be written (DATA_DIR)'],
  });
});

test('each state that comes into force is told, with what began and what ended', async () => {
  const folder = folderWith({ 'one.yaml': GOOD, 'two.yaml': OTHER });
  const opened = await startOver(folder);
  expect(opened.states).toEqual([{ count: 2, begun: [], ended: [] }]);
  folder.put('one.yaml', SECOND);
  await expect
    .poll(() => opened.states.slice(1), WAIT)
    .toEqual([{ count: 2, begun: [{ id: 'one', version: 2 }], ended: [] }]);
  folder.put('withdrawn.yaml', { agreements: [{ id: 'two' }] });
  await expect
    .poll(() => opened.states.slice(2), WAIT)
    .toEqual([{ count: 1, begun: [], ended: [{ id: 'two', version: 1 }] }]);
  await severalPolls();
  expect(opened.states).toHaveLength(3);
});
