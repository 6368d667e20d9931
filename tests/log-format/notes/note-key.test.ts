import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signingKeyOf } from '../../../src/log-format/crypto.ts';
import {
  ED25519_COSIGNATURE,
  formatVerifierKey,
  noteSignerOf,
  parseVerifierKey,
  renamedKey,
} from '../../../src/log-format/notes/note-key.ts';
import { ARCHE, C2SP, ENOCH, PETER, PLUS_VKEY } from './published-notes.ts';

const PUBLISHED = [PETER.vkey, ENOCH.vkey, C2SP.vkey, PLUS_VKEY, ARCHE.vkey, ...ARCHE.witnesses];

describe('a verifier key', () => {
  it.each(PUBLISHED)('%s is read and written', (vkey) => {
    const key = parseVerifierKey(vkey);
    expect(key && formatVerifierKey(key)).toBe(vkey);
  });

  it('follows from the seed, as others make it', () => {
    const { key } = noteSignerOf('PeterNeumann', signingKeyOf(PETER.seed));
    expect(formatVerifierKey(key)).toBe(PETER.vkey);
  });

  it('is another one where name or type is another: it has another id', () => {
    const key = signingKeyOf(PETER.seed);
    const ids = [
      noteSignerOf('PeterNeumann', key),
      noteSignerOf('PeterNeumann', key, ED25519_COSIGNATURE),
      noteSignerOf('PeterNeumann/2', key),
    ].map((signer) => signer.key.id);
    expect(new Set(ids).size).toBe(3);
  });

  // As golang.org/x/mod sumdb/note does it.
  it.each(PUBLISHED)('%s is refused cut anywhere, and with any character another', (vkey) => {
    const parts = [...vkey].flatMap((_, from) =>
      [...vkey].map((_also, to) => vkey.slice(from, to + 1)).filter((part) => part !== vkey),
    );
    const changed = [...vkey].flatMap((character, at) =>
      [1, -1].map(
        (step) =>
          vkey.slice(0, at) + String.fromCharCode(character.charCodeAt(0) + step) + vkey.slice(at + 1),
      ),
    );
    expect([...parts, ...changed].filter((one) => parseVerifierKey(one) !== null)).toEqual([]);
  });

  it.each([
    ['upper-case id', PETER.vkey.replace('c74f20a3', 'C74F20A3')],
    ['another id', PETER.vkey.replace('c74f20a3', '00000000')],
    ['a space in the name', PETER.vkey.replace('PeterNeumann', 'Peter Neumann')],
    ['no-break space in the name', PETER.vkey.replace('PeterNeumann', 'Peter\u00a0Neumann')],
    ['a line break in the name', PETER.vkey.replace('PeterNeumann', 'Peter\nNeumann')],
    ['no name', PETER.vkey.replace('PeterNeumann', '')],
    ['a final line break', `${PETER.vkey}\n`],
    ['base64url', PETER.vkey.replace('qq/LD', 'qq_LD')],
    ['base64 with bits to spare', 'a+00000000+AQ=='],
    ['an ECDSA key', 'a+12345678+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABNhtmPtrWm3U1eQXBogSMdGvXwBcK5AW5i0h'],
    ['a private key', 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz'],
    ['nothing', ''],
  ])('is refused with %s', (_name, vkey) => {
    expect(parseVerifierKey(vkey)).toBe(null);
  });
});

describe('a signer', () => {
  it.each(['', 'a b', 'a+b', 'a\tb', 'a\u2003b', 'a\u0000b', '\ud800'])('has no name like %j', (name) => {
    expect(() => noteSignerOf(name, signingKeyOf(PETER.seed))).toThrow(RangeError);
    const key = parseVerifierKey(PETER.vkey);
    expect(key && renamedKey(key, name)).toBe(null);
  });

  it('has an Ed25519 key of 32 bytes', () => {
    expect(() => signingKeyOf(Buffer.alloc(31))).toThrow(RangeError);
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    expect(() => noteSignerOf('a', privateKey)).toThrow(RangeError);
  });
});
