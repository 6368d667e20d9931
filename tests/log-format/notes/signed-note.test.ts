import { describe, expect, it } from 'vitest';
import { signingKeyOf } from '../../../src/log-format/crypto.ts';
import {
  ED25519_COSIGNATURE,
  noteSignerOf,
  parseVerifierKey,
  type VerifierKey,
} from '../../../src/log-format/notes/note-key.ts';
import {
  formatNote,
  formatSignatureLine,
  NOTE_LIMITS,
  openNote,
  parseNote,
  parseSignatureLines,
  signNote,
} from '../../../src/log-format/notes/signed-note.ts';
import { ARCHE, C2SP, ENOCH, GO_TEXT, PETER } from './published-notes.ts';

const keyOf = (vkey: string): VerifierKey => {
  const key = parseVerifierKey(vkey);
  if (!key) throw new Error(vkey);
  return key;
};
const peter = keyOf(PETER.vkey);
const enoch = keyOf(ENOCH.vkey);
const NOTE = `${GO_TEXT}\n${PETER.line}${ENOCH.line}`;

const namesIn = (note: string, keys: readonly VerifierKey[]): readonly string[] | null =>
  openNote(note, keys)?.signatures.map(({ name }) => name) ?? null;

describe('a published note', () => {
  it('is made again byte for byte', () => {
    const signer = noteSignerOf('PeterNeumann', signingKeyOf(PETER.seed));
    expect(signNote(GO_TEXT, signer)).toBe(`${GO_TEXT}\n${PETER.line}`);
  });

  it.each([
    ['C2SP signed-note', C2SP.note],
    ['golang.org/x/mod', NOTE],
    ['a log with witnesses', ARCHE.note],
  ])('of %s is written as it was read', (_name, note) => {
    const parsed = parseNote(note);
    expect(parsed && formatNote(parsed)).toBe(note);
  });

  it('opens for whoever knows a key of it, with the text that was signed', () => {
    expect(openNote(C2SP.note, [keyOf(C2SP.vkey)])?.text).toBe('This is an example message.\n');
    expect(openNote(NOTE, [peter])?.text).toBe(GO_TEXT);
  });

  it('states the signatures of known keys alone', () => {
    expect(namesIn(NOTE, [peter])).toEqual(['PeterNeumann']);
    expect(namesIn(NOTE, [peter, enoch])).toEqual(['PeterNeumann', 'EnochRoot']);
    expect(namesIn(NOTE, [keyOf(C2SP.vkey)])).toBe(null);
    expect(namesIn(NOTE, [])).toBe(null);
  });

  it('states a signature once that stands in it twice', () => {
    expect(namesIn(NOTE + PETER.line, [peter])).toEqual(['PeterNeumann']);
  });

  it('does not open with one character of its text another', () => {
    const spoilt = Array.from(GO_TEXT.slice(0, -1), (_, at) => `${NOTE.slice(0, at)}~${NOTE.slice(at + 1)}`);
    expect(spoilt.filter((note) => openNote(note, [peter, enoch]) !== null)).toEqual([]);
  });

  it('does not open with one byte of a known key’s signature another', () => {
    const [signature] = parseNote(NOTE)?.signatures ?? [];
    if (!signature) throw new Error('no signature');
    const spoilt = [...signature.bytes.keys()].map((at) => {
      const bytes = Buffer.from(signature.bytes);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return `${GO_TEXT}\n${formatSignatureLine({ ...signature, bytes })}${ENOCH.line}`;
    });
    // Enoch's is right: a note of which part is wrong does not hold.
    expect(spoilt.filter((note) => openNote(note, [peter, enoch]) !== null)).toEqual([]);
  });

  it('does not open where a right signature of a key goes before a wrong one of it', () => {
    const wrong = formatSignatureLine({ name: peter.name, keyId: peter.id, bytes: Buffer.alloc(64) });
    expect(openNote(`${GO_TEXT}\n${PETER.line}${wrong}`, [peter])).toBe(null);
  });

  it.each([
    ['name', 'PeterNeumann2', peter.id],
    ['id', 'PeterNeumann', peter.id + 1],
  ])('ignores what shares with a known key all but the %s', (_what, name, keyId) => {
    const other = formatSignatureLine({ name, keyId, bytes: Buffer.alloc(64) });
    expect(namesIn(`${GO_TEXT}\n${other}${PETER.line}`, [peter])).toEqual(['PeterNeumann']);
    expect(namesIn(`${GO_TEXT}\n${other}`, [peter])).toBe(null);
  });

  it('is not opened by a key for cosignatures, whose signatures are over more', () => {
    const signer = noteSignerOf('PeterNeumann', signingKeyOf(PETER.seed), ED25519_COSIGNATURE);
    const plain = parseNote(NOTE)?.signatures[0]?.bytes ?? Buffer.alloc(0);
    const line = formatSignatureLine({ name: signer.key.name, keyId: signer.key.id, bytes: plain });
    expect(openNote(`${GO_TEXT}\n${line}`, [signer.key])).toBe(null);
    expect(() => signNote(GO_TEXT, signer)).toThrow(RangeError);
  });
});

