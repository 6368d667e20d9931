import { describe, expect, it } from 'vitest';
import {
  checkpointBody,
  formatCheckpoint,
  keysOfOrigin,
  openCheckpoint,
  originOf,
  parseCheckpointBody,
} from '../../../src/log-format/notes/checkpoint.ts';
import { signingKeyOf } from '../../../src/log-format/crypto.ts';
import {
  ED25519_COSIGNATURE,
  noteSignerOf,
  parseVerifierKey,
  type NoteSigner,
  type VerifierKey,
} from '../../../src/log-format/notes/note-key.ts';
import { signNote } from '../../../src/log-format/notes/signed-note.ts';
import { ARCHE } from './published-notes.ts';

const LOG = 'national-data-gateway/a';
const ROOT = new Uint8Array(32).fill(7);
const ROOT_TEXT = Buffer.from(ROOT).toString('base64');
const signerOf = (name: string, seed = 1): NoteSigner =>
  noteSignerOf(name, signingKeyOf(Buffer.alloc(32, seed)));
const own = signerOf(LOG);

const archeKey = parseVerifierKey(ARCHE.vkey) as VerifierKey;

describe('a checkpoint of another log', () => {
  it('opens', () => {
    const opened = openCheckpoint(ARCHE.note, [archeKey]);
    if (typeof opened === 'string') throw new Error(opened);
    const { origin, size } = ARCHE;
    expect(opened.checkpoint).toEqual({
      origin,
      size,
      root: Uint8Array.from(Buffer.from(ARCHE.root, 'base64')),
    });
    expect(opened.body).toBe(`${origin}\n${size}\n${ARCHE.root}\n`);
    expect(opened.signatures.length).toBe(6);
  });

  it('has the body that we would write', () => {
    const { origin, size } = ARCHE;
    expect(checkpointBody({ origin, size, root: Buffer.from(ARCHE.root, 'base64') })).toBe(
      ARCHE.note.slice(0, ARCHE.note.indexOf('\n\n') + 1),
    );
  });

  it('does not open with another size', () => {
    expect(openCheckpoint(ARCHE.note.replace('1432088532', '1432088533'), [archeKey])).toBe('not-signed');
  });

  it('may have extension lines, which are signed', () => {
    const body = `${checkpointBody({ origin: LOG, size: 1, root: ROOT })}extension\n`;
    const note = signNote(body, own);
    expect(openCheckpoint(note, [own.key])).toMatchObject({ body, checkpoint: { size: 1 } });
    expect(openCheckpoint(note.replace('extension', 'extensive'), [own.key])).toBe('not-signed');
  });
});

describe('our own checkpoint', () => {
  it.each([0, 1, 2 ** 32, Number.MAX_SAFE_INTEGER])('of size %d opens as it was signed', (size) => {
    const checkpoint = { origin: LOG, size, root: ROOT };
    const note = formatCheckpoint(checkpoint, own);
    expect(openCheckpoint(note, [own.key])).toMatchObject({ checkpoint });
  });

  it.each([
    ['a negative size', { origin: LOG, size: -1, root: ROOT }],
    ['half a leaf', { origin: LOG, size: 0.5, root: ROOT }],
    ['no number', { origin: LOG, size: NaN, root: ROOT }],
    ['a size beyond safe integers', { origin: LOG, size: 2 ** 53, root: ROOT }],
    ['a size in another notation', { origin: LOG, size: 1e21, root: ROOT }],
    ['a short root', { origin: LOG, size: 1, root: ROOT.subarray(1) }],
    ['another origin than the signer', { origin: `${LOG}/2`, size: 1, root: ROOT }],
  ])('is not signed with %s', (_name, checkpoint) => {
    expect(() => formatCheckpoint(checkpoint, own)).toThrow(RangeError);
  });
});

