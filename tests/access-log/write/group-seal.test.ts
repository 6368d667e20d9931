import { expect, test } from 'vitest';
import type { KeyRing } from '../../../src/config/secrets/key-rings.ts';
import { createDataKey, unwrapDataKey, wrapDataKey } from '../../../src/access-log/write/keys/data-keys.ts';
import { buildGroupSeal } from '../../../src/access-log/write/group/group-seal.ts';
import { SEAL_KEYS } from '../support/example-record.ts';

const TEXT = '[["salt","digest"]]';
const GROUP = 'national-data-gateway/one 17';
const KEY = Buffer.alloc(32, 9);
const seal = buildGroupSeal('d1', KEY);

/** Every byte changed, and every cut. */
function spoilt(bytes: Uint8Array): readonly Uint8Array[] {
  const changed = [...bytes.keys()].map((at) =>
    Buffer.from(bytes.map((one, place) => (place === at ? one ^ 1 : one))),
  );
  const cut = [...bytes.keys()].map((length) => bytes.subarray(0, length));
  return [...changed, ...cut, Buffer.concat([bytes, Buffer.alloc(1)])];
}

test('what is sealed opens for its group and under its key alone', () => {
  const sealed = seal.seal(GROUP, TEXT);
  expect(seal.open(GROUP, sealed)).toBe(TEXT);
  expect(seal.open('national-data-gateway/one 18', sealed)).toBe(null);
  expect(seal.open('national-data-gateway/two 17', sealed)).toBe(null);
  expect(buildGroupSeal('d2', KEY).open(GROUP, sealed)).toBe(null);
  expect(buildGroupSeal('d1', Buffer.alloc(32, 8)).open(GROUP, sealed)).toBe(null);
});

test('no bit of it can be changed, none removed or added', () => {
  const sealed = seal.seal(GROUP, TEXT);
  expect(spoilt(sealed).filter((bytes) => seal.open(GROUP, bytes) !== null)).toEqual([]);
});

test('sealing twice looks different, so that equal openings do not show', () => {
  expect(seal.seal(GROUP, TEXT).equals(seal.seal(GROUP, TEXT))).toBe(false);
});

test('a data key unwraps under the key that wrapped it and for its id alone', () => {
  const { id, key, row } = createDataKey(SEAL_KEYS, Date.UTC(2026, 10, 22));
  expect(id).toMatch(/^2026-11-22-/);
  expect(unwrapDataKey(SEAL_KEYS, row)?.equals(key)).toBe(true);
  expect(unwrapDataKey(SEAL_KEYS, { ...row, id: '2026-11-22-other' })).toBe(null);
  expect(unwrapDataKey(SEAL_KEYS, { ...row, wrappedBy: 'seal-9' })).toBe(null);
  const other: KeyRing = [{ id: SEAL_KEYS[0].id, key: Buffer.alloc(32, 7) }];
  expect(unwrapDataKey(other, row)).toBe(null);
  const bytes = spoilt(row.wrapped);
  expect(bytes.filter((wrapped) => unwrapDataKey(SEAL_KEYS, { ...row, wrapped }) !== null)).toEqual([]);
});

test('a rotation: an older key of the ring still unwraps, and the newest wraps anew', () => {
  const { id, key, row } = createDataKey(SEAL_KEYS, 0);
  const ring: KeyRing = [{ id: 'seal-2', key: Buffer.alloc(32, 3) }, ...SEAL_KEYS];
  expect(unwrapDataKey(ring, row)?.equals(key)).toBe(true);
  const again = wrapDataKey(ring, id, key);
  expect(again.wrappedBy).toBe('seal-2');
  expect(unwrapDataKey([ring[0]], again)?.equals(key)).toBe(true);
});