describe('the text', () => {
  it('may have empty lines: the last one ends it', () => {
    const signer = noteSignerOf('a', signingKeyOf(PETER.seed));
    const text = 'one\n\n\ntwo — \n';
    expect(openNote(signNote(text, signer), [signer.key])?.text).toBe(text);
  });

  it.each(['', 'no end', 'a\r\n', 'a\u0000\n', '\ud800\n'])('is never %j', (text) => {
    const signer = noteSignerOf('a', signingKeyOf(PETER.seed));
    expect(() => signNote(text, signer)).toThrow(RangeError);
  });
});

const LINE = PETER.line;
const BASE64 = LINE.split(' ')[2] ?? '';

describe('a malformed note', () => {
  it.each([
    ['nothing', ''],
    ['text alone', GO_TEXT],
    ['no blank line', `${GO_TEXT}${LINE}`],
    ['no signatures', `${GO_TEXT}\n`],
    ['no final line break', NOTE.slice(0, -1)],
    ['a line after the signatures', `${NOTE}more\n`],
    ['a line before them', `${GO_TEXT}\nmore\n${LINE}`],
    ['CRLF', NOTE.replaceAll('\n', '\r\n')],
    ['a tab', NOTE.replace('cryptography', 'crypto\tgraphy')],
    ['a null character', NOTE.replace('cryptography', 'crypto\u0000graphy')],
    ['half a character', NOTE.replace('cryptography', 'crypto\ud800graphy')],
    ['hyphen for the dash', `${GO_TEXT}\n${LINE.replace('—', '-')}`],
    ['en dash for the dash', `${GO_TEXT}\n${LINE.replace('—', '–')}`],
    ['two spaces', `${GO_TEXT}\n${LINE.replace('— ', '—  ')}`],
    ['no-break space', `${GO_TEXT}\n${LINE.replace('— ', '—\u00a0')}`],
    ['no name', `${GO_TEXT}\n—  ${BASE64}`],
    ['plus in the name', `${GO_TEXT}\n— Peter+Neumann ${BASE64}`],
    ['space in the name', `${GO_TEXT}\n— Peter Neumann ${BASE64}`],
    ['no signature after the name', `${GO_TEXT}\n— PeterNeumann\n`],
    ['an empty signature', `${GO_TEXT}\n— PeterNeumann \n`],
    ['a key id alone', `${GO_TEXT}\n— PeterNeumann x08gow==\n`],
    ['a space after the signature', `${GO_TEXT}\n${LINE.replace('\n', ' \n')}`],
    ['base64 without padding', `${GO_TEXT}\n${LINE.replace('=', '')}`],
    ['base64 with bits to spare', `${GO_TEXT}\n${LINE.replace('nAM=', 'nAN=')}`],
    ['base64url', `${GO_TEXT}\n${LINE.replace('x08go/', 'x08go_')}`],
    ['one bad line of two', `${GO_TEXT}\n${LINE}— EnochRoot !\n`],
    ['too many signatures', `${GO_TEXT}\n${LINE.repeat(NOTE_LIMITS.signatures.value + 1)}`],
    ['too long', `${'a'.repeat(NOTE_LIMITS.length.value)}\n\n${LINE}`],
  ])('is none: %s', (_name, note) => {
    expect(parseNote(note)).toBe(null);
    expect(openNote(note, [peter, enoch])).toBe(null);
  });

  it('is not one with 16 signatures of 5 kB', () => {
    const large = formatSignatureLine({ name: 'post-quantum.example', keyId: 1, bytes: Buffer.alloc(5_000) });
    expect(parseNote(`${GO_TEXT}\n${large.repeat(16)}`)?.signatures.length).toBe(16);
  });
});

describe('signature lines alone', () => {
  it('are read', () => {
    expect(parseSignatureLines(PETER.line + ENOCH.line)?.map(({ keyId }) => keyId)).toEqual([
      peter.id,
      enoch.id,
    ]);
  });

  it.each(['', '\n', PETER.line.slice(0, -1), `${PETER.line}\n`, `\n${PETER.line}`])(
    'are not %j',
    (lines) => {
      expect(parseSignatureLines(lines)).toBe(null);
    },
  );
});
