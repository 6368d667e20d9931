import { sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkpointBody } from '../../../src/log-format/notes/checkpoint.ts';
import { cosign, verifyCosignature } from '../../../src/log-format/notes/cosignature.ts';
import { signingKeyOf } from '../../../src/log-format/crypto.ts';
import {
  ED25519_COSIGNATURE,
  noteSignerOf,
  parseVerifierKey,
  type VerifierKey,
} from '../../../src/log-format/notes/note-key.ts';
import { formatSignatureLine, parseNote } from '../../../src/log-format/notes/signed-note.ts';
import { ARCHE } from './published-notes.ts';

const keyOf = (vkey: string): VerifierKey => {
  const key = parseVerifierKey(vkey);
  if (!key) throw new Error(vkey);
  return key;
};

describe('cosignatures of running witnesses', () => {
  const { text, signatures } = parseNote(ARCHE.note) ?? { text: '', signatures: [] };

  it.each(ARCHE.witnesses)('%s', (vkey) => {
    const key = keyOf(vkey);
    const times = signatures.flatMap((signature) => verifyCosignature(text, signature, key) ?? []);
    expect(times).toEqual([ARCHE.seconds]);
    const changed = text.replace('1432088532', '1432088533');
    expect(signatures.flatMap((signature) => verifyCosignature(changed, signature, key) ?? [])).toEqual([]);
  });
});

const BODY = checkpointBody({ origin: 'log.example/a', size: 5, root: Buffer.alloc(32, 3) });
const privateKey = signingKeyOf(Buffer.alloc(32, 9));
const witness = noteSignerOf('witness.example', privateKey, ED25519_COSIGNATURE);
const made = cosign(BODY, 1_700_000_000, witness);

describe('our own cosignature', () => {
  it('states the second', () => {
    expect(verifyCosignature(BODY, made, witness.key)).toBe(1_700_000_000);
    expect(formatSignatureLine(made)).toMatch(/^— witness\.example [A-Za-z0-9+/]{102}==\n$/);
  });

  it('does not hold with any byte of it another, the time included', () => {
    const spoilt = [...made.bytes.keys()].map((at) => {
      const bytes = Buffer.from(made.bytes);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return { ...made, bytes };
    });
    expect(spoilt.filter((one) => verifyCosignature(BODY, one, witness.key) !== null)).toEqual([]);
  });

  it('does not hold cut or longer', () => {
    const lengths = [...made.bytes.keys()].map((length) => made.bytes.subarray(0, length));
    const all = [...lengths, Buffer.concat([made.bytes, Buffer.alloc(1)])].map((bytes) => ({
      ...made,
      bytes,
    }));
    expect(all.filter((one) => verifyCosignature(BODY, one, witness.key) !== null)).toEqual([]);
  });

  it.each([
    ['another body', BODY.replace('\n5\n', '\n6\n'), made],
    ['what is no checkpoint', 'log.example/a\n', made],
    ['another name', BODY, { ...made, name: 'witness2.example' }],
    ['another id', BODY, { ...made, keyId: made.keyId ^ 1 }],
  ])('does not hold for %s', (_name, body, signature) => {
    expect(verifyCosignature(body, signature, witness.key)).toBe(null);
  });

  it('does not hold as a log’s signature, nor the other way round', () => {
    const log = noteSignerOf('witness.example', privateKey);
    expect(verifyCosignature(BODY, { ...made, keyId: log.key.id }, log.key)).toBe(null);
    expect(() => cosign(BODY, 1, log)).toThrow(RangeError);
  });

  it('does not hold for what is no checkpoint, signed or not', () => {
    const text = 'log.example/a\n';
    const timestamp = Buffer.alloc(8);
    const signature = sign(null, Buffer.from(`cosignature/v1\ntime 0\n${text}`), privateKey);
    const bytes = Buffer.concat([timestamp, signature]);
    expect(verifyCosignature(text, { ...made, bytes }, witness.key)).toBe(null);
  });

  it('is not made of what is no checkpoint, or at no time', () => {
    expect(() => cosign('cosignature/v1\n', 1, witness)).toThrow(RangeError);
    expect(() => cosign(BODY, -1, witness)).toThrow(RangeError);
    expect(() => cosign(BODY, 0.5, witness)).toThrow(RangeError);
  });
});