describe('a log goes on after a restore', () => {
  const note = (origin: string, seed = 1): string =>
    formatCheckpoint({ origin, size: 9, root: ROOT }, signerOf(origin, seed));

  it.each([1, 2, 3, 10, 47])('epoch %d opens with the log’s key', (epoch) => {
    expect(openCheckpoint(note(originOf(LOG, epoch)), [own.key])).toMatchObject({
      checkpoint: { origin: epoch === 1 ? LOG : `${LOG}/${epoch}` },
    });
  });

  it.each(['/1', '/0', '/02', '/-2', '/2.5', '/x', '/2/3', '2', '/', '/9999999999', '/2x'])(
    '%s is no epoch, but another log',
    (suffix) => {
      expect(openCheckpoint(note(`${LOG}${suffix}`), [own.key])).toBe('unknown-origin');
    },
  );

  it.each([0, -1, 1.5, NaN, 1e9, 1e21])('there is no epoch %d', (epoch) => {
    expect(() => originOf(LOG, epoch)).toThrow(RangeError);
  });

  it('signs with its own key in each', () => {
    expect(openCheckpoint(note(`${LOG}/2`, 2), [own.key])).toBe('not-signed');
  });

  it('is not spoken for by a log whose name is the start of its own', () => {
    const other = signerOf(`${LOG}/2`, 2);
    expect(keysOfOrigin([own.key, other.key], `${LOG}/2`)).toEqual([other.key]);
    expect(openCheckpoint(note(`${LOG}/2`), [own.key, other.key])).toBe('not-signed');
    expect(openCheckpoint(note(`${LOG}/2`, 2), [own.key, other.key])).toMatchObject({
      checkpoint: { size: 9 },
    });
  });

  it('cannot take a signature of one epoch into another: the key has another id', () => {
    const first = note(LOG);
    const signature = first.slice(first.indexOf('\n\n') + 2);
    const forged = `${checkpointBody({ origin: `${LOG}/2`, size: 9, root: ROOT })}\n${signature}`;
    expect(openCheckpoint(forged, [own.key])).toBe('not-signed');
  });
});

describe('who signed', () => {
  const body = checkpointBody({ origin: LOG, size: 9, root: ROOT });

  it('must have the origin’s name', () => {
    const impostor = signerOf('impostor');
    expect(openCheckpoint(signNote(body, impostor), [impostor.key])).toBe('unknown-origin');
    expect(openCheckpoint(signNote(body, impostor), [impostor.key, own.key])).toBe('not-signed');
  });

  it('must be a log, not a witness of that name', () => {
    const witness = noteSignerOf(LOG, own.privateKey, ED25519_COSIGNATURE);
    expect(openCheckpoint(signNote(body, own), [witness.key])).toBe('unknown-origin');
  });

  it('may be the old or the new key of the log', () => {
    const renewed = signerOf(LOG, 2);
    expect(openCheckpoint(signNote(body, renewed), [own.key, renewed.key])).toMatchObject({ body });
  });

  it('says nothing in a receipt, which the same key signs', () => {
    const receipt = signNote(`${LOG} receipt v1\n${'0'.repeat(32)}\nrequest ${ROOT_TEXT}\n`, own);
    expect(openCheckpoint(receipt, [own.key])).toBe('malformed');
  });
});

describe('a malformed body', () => {
  it.each([
    ['nothing', ''],
    ['two lines', `${LOG}\n9\n`],
    ['no final line break', `${LOG}\n9\n${ROOT_TEXT}`],
    ['no origin', `\n9\n${ROOT_TEXT}\n`],
    ['an empty line', `${LOG}\n9\n${ROOT_TEXT}\n\n`],
    ['an empty line before an extension', `${LOG}\n9\n${ROOT_TEXT}\n\nmore\n`],
    ['no size', `${LOG}\n\n${ROOT_TEXT}\n`],
    ['leading zero', `${LOG}\n09\n${ROOT_TEXT}\n`],
    ['plus sign', `${LOG}\n+9\n${ROOT_TEXT}\n`],
    ['minus sign', `${LOG}\n-9\n${ROOT_TEXT}\n`],
    ['a space', `${LOG}\n9 \n${ROOT_TEXT}\n`],
    ['hexadecimal', `${LOG}\n0x9\n${ROOT_TEXT}\n`],
    ['exponent', `${LOG}\n9e3\n${ROOT_TEXT}\n`],
    ['other digits', `${LOG}\n٩\n${ROOT_TEXT}\n`],
    ['2^53', `${LOG}\n9007199254740992\n${ROOT_TEXT}\n`],
    ['2^64', `${LOG}\n18446744073709551616\n${ROOT_TEXT}\n`],
    ['a short root', `${LOG}\n9\n${Buffer.from(ROOT.subarray(1)).toString('base64')}\n`],
    ['a long root', `${LOG}\n9\n${Buffer.alloc(33).toString('base64')}\n`],
    ['a root without padding', `${LOG}\n9\n${ROOT_TEXT.slice(0, -1)}\n`],
    ['a root in hexadecimal', `${LOG}\n9\n${Buffer.from(ROOT).toString('hex')}\n`],
    ['a root with a space', `${LOG}\n9\n ${ROOT_TEXT}\n`],
  ])('is none: %s', (_name, body) => {
    expect(parseCheckpointBody(body)).toBe(null);
  });

  it.each(['', 'nonsense', `${LOG}\n9\n${ROOT_TEXT}\n`, `${LOG}\n9\n${ROOT_TEXT}\n\n— ${LOG} !\n`])(
    'makes no checkpoint of the note %j',
    (note) => {
      expect(openCheckpoint(note, [own.key])).toBe('malformed');
    },
  );
});
