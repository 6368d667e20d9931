import { expect, test } from 'vitest';
import { buildSubjectIndex } from '../../src/access-log/subject-index.ts';
import { buildSubjectSeal } from '../../src/access-log/subject-seal.ts';
import type { KeyRing } from '../../src/config/secrets.ts';
import type { Subject } from '../../src/disclosure/subject.ts';
import { SEAL_KEYS, SEARCH_KEYS } from './example-record.ts';

const ANH: Subject = { kind: 'person', key: '001190900011' };
const ID = '0a'.repeat(16);
const seal = buildSubjectSeal(SEAL_KEYS);
const otherKey: KeyRing = [{ id: SEAL_KEYS[0].id, key: Buffer.alloc(32, 7) }];

test('sealed subjects open for their answer and under their key alone', () => {
  const sealed = seal.seal(ID, [ANH]);
  expect(seal.open(ID, seal.keyId, sealed)).toEqual([ANH]);
  expect(seal.open('0b'.repeat(16), seal.keyId, sealed)).toBe(null);
  expect(seal.open(ID, 'another', sealed)).toBe(null);
  expect(buildSubjectSeal(otherKey).open(ID, seal.keyId, sealed)).toBe(null);
});

test('no bit of them can be changed, none removed or added', () => {
  const sealed = seal.seal(ID, [ANH]);
  const spoilt = [...sealed.keys()].map((at) =>
    sealed.map((byte, place) => (place === at ? byte ^ 1 : byte)),
  );
  const cut = [...sealed.keys()].map((length) => sealed.subarray(0, length));
  const all = [...spoilt, ...cut, Buffer.concat([sealed, Buffer.alloc(1)])];
  expect(all.filter((bytes) => seal.open(ID, seal.keyId, bytes) !== null)).toEqual([]);
});

test('sealing twice looks different, so that equal subjects do not show', () => {
  expect(seal.seal(ID, [ANH]).equals(seal.seal(ID, [ANH]))).toBe(false);
});

test('an index tells key, kind and search key apart, and nothing of it is the key', () => {
  const index = buildSubjectIndex(SEARCH_KEYS);
  const rotated = buildSubjectIndex([{ id: 'search-2', key: Buffer.alloc(32, 1) }, ...SEARCH_KEYS]);
  const digests = [
    index.of(ANH),
    index.of({ ...ANH, key: '001190900012' }),
    index.of({ ...ANH, kind: 'unidentified' }),
    rotated.of(ANH),
  ].map((digest) => digest.toString('hex'));
  expect(new Set(digests).size).toBe(4);
  expect(digests[0]).toHaveLength(32);
  expect(index.of({ ...ANH }).toString('hex')).toBe(digests[0]);
  expect(rotated.all(ANH).map((digest) => digest.toString('hex'))).toEqual([digests[3], digests[0]]);
  expect(rotated.under('search-1', ANH)?.toString('hex')).toBe(digests[0]);
  expect(rotated.under('search-0', ANH)).toBe(null);
});
