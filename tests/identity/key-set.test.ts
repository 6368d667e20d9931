import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  buildKeySet,
  KEY_SET_LIMITS,
  KeySetUnavailable,
  readKeySet,
  type KeySet,
} from '../../src/identity/key-set.ts';
import { FIRST_ES256, FIRST_RS256 } from '../../mocks/identity/mint-token.ts';
import { jwkOf, keySetText, newKey } from './fixtures.ts';

const publicJwk = (key: KeyObject): object => createPublicKey(key).export({ format: 'jwk' });
const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey;
const rsa1024 = generateKeyPairSync('rsa', { modulusLength: 1_024 }).privateKey;
const ed25519 = generateKeyPairSync('ed25519').privateKey;
const whole = 'privateKey' in FIRST_ES256 ? FIRST_ES256.privateKey.export({ format: 'jwk' }) : {};
const wholeRsa = 'privateKey' in FIRST_RS256 ? FIRST_RS256.privateKey.export({ format: 'jwk' }) : {};
const good = jwkOf(FIRST_ES256);

describe('keys that may sign', () => {
  const refused: readonly (readonly [string, unknown])[] = [
    ['EC P-384', { kid: 'x', ...publicJwk(p384) }],
    ['EC P-384 said to be ES256', { kid: 'x', alg: 'ES256', ...publicJwk(p384) }],
    ['RSA of 1024 bits', { kid: 'x', alg: 'RS256', ...publicJwk(rsa1024) }],
    ['Ed25519', { kid: 'x', ...publicJwk(ed25519) }],
    ['private EC', { kid: 'x', ...whole }],
    ['private RSA', { kid: 'x', ...wholeRsa }],
    ['symmetric', { kid: 'x', kty: 'oct', k: 'c2VjcmV0' }],
    ['for encryption', jwkOf(newKey('x'), { use: 'enc' })],
    ['for another algorithm', jwkOf(newKey('x'), { alg: 'ES384' })],
    ['for signing only', jwkOf(newKey('x'), { key_ops: ['sign'] })],
    ['key_ops no list', jwkOf(newKey('x'), { key_ops: 'verify' })],
    ['RSA said to be PS256', jwkOf(FIRST_RS256, { kid: 'x', alg: 'PS256' })],
    ['without a key id', jwkOf(newKey('x'), { kid: undefined })],
    ['key id a number', jwkOf(newKey('x'), { kid: 1 })],
    ['kty a number', jwkOf(newKey('x'), { kty: 2 })],
    ['a point off the curve', jwkOf(newKey('x'), { y: 'AAAA' })],
    ['no object', 'key'],
    ['null', null],
  ];
  it.each(refused)('not %s, and the good key beside it stays', async (_name, jwk) => {
    const keys = await readKeySet(JSON.stringify({ keys: [jwk, good] }));
    expect([...(keys?.keys() ?? [])]).toEqual([FIRST_ES256.kid]);
    expect(await readKeySet(JSON.stringify({ keys: [jwk] }))).toBeUndefined();
  });

  it.each([2, 3])('a key id that stands %i times is nobody’s', async (times) => {
    const twins = Array.from({ length: times }, () => jwkOf(newKey('twin')));
    expect([...((await readKeySet(keySetText(...twins, good)))?.keys() ?? [])]).toEqual([FIRST_ES256.kid]);
  });

  it.each([
    '',
    'no JSON',
    'null',
    '[]',
    '{}',
    '{"keys":{}}',
    '{"keys":[]}',
    '{"keys":"none"}',
    `{"keys":[${'{},'.repeat(100)}{}]}`,
  ])('no key set: %s', async (text) => {
    expect(await readKeySet(text)).toBeUndefined();
  });

  it('binds each key to the algorithm of its type', async () => {
    const keys = await readKeySet(
      keySetText(jwkOf(FIRST_ES256, { alg: undefined }), jwkOf(FIRST_RS256, { use: undefined })),
    );
    expect([...(keys?.values() ?? [])].map(({ kid, algorithm }) => [kid, algorithm])).toEqual([
      [FIRST_ES256.kid, 'ES256'],
      [FIRST_RS256.kid, 'RS256'],
    ]);
  });
});

/** A key server that the test answers by hand. */
function bench(): {
  readonly clock: { now: number };
  readonly set: KeySet;
  readonly server: { text: string | Error; fetches: number; gate: Promise<void> };
  readonly told: string[];
} {
  const clock = { now: 1_000_000 };
  const server = { text: keySetText(good) as string | Error, fetches: 0, gate: Promise.resolve() };
  const told: string[] = [];
  const set = buildKeySet({
    observer: {
      onFailure: (hasKeys) => void told.push(hasKeys ? 'failed' : 'failed, without keys'),
      onRecovery: () => void told.push('recovered'),
    },
    now: () => clock.now,
    minIntervalMs: 10_000,
    refreshAfterMs: 300_000,
    maxAgeMs: 3_600_000,
    fetch: async () => {
      server.fetches += 1;
      await server.gate;
      if (server.text instanceof Error) throw server.text;
      return server.text;
    },
  });
  return { clock, set, server, told };
}

