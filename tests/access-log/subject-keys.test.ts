import { expect, test } from 'vitest';
import { buildSubjectSeal } from '../../src/access-log/subject-seal.ts';
import type { KeyRing } from '../../src/config/secrets.ts';
import { SEAL_KEYS } from './example-record.ts';

const ANH = '[["person","001190900011"]]';
const ID = '0a'.repeat(16);
const seal = buildSubjectSeal(SEAL_KEYS);
const otherKey: KeyRing = [{ id: SEAL_KEYS[0].id, key: Buffer.alloc(32, 7) }];

test('sealed subjects open for their group and under their key alone', () => {
  const sealed = seal.seal(ID, ANH);
  expect(seal.open(ID, seal.keyId, sealed)).toBe(ANH);
  expect(seal.open('0b'.repeat(16), seal.keyId, sealed)).toBe(null);
  expect(seal.open(ID, 'another', sealed)).toBe(null);
  expect(buildSubjectSeal(otherKey).open(ID, seal.keyId, sealed)).toBe(null);
});

test('no bit of them can be changed, none removed or added', () => {
  const sealed = seal.seal(ID, ANH);
  const spoilt = [...sealed.keys()].map((at) =>
    sealed.map((byte, place) => (place === at ? byte ^ 1 : byte)),
  );
  const cut = [...sealed.keys()].map((length) => sealed.subarray(0, length));
  const all = [...spoilt, ...cut, Buffer.concat([sealed, Buffer.alloc(1)])];
  expect(all.filter((bytes) => seal.open(ID, seal.keyId, bytes) !== null)).toEqual([]);
});

test('sealing twice looks different, so that equal subjects do not show', () => {
  expect(seal.seal(ID, ANH).equals(seal.seal(ID, ANH))).toBe(false);
});
