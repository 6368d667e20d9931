import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { buildSealer } from '../../src/cache/sealed-value.ts';

const NOW = 1_795_000_000_000;
const LATER = NOW + 60_000;
const OLD = { id: 'seal-1', key: randomBytes(32) };
const NEW = { id: 'seal-2', key: randomBytes(32) };
const sealer = buildSealer([OLD]);
const binding = { place: 'p:aa', kind: 'population.person', expiresAt: LATER };
const TEXT = '{"full":"Nguyễn"}';

function changed(sealed: Buffer, at: number): Buffer {
  const copy = Buffer.from(sealed);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

test('opens what it sealed; the text does not show and no two values are alike', () => {
  const sealed = sealer.seal(TEXT, binding);
  expect(sealer.open(sealed, 'p:aa', 'population.person', NOW)).toEqual({ plain: TEXT, expiresAt: LATER });
  expect(sealed.includes('Nguyễn')).toBe(false);
  expect(sealer.seal(TEXT, binding).equals(sealed)).toBe(false);
});

const sealed = sealer.seal(TEXT, binding);
const header = 2 + OLD.id.length;
const TAMPERED: readonly (readonly [string, Buffer, string, string, string])[] = [
  ['under the key of another record', sealed, 'p:bb', binding.kind, 'not-genuine'],
  ['as a record of another kind', sealed, binding.place, 'civil-status.events', 'not-genuine'],
  ['with a bit of the text changed', changed(sealed, sealed.length - 1), 'p:aa', binding.kind, 'not-genuine'],
  ['with a bit of the tag changed', changed(sealed, header + 8 + 12), 'p:aa', binding.kind, 'not-genuine'],
  ['with a bit of the nonce changed', changed(sealed, header + 8), 'p:aa', binding.kind, 'not-genuine'],
  ['with its expiry put off', changed(sealed, header + 5), 'p:aa', binding.kind, 'not-genuine'],
  ['with another version', changed(sealed, 0), 'p:aa', binding.kind, 'other-version'],
  ['with another key id', changed(sealed, 2), 'p:aa', binding.kind, 'unknown-key'],
  [
    'with a longer key id',
    Buffer.concat([sealed.subarray(0, 1), Buffer.from([255]), sealed.subarray(2)]),
    'p:aa',
    binding.kind,
    'not-genuine',
  ],
  ['cut by a byte', sealed.subarray(0, -1), 'p:aa', binding.kind, 'not-genuine'],
  ['cut in the tag', sealed.subarray(0, header + 8 + 20), 'p:aa', binding.kind, 'not-genuine'],
  ['cut in the key id', sealed.subarray(0, 5), 'p:aa', binding.kind, 'not-genuine'],
  ['emptied', Buffer.alloc(0), 'p:aa', binding.kind, 'not-genuine'],
  ['with a byte more', Buffer.concat([sealed, Buffer.from([0])]), 'p:aa', binding.kind, 'not-genuine'],
  [
    'sealed by a key of the same id',
    buildSealer([{ ...OLD, key: randomBytes(32) }]).seal(TEXT, binding),
    'p:aa',
    binding.kind,
    'not-genuine',
  ],
  ['sealed by an unknown key', buildSealer([NEW]).seal(TEXT, binding), 'p:aa', binding.kind, 'unknown-key'],
];
test.each(TAMPERED)('does not open %s', (_name, value, place, kind, alarm) => {
  expect(sealer.open(value, place, kind, NOW)).toEqual({ alarm });
});

test('does not open past the sealed expiry, to the millisecond', () => {
  expect(sealer.open(sealed, 'p:aa', binding.kind, LATER - 1)).toMatchObject({ plain: TEXT });
  expect(sealer.open(sealed, 'p:aa', binding.kind, LATER)).toEqual({ alarm: 'expired-but-present' });
});

test('keys rotate: the first seals, all open, a key taken away opens no more', () => {
  const both = buildSealer([NEW, OLD]);
  expect(both.open(sealed, 'p:aa', binding.kind, NOW)).toMatchObject({ plain: TEXT });
  const fresh = both.seal(TEXT, binding);
  expect(sealer.open(fresh, 'p:aa', binding.kind, NOW)).toEqual({ alarm: 'unknown-key' });
  expect(buildSealer([NEW]).open(fresh, 'p:aa', binding.kind, NOW)).toMatchObject({ plain: TEXT });
});

test.each([
  ['no key', []],
  ['a short key', [{ id: 'a', key: randomBytes(16) }]],
  ['an empty id', [{ id: '', key: randomBytes(32) }]],
  ['a long id', [{ id: 'a'.repeat(33), key: randomBytes(32) }]],
  ['two keys of one id', [OLD, { ...NEW, id: OLD.id }]],
])('does not start with %s', (_name, keys) => {
  expect(() => buildSealer(keys)).toThrow(/key/);
});
