import { randomBytes } from 'node:crypto';
import type { Redis } from 'ioredis';
import { afterEach, beforeAll, afterAll, describe, expect, test } from 'vitest';
import { buildRedisWithdrawals } from '../../../src/agreements/shared/redis-withdrawals.ts';
import { buildSharedRedis, firstConnection } from '../../../src/agreements/shared/shared-redis.ts';
import type { SharedWithdrawals } from '../../../src/agreements/shared/shared-withdrawals.ts';
import type { Withdrawals } from '../../../src/agreements/shared/withdrawals.ts';
import type { KeyRing } from '../../../src/config/secrets/key-rings.ts';
import { hasRedisBinary, isSkippedWithout, startRedis, type OwnRedis } from '../../support/servers/redis.ts';
import { createFolder, GOOD, OTHER } from '../agreement-folder.ts';
import { isConfirmed, startStore, WAIT } from '../opened-store.ts';

const PLACE = 'ndg:agreements:withdrawn';
const OLD = { id: 'k1', key: randomBytes(32) };
const NEW = { id: 'k2', key: randomBytes(32) };
const caller = { client: { id: 'inspectorate' }, officer: 'an.nv', tokenId: 'jti', keyId: 'kid' };
const officer = 'officer inspectorate an.nv';
const listed = (agreements: readonly string[], suspensions: readonly string[] = []): Withdrawals => ({
  agreements: new Set(agreements),
  suspensions: new Set(suspensions),
});
const NONE = listed([]);

