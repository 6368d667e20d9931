import { createDecipheriv } from 'node:crypto';
import { expect, it } from 'vitest';
import { BOX_OVERHEAD_BYTES, openBox, openTextBox, sealBox } from '../../../src/config/secrets/sealed-box.ts';

const KEY = Buffer.alloc(32, 5);
const BOUND = Buffer.from('place');
const TEXT = 'Nguyễn Văn Ánh';

it('is nonce, tag and text behind the header, as AES-256-GCM alone opens it', () => {
  const box = sealBox(KEY, TEXT, BOUND, Buffer.from('head')).subarray(4);
  expect(box.length).toBe(BOX_OVERHEAD_BYTES + Buffer.byteLength(TEXT));
  const decipher = createDecipheriv('aes-256-gcm', KEY, box.subarray(0, 12));
  decipher.setAAD(BOUND);
  decipher.setAuthTag(box.subarray(12, 28));
  expect(decipher.update(box.subarray(28), undefined, 'utf8') + decipher.final('utf8')).toBe(TEXT);
});

it('opens with its key, in its place and unchanged, as text and as bytes', () => {
  const box = sealBox(KEY, TEXT, BOUND);
  expect(openTextBox(KEY, box, BOUND)).toBe(TEXT);
  expect(openBox(KEY, box, BOUND)).toEqual(Buffer.from(TEXT));
  expect(openBox(KEY, sealBox(KEY, Buffer.alloc(32, 1), BOUND), BOUND)).toEqual(Buffer.alloc(32, 1));
});

it('does not open with another key, in another place, changed or cut', () => {
  const box = sealBox(KEY, TEXT, BOUND);
  const wrong: (readonly [Buffer, Buffer, Buffer])[] = [
    [Buffer.alloc(32, 6), box, BOUND],
    [KEY, box, Buffer.from('other')],
    ...[...box.keys()].map((at): [Buffer, Buffer, Buffer] => {
      const changed = Buffer.from(box);
      changed[at] = (changed[at] ?? 0) ^ 1;
      return [KEY, changed, BOUND];
    }),
    ...[...box.keys()].map((length): [Buffer, Buffer, Buffer] => [KEY, box.subarray(0, length), BOUND]),
  ];
  for (const [key, one, bound] of wrong) {
    expect(openBox(key, one, bound)).toBeNull();
    expect(openTextBox(key, one, bound)).toBeNull();
  }
});

it('never uses a nonce twice', () => {
  const nonces = Array.from({ length: 100 }, () => sealBox(KEY, TEXT, BOUND).toString('hex', 0, 12));
  expect(new Set(nonces).size).toBe(100);
});
