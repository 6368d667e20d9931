import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { SharedState } from '../../src/agreements/shared/shared-withdrawals.ts';
import { selectAgreement } from '../../src/policy/agreement/select-agreement.ts';
import { createFolder, GOOD, OTHER, type TestFolder } from './agreement-folder.ts';
import { isConfirmed, LEASE_MS, severalPolls, startStore, WAIT, type OpenedStore } from './opened-store.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function start(given = {}): Promise<{ folder: TestFolder; opened: OpenedStore }> {
  const folder = createFolder({ 'one.yaml': GOOD, 'two.yaml': OTHER });
  closing.push(() => folder.delete());
  const opened = await startStore(folder.path, given);
  closing.push(() => opened.store.close());
  return { folder, opened };
}

const codeFor = ({ store }: OpenedStore): unknown => {
  try {
    const caller = { clientId: 'inspectorate', kind: 'agency' } as const;
    return selectAgreement(store.current(), caller, 'inspection', Date.now()).id;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
};

describe('a withdrawn agreement', () => {
  test('is expired for its callers, is on record, and leaves the others alone', async () => {
    const { folder, opened } = await start();
    const two = opened.store.current().agreements.find(({ id }) => id === 'two');
    expect(codeFor(opened)).toBe('one');
    folder.put('withdrawn.yaml', { agreements: [{ id: 'one' }] });
    await expect.poll(() => codeFor(opened), WAIT).toEqual('AGREEMENT_EXPIRED');
    expect(opened.inForce()).toEqual(['one@1!', 'two@1']);
    expect(opened.store.current().agreements).toContain(two);
    await expect.poll(() => opened.loads.length, WAIT).toEqual(2);
    expect(opened.loads[1]).toMatchObject({
      withdrawn: [{ id: 'one', version: 1 }],
      reinstated: [],
      added: [],
      changed: [],
    });
    expect(isConfirmed(opened)).toBe(true);
  });

  test('comes back where the entry is taken out, and that is on record', async () => {
    const { folder, opened } = await start();
    folder.put('withdrawn.yaml', { agreements: [{ id: 'one' }] });
    await expect.poll(() => opened.inForce(), WAIT).toEqual(['one@1!', 'two@1']);
    folder.remove('withdrawn.yaml');
    await expect.poll(() => opened.inForce(), WAIT).toEqual(['one@1', 'two@1']);
    await expect.poll(() => opened.loads.at(-1)?.reinstated, WAIT).toEqual([{ id: 'one', version: 1 }]);
  });

  test('may have a successor in a higher version', async () => {
    const { folder, opened } = await start();
    folder.put('withdrawn.yaml', { agreements: [{ id: 'one', version: 1 }] });
    await expect.poll(() => opened.inForce(), WAIT).toEqual(['one@1!', 'two@1']);
    folder.put('one.yaml', { ...GOOD, version: 2 });
    await expect.poll(() => opened.inForce(), WAIT).toEqual(['one@2', 'two@1']);
  });

  test('ends though other files are faulty', async () => {
    const { folder, opened } = await start();
    folder.put('two.yaml', 'x');
    await expect.poll(() => opened.faults.length, WAIT).toEqual(1);
    folder.put('withdrawn.yaml', { agreements: [{ id: 'one' }] });
    await expect.poll(() => opened.inForce(), WAIT).toEqual(['one@1!', 'two@1']);
    expect(isConfirmed(opened)).toBe(true);
  });

  test('ends though it cannot be put on record, which is done later, in order', async () => {
    const { folder, opened } = await start();
    opened.logIsDown = true;
    folder.put('withdrawn.yaml', { agreements: [{ id: 'one' }] });
    await expect.poll(() => opened.inForce(), WAIT).toEqual(['one@1!', 'two@1']);
    folder.put('withdrawn.yaml', { agreements: [{ id: 'one' }, { id: 'two' }] });
    await expect.poll(() => opened.inForce(), WAIT).toEqual(['one@1!', 'two@1!']);
    expect(opened.loads).toHaveLength(1);
    opened.logIsDown = false;
    await expect
      .poll(() => opened.loads.slice(1).map(({ withdrawn }) => withdrawn.map(({ id }) => id)), WAIT)
      .toEqual([['one'], ['two']]);
  });

  test('is not in force at the start either', async () => {
    const folder = createFolder({ 'one.yaml': GOOD, 'withdrawn.yaml': { agreements: [{ id: 'one' }] } });
    closing.push(() => folder.delete());
    const opened = await startStore(folder.path);
    closing.push(() => opened.store.close());
    expect(opened.inForce()).toEqual(['one@1!']);
    expect(opened.loads).toMatchObject([{ added: [{ id: 'one' }], withdrawn: [{ id: 'one', version: 1 }] }]);
  });
});

describe('an agreement whose file has vanished', () => {
  test('is withdrawn, and comes back with it', async () => {
    const { folder, opened } = await start();
    folder.remove('one.yaml');
    await expect.poll(() => codeFor(opened), WAIT).toEqual('AGREEMENT_EXPIRED');
    await severalPolls();
    expect(opened.inForce()).toEqual(['one@1!', 'two@1']);
    expect(opened.loads.flatMap(({ withdrawn }) => withdrawn)).toEqual([{ id: 'one', version: 1 }]);
    folder.put('one.yaml', GOOD);
    await expect.poll(() => opened.inForce(), WAIT).toEqual(['one@1', 'two@1']);
  });

  test('is withdrawn though other files are faulty', async () => {
    const { folder, opened } = await start();
    folder.put('two.yaml', 'x');
    await expect.poll(() => opened.faults.length, WAIT).toEqual(1);
    folder.remove('one.yaml');
    await expect.poll(() => opened.inForce(), WAIT).toEqual(['one@1!', 'two@1']);
    // Faulty is not vanished.
    expect(codeFor(opened)).toBe('AGREEMENT_EXPIRED');
  });

  test('is not withdrawn where another file holds it now', async () => {
    const { folder, opened } = await start();
    folder.put('two.yaml', 'x');
    await expect.poll(() => opened.faults.length, WAIT).toEqual(1);
    renameSync(join(folder.path, 'one.yaml'), join(folder.path, 'moved.yaml'));
    await severalPolls();
    expect(opened.inForce()).toEqual(['one@1', 'two@1']);
  });

  test('is withdrawn where the folder holds nothing at all', async () => {
    const { folder, opened } = await start();
    for (const file of ['one.yaml', 'two.yaml']) folder.remove(file);
    await expect.poll(() => opened.inForce(), WAIT).toEqual(['one@1!', 'two@1!']);
  });
});

describe('suspension', () => {
  const caller = { client: { id: 'inspectorate' }, officer: 'an.nv', tokenId: 'jti-1', keyId: 'kid-1' };
  test.each<[string, object]>([
    ['client inspectorate', { clients: ['inspectorate'] }],
    ['officer inspectorate an.nv', { officers: [{ client: 'inspectorate', officer: 'an.nv' }] }],
    ['token jti-1', { tokens: ['jti-1'] }],
    ['key kid-1', { keys: ['kid-1'] }],
  ])('of a %s takes effect and is lifted', async (entry, suspended) => {
    const { folder, opened } = await start();
    folder.put('two.yaml', 'x');
    expect(opened.store.isSuspended(caller)).toBe(false);
    folder.put('withdrawn.yaml', { suspended });
    await expect.poll(() => opened.store.isSuspended(caller), WAIT).toEqual(true);
    const other = { client: { id: 'vneid' }, officer: 'other', tokenId: 'jti-2', keyId: 'kid-2' };
    expect(opened.store.isSuspended(other)).toBe(false);
    expect(opened.loads.flatMap((load) => load.suspended)).toEqual([entry]);
    folder.put('withdrawn.yaml', { agreements: [] });
    await expect.poll(() => opened.store.isSuspended(caller), WAIT).toEqual(false);
    await expect.poll(() => opened.loads.flatMap((load) => load.lifted), WAIT).toEqual([entry]);
  });
});

describe('the lease', () => {
  test('holds for as long as the folder is read, and runs out where it is not', async () => {
    const { folder, opened } = await start();
    await severalPolls();
    expect(isConfirmed(opened)).toBe(true);
    renameSync(folder.path, `${folder.path}-gone`);
    closing.push(() => renameSync(`${folder.path}-gone`, folder.path));
    await expect.poll(() => isConfirmed(opened), WAIT).toEqual(false);
    expect(opened.troubles).toContain('folder-unreadable begins');
    // What was in force is not forgotten: it is not confirmed.
    expect(opened.inForce()).toEqual(['one@1', 'two@1']);
  });

  test('is counted from when reading began', async () => {
    const { opened } = await start({ leaseMs: 0 });
    expect(isConfirmed(opened)).toBe(false);
  });

  test.each<[string, (path: string) => void]>([
    ['emptied', (path) => writeFileSync(path, '')],
    ['of no shape', (path) => writeFileSync(path, 'agreements: one')],
    ['a folder', (path) => mkdirSync(path)],
  ])('runs out where withdrawn.yaml is %s', async (_name, spoil) => {
    const { folder, opened } = await start({ leaseMs: LEASE_MS / 4 });
    spoil(join(folder.path, 'withdrawn.yaml'));
    await expect.poll(() => isConfirmed(opened), WAIT).toEqual(false);
    expect(opened.troubles).toContain('withdrawals-unreadable begins');
  });

  test('nothing is lifted while withdrawn.yaml cannot be read, and it comes back with it', async () => {
    const { folder, opened } = await start();
    const withdrawal = { agreements: [{ id: 'one' }] };
    folder.put('withdrawn.yaml', withdrawal);
    await expect.poll(() => opened.inForce(), WAIT).toEqual(['one@1!', 'two@1']);
    folder.put('withdrawn.yaml', '');
    await expect.poll(() => isConfirmed(opened), WAIT).toEqual(false);
    expect(opened.inForce()).toEqual(['one@1!', 'two@1']);
    folder.put('withdrawn.yaml', withdrawal);
    await expect.poll(() => isConfirmed(opened), WAIT).toEqual(true);
    expect(opened.inForce()).toEqual(['one@1!', 'two@1']);
  });

  test('does not depend on other files: one that cannot be read is a fault of that file', async () => {
    const { folder, opened } = await start();
    mkdirSync(join(folder.path, 'three.yaml'));
    await expect.poll(() => opened.faults, WAIT).toEqual([['three.yaml: cannot be read']]);
    expect(isConfirmed(opened)).toBe(true);
  });
});

describe('with other instances', () => {
  const told = (agreements: readonly string[], isSuspended = false): SharedState => ({
    agreements: new Set(agreements),
    isSuspended: () => isSuspended,
  });
  const caller = { client: { id: 'inspectorate' }, officer: 'x', tokenId: 'x', keyId: 'x' };

  test('what they withdraw and suspend ends here too, and what is withdrawn here is told', async () => {
    let state = told([]);
    const heard: string[][] = [];
    const shared = {
      exchange: async (own: { agreements: ReadonlySet<string> }) => {
        heard.push([...own.agreements]);
        return state;
      },
    };
    const { folder, opened } = await start({ shared });
    state = told(['agreement one@1'], true);
    await expect.poll(() => opened.inForce(), WAIT).toEqual(['one@1!', 'two@1']);
    expect(opened.store.isSuspended(caller)).toBe(true);
    folder.put('withdrawn.yaml', { agreements: [{ id: 'two' }] });
    await expect.poll(() => heard.at(-1), WAIT).toEqual(['agreement two']);
    await expect
      .poll(() => opened.loads.flatMap(({ withdrawn }) => withdrawn.map(({ id }) => id)), WAIT)
      .toEqual(['one', 'two']);
  });

  test.each([
    [false, true],
    [true, false],
  ])('cut off from them, with a lease that needs them (%s): confirmed %s', async (needsShared, isHeld) => {
    let isCut = false;
    const shared = {
      exchange: async () => {
        if (isCut) throw new Error('cut');
        return told(['agreement one']);
      },
    };
    const { folder, opened } = await start({ shared, needsShared, leaseMs: LEASE_MS / 4 });
    await expect.poll(() => isConfirmed(opened), WAIT).toEqual(true);
    isCut = true;
    await expect.poll(() => opened.troubles, WAIT).toEqual(['shared-unreachable begins']);
    await new Promise((resolve) => setTimeout(resolve, LEASE_MS / 2));
    // The one that goes on reads its folder as often as before.
    await expect.poll(() => isConfirmed(opened), WAIT).toEqual(isHeld);
    // What was learnt stays in force, and the folder counts as before.
    expect(opened.inForce()).toEqual(['one@1!', 'two@1']);
    folder.put('withdrawn.yaml', { agreements: [{ id: 'two' }] });
    await expect.poll(() => opened.inForce(), WAIT).toEqual(['one@1!', 'two@1!']);
    isCut = false;
    await expect.poll(() => isConfirmed(opened), WAIT).toEqual(true);
  });
});