const kidOf = async (set: KeySet, kid: string): Promise<string> => {
  try {
    return (await set.keyFor(kid))?.kid ?? 'none';
  } catch (error) {
    return error instanceof KeySetUnavailable ? 'unavailable' : 'other';
  }
};
/** Lets a fetch in the background end; keys are imported by another thread. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 50));

describe('the remembered key set', () => {
  it('picks up a new key by its unknown id', async () => {
    const { clock, set, server } = bench();
    expect(await kidOf(set, FIRST_ES256.kid)).toBe(FIRST_ES256.kid);
    server.text = keySetText(good, jwkOf(newKey('next')));
    clock.now += 10_000;
    expect(await kidOf(set, 'next')).toBe('next');
    expect(server.fetches).toBe(2);
  });

  it('asks once an interval, however many ids callers invent, one by one or at once', async () => {
    const { clock, set, server } = bench();
    await set.keyFor(FIRST_ES256.kid);
    for (let index = 0; index < 1_000; index++) await kidOf(set, `one-${index}`);
    expect(server.fetches).toBe(1);
    clock.now += 10_000;
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, index) => kidOf(set, `many-${index}`)),
    );
    expect(new Set(answers)).toEqual(new Set(['none']));
    expect(server.fetches).toBe(2);
    clock.now += 9_999;
    expect(await kidOf(set, 'early')).toBe('none');
    expect(server.fetches).toBe(2);
  });

  it('shares the fetch in flight, also the first', async () => {
    const { set, server } = bench();
    const { promise, resolve } = Promise.withResolvers<void>();
    server.gate = promise;
    const waiting = [FIRST_ES256.kid, FIRST_ES256.kid, 'unknown'].map((kid) => kidOf(set, kid));
    resolve();
    expect(await Promise.all(waiting)).toEqual([FIRST_ES256.kid, FIRST_ES256.kid, 'none']);
    expect(server.fetches).toBe(1);
  });

  it('answers known ids while a fetch in the background hangs', async () => {
    const { clock, set, server } = bench();
    await set.keyFor(FIRST_ES256.kid);
    clock.now += 300_001;
    server.gate = new Promise(() => undefined);
    expect(await kidOf(set, FIRST_ES256.kid)).toBe(FIRST_ES256.kid);
    expect(await kidOf(set, FIRST_ES256.kid)).toBe(FIRST_ES256.kid);
    expect(server.fetches).toBe(2);
  });

  it('lets so many invented ids wait for a fetch that hangs, and refuses the others at once', async () => {
    let isHanging = false;
    const keys = buildKeySet({
      fetch: () =>
        isHanging ? new Promise(() => undefined) : Promise.resolve(keySetText(jwkOf(newKey('held')))),
      minIntervalMs: 0,
    });
    expect(await keys.keyFor('held')).toBeDefined();
    isHanging = true;
    let refused = 0;
    for (let n = 0; n < KEY_SET_LIMITS.waiting.value + 50; n++) {
      void keys.keyFor(`invented-${n}`).then(() => (refused += 1));
    }
    expect(await keys.keyFor('held')).toBeDefined();
    await new Promise(setImmediate);
    expect(refused).toBe(50);
  });

  it('forgets a withdrawn key with the next refresh', async () => {
    const { clock, set, server } = bench();
    await set.keyFor(FIRST_ES256.kid);
    server.text = keySetText(jwkOf(newKey('next')));
    clock.now += 300_001;
    await kidOf(set, FIRST_ES256.kid);
    await settle();
    expect(await kidOf(set, FIRST_ES256.kid)).toBe('none');
  });

  it.each([
    ['a failure', new Error('down')],
    ['junk', '<html>'],
    ['an empty set', '{"keys":[]}'],
  ])('keeps what it has over %s, until it is too old to believe', async (_name, answer) => {
    const { clock, set, server } = bench();
    const startedAt = clock.now;
    await set.keyFor(FIRST_ES256.kid);
    server.text = answer;
    for (const age of [300_001, 1_000_000, 3_600_000]) {
      clock.now = startedAt + age;
      expect(await kidOf(set, FIRST_ES256.kid)).toBe(FIRST_ES256.kid);
      await settle();
    }
    // An unknown id is the caller's fault as long as any set is held.
    expect(await kidOf(set, 'unknown')).toBe('none');
    clock.now = startedAt + 3_600_001;
    expect(await kidOf(set, FIRST_ES256.kid)).toBe('unavailable');
    expect(await kidOf(set, 'unknown')).toBe('unavailable');
    server.text = keySetText(good);
    clock.now += 10_000;
    expect(await kidOf(set, FIRST_ES256.kid)).toBe(FIRST_ES256.kid);
  });

  it('tries again soon where it holds nothing, but ever more slowly', async () => {
    const { clock, set, server } = bench();
    server.text = new Error('down');
    for (let second = 0; second < 100; second++) {
      for (let call = 0; call < 10; call++) await kidOf(set, FIRST_ES256.kid);
      clock.now += 1_000;
    }
    expect(server.fetches).toBeGreaterThan(10);
    expect(server.fetches).toBeLessThan(20);
    server.text = keySetText(good);
    clock.now += 10_000;
    expect(await kidOf(set, FIRST_ES256.kid)).toBe(FIRST_ES256.kid);
  });

  it('tells of failed fetches long before the keys are too old, and of the end', async () => {
    const { clock, set, server, told } = bench();
    await set.keyFor(FIRST_ES256.kid);
    expect(told).toEqual([]);
    server.text = new Error('down');
    clock.now += 300_001;
    await set.keyFor(FIRST_ES256.kid);
    await settle();
    expect(told).toEqual(['failed']);
    clock.now += 3_600_001;
    expect(await kidOf(set, FIRST_ES256.kid)).toBe('unavailable');
    expect(told).toEqual(['failed', 'failed, without keys']);
    server.text = keySetText(good);
    clock.now += 10_000;
    expect(await kidOf(set, FIRST_ES256.kid)).toBe(FIRST_ES256.kid);
    expect(told).toEqual(['failed', 'failed, without keys', 'recovered']);
  });

  it('reads a set with a byte order mark', async () => {
    const { set, server } = bench();
    server.text = `\uFEFF${keySetText(good)}`;
    expect(await kidOf(set, FIRST_ES256.kid)).toBe(FIRST_ES256.kid);
  });
});