describe.skipIf(isSkippedWithout('redis-server', hasRedisBinary()))('over a Redis', () => {
  let server: OwnRedis;
  let raw: Redis;
  let forged = 0;
  const closing: (() => Promise<void> | void)[] = [];

  beforeAll(async () => {
    server = await startRedis();
    raw = buildSharedRedis(server.url);
    await firstConnection(raw, WAIT.timeout);
  });
  afterAll(async () => {
    raw.disconnect();
    await server.stop();
  });
  afterEach(async () => {
    for (const close of closing.splice(0).toReversed()) await close();
    await raw.flushall();
    forged = 0;
  });

  function instance(macKeys: KeyRing = [OLD], url = server.url): SharedWithdrawals {
    const redis = buildSharedRedis(url);
    closing.push(() => redis.disconnect());
    return buildRedisWithdrawals({ redis, macKeys, onForged: () => (forged += 1) });
  }

  const seenBy = async (one: SharedWithdrawals, own = NONE) => {
    const state = await one.exchange(own);
    return [[...state.agreements], state.isSuspended(caller)];
  };

  test('what one folder withdraws the others learn, and keep', async () => {
    const [a, b] = [instance(), instance()];
    expect(await seenBy(b)).toEqual([[], false]);
    expect(await seenBy(a, listed(['agreement one@2'], [officer]))).toEqual([['agreement one@2'], true]);
    expect(await seenBy(b)).toEqual([['agreement one@2'], true]);
    const other = { ...caller, officer: 'other' };
    expect((await b.exchange(NONE)).isSuspended(other)).toBe(false);
    // It does not end with the instance that said it, nor does it expire.
    expect(await seenBy(instance())).toEqual([['agreement one@2'], true]);
    expect(await raw.ttl(PLACE)).toBe(-1);
  });

  test('a dump names no client, officer or token', async () => {
    await seenBy(instance(), listed([], [officer, 'token 4711', 'client inspectorate']));
    const dump = JSON.stringify(await raw.hgetall(PLACE));
    expect(dump.length).toBeGreaterThan(100);
    for (const name of ['an.nv', 'inspectorate', '4711']) expect(dump).not.toContain(name);
  });

  test('is lifted by the folder in which it stood, not by one in which it never did', async () => {
    const [a, b] = [instance(), instance()];
    await seenBy(a, listed(['agreement one'], [officer]));
    await seenBy(b);
    expect(await seenBy(b)).toEqual([['agreement one'], true]);
    expect(await seenBy(a)).toEqual([[], false]);
    expect(await seenBy(b)).toEqual([[], false]);
    // And again, the other way round.
    await seenBy(b, listed(['agreement one']));
    expect(await seenBy(a)).toEqual([['agreement one'], false]);
  });

  test('while it stands in one folder, another’s lifting does not end it', async () => {
    const [a, b] = [instance(), instance()];
    const own = listed(['agreement one']);
    await seenBy(a, own);
    await seenBy(b, own);
    await seenBy(a);
    await seenBy(b, own);
    expect(await seenBy(a)).toEqual([['agreement one'], false]);
  });

  test('whoever writes to Redis can neither invent, nor lift, nor put back, nor delete', async () => {
    const [a, b] = [instance(), instance()];
    await seenBy(a, listed(['agreement one'], [officer]));
    const standing = await raw.hgetall(PLACE);
    expect(await seenBy(b)).toEqual([['agreement one'], true]);

    const [field = '', value = ''] =
      Object.entries(standing).find(([, content]) => content.includes('agreement')) ?? [];
    const attempts: Readonly<Record<string, string>>[] = [
      { [field]: value.replace('stands', 'lifted') },
      { [field]: value.replace('[1,', '[9,').replace('stands', 'lifted') },
      { [field]: `${'0'.repeat(64)}[9,"lifted","agreement one"]` },
      { [field]: '' },
      { [field]: 'x' },
      { [`${field}0`]: value.replace('agreement one', 'agreement two') },
      { [`${field.split(':')[0]}:${'0'.repeat(64)}`]: value },
    ];
    for (const attempt of attempts) {
      forged = 0;
      await raw.hset(PLACE, attempt);
      expect(await seenBy(b)).toEqual([['agreement one'], true]);
      expect(forged).toBeGreaterThan(0);
      await raw.del(PLACE);
      await raw.hset(PLACE, standing);
    }
    await raw.del(PLACE);
    expect(await seenBy(b)).toEqual([['agreement one'], true]);
    // What one remembers it tells again: an instance that starts now learns it too.
    expect(await raw.hgetall(PLACE)).toEqual(standing);
    expect(await seenBy(instance())).toEqual([['agreement one'], true]);

    // A lifting that was true once does not lift what was withdrawn anew.
    await raw.hset(PLACE, standing);
    await seenBy(a);
    const lifted = await raw.hgetall(PLACE);
    await seenBy(a, listed(['agreement one'], [officer]));
    expect(await seenBy(b)).toEqual([['agreement one'], true]);
    await raw.hset(PLACE, lifted);
    expect(await seenBy(b)).toEqual([['agreement one'], true]);
  });

  test('keys rotate, and instances on either side understand each other', async () => {
    const before = instance([OLD]);
    const during = instance([NEW, OLD]);
    const after = instance([NEW]);
    await seenBy(before, listed(['agreement one'], [officer]));
    expect(await seenBy(during)).toEqual([['agreement one'], true]);
    await seenBy(during, listed(['agreement two'], ['key kid']));
    expect(await seenBy(after)).toEqual([['agreement two'], true]);
    expect((await before.exchange(listed(['agreement one']))).agreements).toContain('agreement two');
    expect(forged).toBe(0);
  });

  test('gateways with other keys share a Redis and nothing else', async () => {
    await seenBy(instance([OLD]), listed(['agreement one'], [officer]));
    expect(await seenBy(instance([NEW]))).toEqual([[], false]);
    expect(forged).toBe(0);
  });

  test('two instances over folders of their own end together; one that is cut off refuses, if told to', async () => {
    const own = await startRedis();
    closing.push(() => own.stop());
    const folders = [0, 1].map(() => createFolder({ 'one.yaml': GOOD, 'two.yaml': OTHER }));
    const stores = await Promise.all(
      folders.map(({ path }) => startStore(path, { shared: instance([OLD], own.url), needsShared: true })),
    );
    closing.push(async () => {
      for (const { store } of stores) await store.close();
      for (const folder of folders) folder.delete();
    });
    const [a, b] = stores;
    const [folder] = folders;
    if (!a || !b || !folder) throw new Error('two of each');
    await expect.poll(() => stores.map(isConfirmed), WAIT).toEqual([true, true]);

    folder.put('withdrawn.yaml', { agreements: [{ id: 'one' }], suspended: { tokens: ['jti'] } });
    await expect
      .poll(() => stores.map((one) => one.inForce()), WAIT)
      .toEqual([
        ['one@1!', 'two@1'],
        ['one@1!', 'two@1'],
      ]);
    await expect.poll(() => stores.map(({ store }) => store.isSuspended(caller)), WAIT).toEqual([true, true]);
    // Not in its folder, so not by name.
    expect(b.loads.flatMap(({ suspended }) => suspended)).toEqual([]);
    expect(b.loads.flatMap(({ withdrawn }) => withdrawn)).toEqual([{ id: 'one', version: 1 }]);

    own.process.kill('SIGSTOP');
    await expect.poll(() => stores.map(isConfirmed), WAIT).toEqual([false, false]);
    expect(b.inForce()).toEqual(['one@1!', 'two@1']);
    own.process.kill('SIGCONT');
    await expect.poll(() => stores.map(isConfirmed), WAIT).toEqual([true, true]);
    await own.stop();
    await expect.poll(() => stores.map(isConfirmed), WAIT).toEqual([false, false]);
  });
});

test('nobody listens: that is said, soon', async () => {
  const redis = buildSharedRedis('redis://127.0.0.1:1');
  const shared = buildRedisWithdrawals({ redis, macKeys: [OLD] });
  await expect(shared.exchange(NONE)).rejects.toThrow(Error);
  redis.disconnect();
});
